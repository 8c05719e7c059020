import type { MetadataFile } from './project.ts';
import type { Problem, Rule } from './rule.ts';
import type { Position } from './xml.ts';

/** `<!-- bridge-lint-disable-next-line RULE, RULE: reason -->` */
export interface Suppression {
    readonly rules: readonly string[];
    readonly reason: string;
    readonly line: number;
    readonly position: Position;
}

const DIRECTIVE = 'bridge-lint-disable-next-line';

export function suppressionsOf(file: MetadataFile): readonly Suppression[] {
    return file.comments
        .filter(({ text }) => text.trim().startsWith(DIRECTIVE))
        .map(({ text, position, lastLine }) => {
            const [rules = '', ...reason] = text.trim().slice(DIRECTIVE.length).split(':');
            return {
                rules: rules.split(/[\s,]+/).filter((rule) => rule !== ''),
                reason: reason.join(':').trim(),
                line: lastLine + 1,
                position
            };
        });
}

/** Whether a suppression takes effect: one without a reason does not. */
export function suppresses(suppression: Suppression, rule: string, line: number): boolean {
    return suppression.line === line && suppression.reason !== '' && suppression.rules.includes(rule);
}

const NO_CHECK = (): Problem[] => [];

export const suppressionWithoutReason: Rule = {
    id: 'suppression-without-reason',
    severity: 'error',
    title: 'Suppression without its reason',
    why: 'It can neither be reviewed nor removed once the reason is gone, so it has no effect.',
    fix: `Write <!-- ${DIRECTIVE} RULE: reason -->.`,
    kinds: [],
    check: NO_CHECK
};

export const suppressionUnused: Rule = {
    id: 'suppression-unused',
    severity: 'warning',
    title: 'Suppression of nothing',
    why: 'The line below has no such finding, or there is no such rule; the next real finding there would go unseen.',
    fix: 'Remove the comment, or correct the name of the rule.',
    kinds: [],
    check: NO_CHECK
};

export const malformedXml: Rule = {
    id: 'malformed-xml',
    severity: 'error',
    title: 'File that is not well-formed XML',
    why: 'No deploy can read the file, and no other rule has looked at it.',
    fix: 'Correct the XML at the place named.',
    kinds: [],
    check: NO_CHECK
};
