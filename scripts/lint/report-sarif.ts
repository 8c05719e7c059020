import { relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding, LintReport } from './lint.ts';
import { displayPath } from './report-text.ts';
import { RULES } from './rules.ts';

/** The report in SARIF 2.1.0 (OASIS), for code scanning services. Suppressed findings carry their reason. */
export function sarifReport(report: LintReport, folder: string, version: string): object {
    const results = [
        ...report.findings.map((found) => result(found, folder)),
        ...report.suppressed.map((found) => ({
            ...result(found, folder),
            suppressions: [{ kind: 'inSource', justification: found.reason }]
        }))
    ];
    return {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
            {
                tool: { driver: { name: 'bridge lint', version, rules: RULES.map(descriptor) } },
                columnKind: 'utf16CodeUnits',
                results
            }
        ]
    };
}

function descriptor({ id, severity, title, why, fix }: (typeof RULES)[number]): object {
    return {
        id,
        shortDescription: { text: title },
        fullDescription: { text: why },
        help: { text: fix },
        defaultConfiguration: { level: severity }
    };
}

function result({ rule, severity, file, line, column, message, fix }: Finding, folder: string): object {
    return {
        ruleId: rule,
        ruleIndex: RULES.findIndex(({ id }) => id === rule),
        level: severity,
        message: { text: `${message} ${fix}` },
        locations: [
            {
                physicalLocation: {
                    artifactLocation: { uri: uriOf(file, folder) },
                    region: { startLine: line, startColumn: column }
                }
            }
        ]
    };
}

/** Relative to the folder; a `file:` URI outside of it, as `..` in a path means something else on another machine (3.10.2). */
function uriOf(file: string, folder: string): string {
    if (relative(folder, file).split(sep)[0] === '..') {
        return pathToFileURL(file).href;
    }
    return displayPath(file, folder).split('/').map(encodeURIComponent).join('/');
}
