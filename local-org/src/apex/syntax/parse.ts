import { ApexErrorListener, ApexParser, ApexParserFactory } from '@apexdevtools/apex-parser';
import { isStackOverflow, tooDeep } from './nesting.ts';
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
    const deep = firstTooDeep(parser);
    if (deep !== undefined) return { ok: false, problems: [tooDeep(deep.line, deep.column + 1)] };
    let unit: T | undefined;
    try {
        unit = run(parser);
    } catch (error) {
        if (isStackOverflow(error)) return { ok: false, problems: [tooDeep(1, 1)] };
        // A tree with syntax errors has holes that lowering trips over; without one the lowering itself is wrong.
        if (listener.problems.length === 0) throw error;
    }
    if (unit === undefined || listener.problems.length > 0) {
        return { ok: false, problems: listener.problems.sort(byPlace) };
    }
    return { ok: true, unit };
}

/** The lexer reads the whole file before the parser starts: its problems come first, wherever they are. */
function byPlace(left: SyntaxProblem, right: SyntaxProblem): number {
    return left.line - right.line || left.column - right.column;
}

/** Open brackets at one place, or operators in front of one operand; the parser's time grows with a power of them. */
const DEEPEST = 100;

const OPENING: ReadonlySet<number> = new Set([ApexParser.LPAREN, ApexParser.LBRACK, ApexParser.LBRACE]);
const PREFIXES: ReadonlySet<number> = new Set([
    ApexParser.BANG,
    ApexParser.TILDE,
    ApexParser.ADD,
    ApexParser.SUB,
    ApexParser.INC,
    ApexParser.DEC
]);
const CLOSING: ReadonlySet<number> = new Set([ApexParser.RPAREN, ApexParser.RBRACK, ApexParser.RBRACE]);

function firstTooDeep(parser: ApexParser): SourceToken | undefined {
    const stream = parser.getTokenStream() as unknown as CommonTokenStream;
    stream.fill();
    let open = 0;
    let prefixes = 0;
    for (const token of stream.tokens) {
        if (OPENING.has(token.type)) open += 1;
        else if (CLOSING.has(token.type)) open -= 1;
        if (token.channel === 0) prefixes = PREFIXES.has(token.type) ? prefixes + 1 : 0;
        if (Math.max(open, prefixes) > DEEPEST) return token;
    }
    return undefined;
}

interface SourceToken {
    readonly type: number;
    /** 0 unless it is white space or a comment. */
    readonly channel: number;
    readonly line: number;
    readonly column: number;
}

/** The part of ANTLR's token stream that its type lacks. */
interface CommonTokenStream {
    readonly tokens: readonly SourceToken[];
    fill(): void;
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
