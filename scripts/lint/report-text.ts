import { relative, sep } from 'node:path';
import type { Finding, LintReport, SuppressedFinding } from './lint.ts';

/** Paths of reports are relative to this folder, with forward slashes. */
export function displayPath(file: string, folder: string): string {
    return (relative(folder, file) || file).split(sep).join('/');
}

/** `file:line:column  severity  rule  message`, then why and fix, and a last line that counts. */
export function textLines(report: LintReport, folder: string): string[] {
    const lines = report.findings.flatMap(({ file, line, column, severity, rule, message, why, fix }) => [
        `${displayPath(file, folder)}:${line}:${column}  ${severity}  ${rule}  ${message}`,
        `    why  ${why}`,
        `    fix  ${fix}`
    ]);
    return [...lines, summary(report)];
}

function summary({ files, findings, suppressed }: LintReport): string {
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    const aside = suppressed.length === 0 ? '' : `, ${suppressed.length} suppressed`;
    return findings.length === 0
        ? `${counted(files, 'file')} of auth metadata, no findings${aside}.`
        : `${counted(findings.length, 'finding')} (${counted(errors, 'error')}, ${counted(findings.length - errors, 'warning')}) in ${counted(files, 'file')} of auth metadata${aside}.`;
}

function counted(count: number, noun: string): string {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The report for `--json`: as it is, with paths for display. */
export function jsonReport(report: LintReport, folder: string): object {
    const show = <T extends Finding | SuppressedFinding>(found: T): T => ({
        ...found,
        file: displayPath(found.file, folder)
    });
    return {
        status: report.findings.length === 0 ? 'clean' : 'findings',
        files: report.files,
        findings: report.findings.map(show),
        suppressed: report.suppressed.map(show)
    };
}
