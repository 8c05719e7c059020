import { matchesGlob } from 'node:path';

/** An entry of `replacements` in sfdx-project.json: text that a deploy replaces. */
export interface Replacement {
    readonly filename?: string;
    readonly glob?: string;
    readonly stringToReplace?: string;
    readonly regexToReplace?: string;
}

/** The notations in which projects write what is filled in at deploy time. */
const TEMPLATE_TOKENS = [
    /%%\w+%%/,
    /\$\{[^}]+\}/,
    /\{\{[^}]+\}\}/,
    /\{[A-Z][A-Z0-9_]*\}/,
    /#\{[^}]+\}/,
    /@@?[A-Z][A-Z0-9_]*@@?/,
    /__[A-Z][A-Z0-9_]*__/,
    /^\$[A-Z][A-Z0-9_]*$/
];

/** Tells values that a deploy fills in from values that are committed. */
export class Placeholders {
    readonly #strings: readonly string[];
    readonly #patterns: readonly RegExp[];

    /** `path` is relative to the project, with forward slashes. */
    constructor(replacements: readonly Replacement[], path: string) {
        const mine = replacements.filter((entry) => appliesTo(entry, path));
        this.#strings = mine.flatMap((entry) => entry.stringToReplace ?? []);
        this.#patterns = mine.flatMap((entry) => compile(entry.regexToReplace));
    }

    /** Whether some part of the value is not known before the deploy. */
    isIn(value: string): boolean {
        return (
            TEMPLATE_TOKENS.some((token) => token.test(value)) ||
            this.#strings.some((text) => value.includes(text)) ||
            this.#patterns.some((pattern) => pattern.test(value))
        );
    }
}

function appliesTo(entry: Replacement, path: string): boolean {
    return entry.filename === path || (entry.glob !== undefined && matchesGlob(path, entry.glob));
}

/** A pattern that does not compile is the deploy's concern, not ours. */
function compile(source: string | undefined): RegExp[] {
    try {
        return source === undefined ? [] : [new RegExp(source)];
    } catch {
        return [];
    }
}
