import type { LintProject, MetadataFile } from './project.ts';
import { readLintInput } from './read-project.ts';
import type { Problem, Rule, Severity } from './rule.ts';
import { RULES } from './rules.ts';
import {
    malformedXml,
    suppresses,
    suppressionsOf,
    suppressionUnused,
    suppressionWithoutReason
} from './suppressions.ts';

export interface Finding {
    readonly rule: string;
    readonly severity: Severity;
    /** Absolute. */
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly message: string;
    readonly why: string;
    readonly fix: string;
}

export interface SuppressedFinding extends Finding {
    readonly reason: string;
}

export interface LintReport {
    readonly files: number;
    /** In order of file, line and column. */
    readonly findings: readonly Finding[];
    readonly suppressed: readonly SuppressedFinding[];
}

/** Checks the auth metadata at a path: a project, a folder or a file. */
export function lint(path: string): LintReport {
    const { project, files, unreadable } = readLintInput(path);
    const checked = files.map((file) => lintFile(file, project));
    const malformed = unreadable.map(({ path: file, error }) =>
        finding(malformedXml, file, { position: error.position, message: `The XML is broken: ${error.message}.` })
    );
    return {
        files: files.length + unreadable.length,
        findings: [...malformed, ...checked.flatMap(({ findings }) => findings)].sort(byPlace),
        suppressed: checked.flatMap(({ suppressed }) => suppressed).sort(byPlace)
    };
}

function lintFile(
    file: MetadataFile,
    project: LintProject
): { readonly findings: readonly Finding[]; readonly suppressed: readonly SuppressedFinding[] } {
    const raised = RULES.filter(({ kinds }) => kinds.includes(file.kind)).flatMap((rule) =>
        [...rule.check(file, project)].map((problem) => finding(rule, file.path, problem))
    );
    const suppressions = suppressionsOf(file);
    const findings: Finding[] = [];
    const suppressed: SuppressedFinding[] = [];
    const used = new Set<string>();
    for (const entry of raised) {
        const suppression = suppressions.find((candidate) => suppresses(candidate, entry.rule, entry.line));
        if (suppression) {
            used.add(`${suppression.line} ${entry.rule}`);
            suppressed.push({ ...entry, reason: suppression.reason });
        } else {
            findings.push(entry);
        }
    }
    for (const { rules, reason, line, position } of suppressions) {
        if (reason === '' || rules.length === 0) {
            const message = 'The suppression gives no reason.';
            findings.push(finding(suppressionWithoutReason, file.path, { position, message }));
            continue;
        }
        for (const rule of rules.filter((name) => !used.has(`${line} ${name}`))) {
            const message = `Line ${line} has no finding of ${rule}.`;
            findings.push(finding(suppressionUnused, file.path, { position, message }));
        }
    }
    return { findings, suppressed };
}

function finding(rule: Rule, file: string, { position, message }: Problem): Finding {
    const { id, severity, why, fix } = rule;
    return { rule: id, severity, file, ...position, message, why, fix };
}

function byPlace(left: Finding, right: Finding): number {
    return (
        left.file.localeCompare(right.file, 'en') ||
        left.line - right.line ||
        left.column - right.column ||
        left.rule.localeCompare(right.rule, 'en')
    );
}
