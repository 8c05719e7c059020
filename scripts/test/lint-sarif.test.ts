import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import { projectPath, projectRoot } from '../lib/project.ts';
import { lint } from '../lint/lint.ts';
import { sarifReport } from '../lint/report-sarif.ts';

const FIXTURES = projectPath('scripts', 'test', 'fixtures', 'lint');

const text = { type: 'object', properties: { text: { type: 'string', minLength: 1 } }, required: ['text'] };
const level = { enum: ['none', 'note', 'warning', 'error'] };

function exactly(properties: Record<string, object>, optional: readonly string[] = []): object {
    const required = Object.keys(properties).filter((name) => !optional.includes(name));
    return { type: 'object', properties, required, additionalProperties: false };
}

/** What the standard says of the part of SARIF 2.1.0 (OASIS) that the report uses; nothing else may be in it. */
const SCHEMA = exactly({
    $schema: { type: 'string' },
    version: { const: '2.1.0' },
    runs: {
        type: 'array',
        items: exactly({
            tool: exactly({
                driver: exactly({
                    name: { type: 'string' },
                    version: { type: 'string' },
                    rules: {
                        type: 'array',
                        uniqueItems: true,
                        items: exactly({
                            id: { type: 'string' },
                            shortDescription: text,
                            fullDescription: text,
                            help: text,
                            defaultConfiguration: exactly({ level })
                        })
                    }
                })
            }),
            columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
            results: {
                type: 'array',
                items: exactly(
                    {
                        ruleId: { type: 'string' },
                        ruleIndex: { type: 'integer', minimum: 0 },
                        level,
                        message: text,
                        locations: {
                            type: 'array',
                            minItems: 1,
                            items: exactly({
                                physicalLocation: exactly({
                                    artifactLocation: exactly({ uri: { type: 'string', pattern: '^[^ \\\\]+$' } }),
                                    region: exactly({
                                        startLine: { type: 'integer', minimum: 1 },
                                        startColumn: { type: 'integer', minimum: 1 }
                                    })
                                })
                            })
                        },
                        suppressions: {
                            type: 'array',
                            items: exactly({
                                kind: { enum: ['inSource', 'external'] },
                                justification: { type: 'string' }
                            })
                        }
                    },
                    ['suppressions']
                )
            }
        })
    }
});

interface Sarif {
    readonly runs: readonly {
        readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
        readonly results: readonly {
            readonly ruleId: string;
            readonly ruleIndex: number;
            readonly locations: readonly {
                readonly physicalLocation: {
                    readonly artifactLocation: { readonly uri: string };
                    readonly region: { readonly startLine: number; readonly startColumn: number };
                };
            }[];
        }[];
    }[];
}

describe('SARIF of the findings of every rule', () => {
    const report = lint(FIXTURES);
    const [{ tool, results }] = (sarifReport(report, projectRoot, '1.0.0') as Sarif).runs;

    it('is what the standard allows', () => {
        const validate = new Ajv({ allErrors: true }).compile(SCHEMA);
        for (const found of [report, lint(projectPath('force-app'))]) {
            validate(sarifReport(found, projectRoot, '1.0.0'));
            assert.deepEqual(validate.errors ?? [], []);
        }
        assert.equal(results.length, report.findings.length + report.suppressed.length);
    });

    it('names the rule of each result, and a place in a file that is there', () => {
        for (const { ruleId, ruleIndex, locations } of results) {
            assert.equal(tool.driver.rules[ruleIndex]?.id, ruleId);
            const { artifactLocation, region } = locations[0].physicalLocation;
            const file = join(projectRoot, decodeURIComponent(artifactLocation.uri));
            assert.ok(existsSync(file), artifactLocation.uri);
            const line = readFileSync(file, 'utf8').split('\n')[region.startLine - 1];
            assert.ok(line !== undefined && region.startColumn <= line.length + 1, `${file}:${region.startLine}`);
        }
    });

    it('names a file outside of the folder by its whole path', () => {
        const [{ results: outside }] = (sarifReport(report, projectPath('docs'), '1.0.0') as Sarif).runs;
        for (const { locations } of outside) {
            const { uri } = locations[0].physicalLocation.artifactLocation;
            assert.ok(uri.startsWith(`${pathToFileURL(FIXTURES).href}/`), uri);
        }
    });
});
