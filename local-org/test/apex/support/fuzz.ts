import fc from '../../support/fast-check.ts';

/** Cases of all fuzz tests together; `FUZZ_CASES=500000` for a long run. A failure names seed and path. */
const CASES = Number(process.env.FUZZ_CASES ?? 50_000);

/** Runs a check on its share of the cases, between 0 and 1. */
export function fuzz<T>(share: number, cases: fc.Arbitrary<T>, check: (value: T) => unknown): void {
    fc.assert(
        fc.property(cases, (value) => void check(value)),
        { numRuns: Math.ceil(CASES * share) }
    );
}

const TOKEN = /\s+|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\])*"|\w+|[^\s\w]/g;

export function tokensOf(text: string): string[] {
    return text.match(TOKEN) ?? [];
}

type Mutation = (tokens: string[], at: number, other: number, replacement: string) => void;

const MUTATIONS: readonly Mutation[] = [
    (tokens, at) => tokens.splice(at, 1),
    (tokens, at) => tokens.splice(at, 0, tokens[at]),
    (tokens, at, other) => ([tokens[at], tokens[other]] = [tokens[other], tokens[at]]),
    (tokens, at, other) => (tokens[at] = tokens[other]),
    (tokens, at, _other, replacement) => (tokens[at] = replacement),
    (tokens, at, _other, replacement) => tokens.splice(at, 0, ' ', replacement, ' '),
    (tokens, at, other) => tokens.splice(Math.min(at, other), Math.abs(at - other) % 20)
];

/** One of some texts with a few tokens taken away, doubled, swapped, replaced or put in. */
export function mutated(texts: readonly string[], replacements: readonly string[]): fc.Arbitrary<string> {
    const tokenized = texts.map(tokensOf);
    const step = fc.tuple(fc.constantFrom(...MUTATIONS), fc.nat(), fc.nat(), fc.constantFrom(...replacements));
    return fc
        .tuple(fc.constantFrom(...tokenized), fc.array(step, { minLength: 1, maxLength: 3 }))
        .map(([original, steps]) => {
            const tokens = [...original];
            for (const [mutate, at, other, replacement] of steps) {
                if (tokens.length > 0) mutate(tokens, at % tokens.length, other % tokens.length, replacement);
            }
            return tokens.join('');
        });
}
