import { ApexErrorListener, ApexParserFactory, type ApexParser } from '@apexdevtools/apex-parser';
import type { AnonymousUnit, TriggerDeclaration, TypeDeclaration } from './ast.ts';
import { lowerAnonymousUnit, lowerCompilationUnit, lowerTriggerUnit } from './lower-declarations.ts';

export interface SyntaxProblem {
    readonly line: number;
    readonly column: number;
    readonly message: string;
}

export type Parsed<T> =
    { readonly ok: true; readonly unit: T } | { readonly ok: false; readonly problems: readonly SyntaxProblem[] };

export function parseClass(source: string): Parsed<TypeDeclaration> {
    return parse(source, (parser) => lowerCompilationUnit(parser.compilationUnit()));
}

export function parseTrigger(source: string): Parsed<TriggerDeclaration> {
    return parse(source, (parser) => lowerTriggerUnit(parser.triggerUnit()));
}

export function parseAnonymous(source: string): Parsed<AnonymousUnit> {
    return parse(source, (parser) => lowerAnonymousUnit(parser.anonymousUnit()));
}

function parse<T>(source: string, run: (parser: ApexParser) => T): Parsed<T> {
    const listener = new ProblemListener();
    const { parser } = ApexParserFactory.createLexerAndParser(source, listener);
    let unit: T | undefined;
    try {
        unit = run(parser);
    } catch (error) {
        // A tree with syntax errors has holes that lowering trips over; without one the lowering itself is wrong.
        if (listener.problems.length === 0) throw error;
    }
    if (unit === undefined || listener.problems.length > 0) {
        return { ok: false, problems: listener.problems };
    }
    return { ok: true, unit };
}

/** Turns ANTLR's reports into the wording of the platform's parser. */
class ProblemListener extends ApexErrorListener {
    readonly problems: SyntaxProblem[] = [];

    override syntaxError(
        _recognizer: unknown,
        offendingSymbol: unknown,
        line: number,
        column: number,
        message: string
    ): void {
        const token = offendingSymbol as { text?: string } | null;
        this.problems.push({ line, column: column + 1, message: platformWording(message, token?.text) });
    }

    override apexSyntaxError(line: number, column: number, message: string): void {
        this.problems.push({ line, column: column + 1, message });
    }
}

function platformWording(message: string, token: string | undefined): string {
    if (message.startsWith('missing ')) {
        return `M${message.slice(1)}`;
    }
    if (message.startsWith('token recognition error')) {
        return `Invalid character in identifier or string: ${message.slice(message.indexOf("'"))}`;
    }
    return token === undefined ? message : `Unexpected token '${token}'.`;
}
