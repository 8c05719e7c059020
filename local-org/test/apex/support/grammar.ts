import { ApexErrorListener, ApexParser, ApexParserFactory } from '@apexdevtools/apex-parser';

/** Entry rules that Apex code is parsed with. */
export type EntryRule = 'compilationUnit' | 'triggerUnit' | 'anonymousUnit';

/** The parts of ANTLR's automaton that its types lack. */
interface Transition {
    readonly isEpsilon: boolean;
    readonly target: State;
    readonly label: { readonly intervals: readonly { readonly start: number; readonly stop: number }[] } | null;
    readonly serializationType: number;
}

interface State {
    readonly ruleIndex: number;
    readonly transitions: readonly Transition[];
}

interface Automaton {
    readonly states: readonly (State | null)[];
}

interface Grammar {
    readonly ruleNames: readonly string[];
    readonly symbolicNames: readonly (string | null)[];
    readonly literalNames: readonly (string | null)[];
}

const TRANSITION_TO_RULE = 3;

const PARSER = ApexParser as unknown as Grammar;

/** A rule and what may stand in it: another rule, or a token (`classBody: LBRACE`, `typeRef: typeName`). */
export type Part = `${string}: ${string}`;

class Refusal extends ApexErrorListener {
    override apexSyntaxError(line: number, column: number, message: string): void {
        throw new Error(`${line}:${column} ${message}`);
    }
}

/** Everything that the parser's grammar lets stand directly in a rule, read from the parser's own automaton. */
export function grammarParts(): Map<string, Set<string>> {
    const { parser } = ApexParserFactory.createLexerAndParser('', new Refusal());
    const { atn } = (parser as unknown as { _interp: { atn: Automaton } })._interp;
    const parts = new Map<string, Set<string>>();
    for (const state of atn.states) {
        if (state === null) continue;
        const rule = PARSER.ruleNames[state.ruleIndex] ?? '';
        const inside = parts.get(rule) ?? new Set<string>();
        parts.set(rule, inside);
        for (const transition of state.transitions) partsOf(transition).forEach((part) => inside.add(part));
    }
    return parts;
}

/** What may stand directly in a rule. Throws when the grammar has no such rule, or lets nothing stand in it. */
export function partsOfRule(rule: string): ReadonlySet<string> {
    const parts = grammarParts().get(rule);
    if (parts === undefined || parts.size === 0) {
        throw new Error(`The grammar has no rule "${rule}" with anything in it.`);
    }
    return parts;
}

function partsOf(transition: Transition): string[] {
    if (transition.serializationType === TRANSITION_TO_RULE) {
        return [PARSER.ruleNames[transition.target.ruleIndex] ?? ''];
    }
    if (transition.isEpsilon || transition.label === null) return [];
    return transition.label.intervals.flatMap(({ start, stop }) =>
        Array.from({ length: stop - start }, (_, index) => PARSER.symbolicNames[start + index] ?? '')
    );
}

/** How a keyword of the grammar is written; undefined for tokens with many spellings. */
export function spelling(token: string): string | undefined {
    return PARSER.literalNames[PARSER.symbolicNames.indexOf(token)]?.slice(1, -1);
}

/** Rules, their parts and the labelled alternatives that occur in a source. */
export function partsIn(source: string, entry: EntryRule): Set<string> {
    const found = new Set<string>();
    const { parser } = ApexParserFactory.createLexerAndParser(source, new Refusal());
    collect(parser[entry]() as unknown as Inner, found);
    return found;
}

interface Leaf {
    readonly symbol: { readonly type: number };
}

/** The part of ANTLR's tree that its types lack. */
interface Inner {
    readonly ruleIndex: number;
    readonly children: readonly (Inner | Leaf)[] | null;
}

function collect(context: Inner, found: Set<string>): void {
    const rule = PARSER.ruleNames[context.ruleIndex] ?? '';
    for (const child of context.children ?? []) {
        if ('symbol' in child) {
            found.add(`${rule}: ${PARSER.symbolicNames[child.symbol.type] ?? ''}`);
        } else {
            found.add(`${rule}: ${PARSER.ruleNames[child.ruleIndex] ?? ''}`);
            collect(child, found);
        }
    }
}
