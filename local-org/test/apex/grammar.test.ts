import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apexClass, apexTrigger, newApexOrg, problemsOf } from './support/apex.ts';
import { corpus, type Sample } from './support/grammar-corpus.ts';
import { grammarParts, partsIn, partsOfRule, spelling } from './support/grammar.ts';

const org = newApexOrg();
const SAMPLES = corpus();

/** Names, which have a token for each word that may be one; and a rule that only dynamic searches use. */
const TESTED_APART: ReadonlySet<string> = new Set(['id', 'anyId', 'soslLiteralAlt']);

function answers({ entry, source }: Sample): string[] {
    if (entry === 'anonymousUnit') {
        const { compileProblem } = org.apex.executeAnonymous(source, org.admin.userId);
        return compileProblem === null ? [] : [compileProblem];
    }
    const unit = entry === 'triggerUnit' ? apexTrigger(source) : apexClass(source);
    return org.apex.compile([unit]).problems.map(({ message }) => message);
}

describe('the grammar of the parser', () => {
    test('is covered by the samples, alternative by alternative', () => {
        const rules = grammarParts();
        for (const rule of ['compilationUnit', 'query', 'dateFormula', ...TESTED_APART]) {
            assert.ok(rules.has(rule), `the grammar has no rule ${rule}`);
        }
        const found = new Set(SAMPLES.flatMap(({ source, entry }) => [...partsIn(source, entry)]));
        const missing = [...rules].flatMap(([rule, parts]) =>
            TESTED_APART.has(rule)
                ? []
                : [...parts].map((part) => `${rule}: ${part}`).filter((part) => !found.has(part))
        );
        assert.deepEqual(missing, []);
    });

    for (const sample of SAMPLES) {
        const outcome = sample.problems.length === 0 ? 'compiles' : `is refused: ${sample.problems.join('; ')}`;
        test(`${excerpt(sample.source)} ${outcome}`, () => {
            assert.deepEqual(answers(sample), sample.problems);
        });
    }

    test('takes every word that may be a name, or the word is refused', () => {
        for (const word of wordsOf('id')) {
            const problems = problemsOf(`public class Sample { Integer ${word}; Integer f() { return ${word}; } }`);
            const refusals = [`Unexpected token '${word}'.`, `Identifier name is reserved: ${word}`];
            assert.ok(problems.length === 0 || refusals.includes(problems[0] ?? ''), `${word}: ${problems.join()}`);
        }
        for (const word of wordsOf('anyId')) {
            assert.deepEqual(problemsOf(`public class Sample { String f(Sample s) { return s.${word}(); } }`), [
                `Method does not exist or incorrect signature: void ${word}() from the type Sample`
            ]);
        }
    });
});

/** Words without a fixed spelling are plain names. */
function wordsOf(rule: string): string[] {
    return [...partsOfRule(rule)].map((token) => spelling(token) ?? 'plain');
}

/** The part of a sample that differs from the others. */
function excerpt(source: string): string {
    const [, query] = /Object o = \[([^]*)\];/.exec(source) ?? [];
    const [, body] = /Object run\(\) \{ ([^]*) return null;/.exec(source) ?? [];
    return (query ?? body ?? source).replace(/\s+/g, ' ').slice(0, 80);
}
