import fc from 'fast-check';

interface Grammar {
    readonly integer: string;
    readonly decimal: string;
    readonly truth: string;
    readonly text: string;
    readonly list: string;
    readonly statement: string;
    readonly block: string;
}

const integers = ['0', '1', '-1', '7', '2147483647', 'i', 'n', 'null'];
const decimals = ['0.5', '1.10', 'd', '99999999999.999', 'null'];
const texts = ["''", "'a'", "'A\\n'", 's', 'null'];

function joined<T extends readonly string[]>(
    parts: fc.Arbitrary<T>,
    shape: (...parts: T) => string
): fc.Arbitrary<string> {
    return parts.map((values) => shape(...values));
}

const { block } = fc.letrec<Grammar>((tie) => {
    const integer = tie('integer') as fc.Arbitrary<string>;
    const decimal = tie('decimal') as fc.Arbitrary<string>;
    const truth = tie('truth') as fc.Arbitrary<string>;
    const text = tie('text') as fc.Arbitrary<string>;
    const list = tie('list') as fc.Arbitrary<string>;
    const statement = tie('statement') as fc.Arbitrary<string>;
    const inner = tie('block') as fc.Arbitrary<string>;
    const any = fc.oneof(integer, decimal, truth, text, list);
    const options = { maxDepth: 4, depthSize: 'small' } as const;
    return {
        integer: fc.oneof(
            options,
            fc.constantFrom(...integers),
            joined(
                fc.tuple(integer, fc.constantFrom('+', '-', '*', '/', '&', '|', '^', '<<', '>>>'), integer),
                (a, o, b) => `(${a} ${o} ${b})`
            ),
            joined(fc.tuple(truth, integer, integer), (a, b, c) => `(${a} ? ${b} : ${c})`),
            joined(fc.tuple(integer, integer), (a, b) => `Math.mod(${a}, ${b})`),
            joined(fc.tuple(list), (a) => `(${a}).size()`),
            joined(fc.tuple(list, integer), (a, b) => `(${a})[${b}]`),
            joined(fc.tuple(text), (a) => `(${a})?.length()`),
            joined(fc.tuple(decimal), (a) => `(${a}).intValue()`),
            joined(fc.tuple(any), (a) => `(Integer) (Object) (${a})`),
            joined(fc.tuple(integer), (a) => `work(${a}, 1)`),
            fc.constantFrom('i++', '--n', 'n += 2')
        ),
        decimal: fc.oneof(
            options,
            fc.constantFrom(...decimals),
            joined(fc.tuple(decimal, fc.constantFrom('+', '-', '*', '/'), decimal), (a, o, b) => `(${a} ${o} ${b})`),
            joined(fc.tuple(decimal, integer), (a, b) => `(${a}).setScale(${b})`),
            joined(fc.tuple(integer), (a) => `Decimal.valueOf(${a})`)
        ),
        truth: fc.oneof(
            options,
            fc.constantFrom('true', 'false', 'b', 'null'),
            joined(
                fc.tuple(integer, fc.constantFrom('<', '<=', '==', '!=', '>'), decimal),
                (a, o, b) => `(${a} ${o} ${b})`
            ),
            joined(fc.tuple(truth, fc.constantFrom('&&', '||', '==', '!='), truth), (a, o, b) => `(${a} ${o} ${b})`),
            joined(fc.tuple(text, fc.constantFrom('==', '===', '<'), text), (a, o, b) => `(${a} ${o} ${b})`),
            joined(fc.tuple(truth), (a) => `!(${a})`),
            joined(fc.tuple(any), (a) => `((Object) (${a}) instanceof Integer)`)
        ),
        text: fc.oneof(
            options,
            fc.constantFrom(...texts),
            joined(fc.tuple(text, any), (a, b) => `(${a} + ${b})`),
            joined(fc.tuple(text, integer), (a, b) => `(${a}).left(${b})`),
            joined(fc.tuple(text, text), (a, b) => `(${a} ?? ${b})`),
            joined(fc.tuple(any), (a) => `String.valueOf(${a})`),
            joined(fc.tuple(any), (a) => `JSON.serialize(${a})`)
        ),
        list: fc.oneof(
            options,
            fc.constantFrom('l', 'new List<Integer>()', 'null'),
            joined(fc.tuple(integer, integer), (a, b) => `new List<Integer>{ ${a}, ${b} }`),
            joined(fc.tuple(list), (a) => `(${a}).clone()`)
        ),
        statement: fc.oneof(
            options,
            joined(fc.tuple(integer), (a) => `i = ${a};`),
            joined(fc.tuple(decimal), (a) => `d = ${a};`),
            joined(fc.tuple(text), (a) => `s = ${a};`),
            joined(fc.tuple(integer, integer), (a, b) => `l[${a}] = ${b};`),
            joined(fc.tuple(integer), (a) => `l.add(${a});`),
            joined(fc.tuple(truth, inner, inner), (a, b, c) => `if (${a}) ${b} else ${c}`),
            joined(fc.tuple(truth, inner), (a, b) => `while (${a}) ${b}`),
            joined(fc.tuple(integer, inner), (a, b) => `for (Integer j = 0; j < ${a}; j++) ${b}`),
            joined(fc.tuple(list, inner), (a, b) => `for (Integer one : ${a}) ${b}`),
            joined(fc.tuple(inner, inner, inner), (a, b, c) => `try ${a} catch (MathException e) ${b} finally ${c}`),
            joined(fc.tuple(integer, inner, inner), (a, b, c) => `switch on ${a} { when 0, 1 ${b} when else ${c} }`),
            joined(fc.tuple(text), (a) => `throw new IllegalArgumentException(${a});`),
            joined(fc.tuple(any), (a) => `return ${a};`),
            joined(fc.tuple(statement, statement), (a, b) => `${a} ${b}`),
            fc.constantFrom('break;', 'continue;', 'insert as system new Account(Name = s);', 'Integer j = n; j--;')
        ),
        block: fc.oneof(
            options,
            fc.constant('{ }'),
            joined(fc.tuple(statement, statement), (a, b) => `{ ${a} ${b} }`)
        )
    };
});

/** Classes called Fuzzed whose method `run` is made by the rules of the language. */
export const generatedClass: fc.Arbitrary<string> = fc.tuple(block, block).map(
    ([first, second]) => `public class Fuzzed {
    static Integer work(Integer n, Integer i) { if (n == null || n < 1) return i; return work(n / 2, i + 1); }
    @AuraEnabled public static Object run() {
        Integer i = 3; Integer n = 5; Decimal d = 2.50; Boolean b = true; String s = 'text';
        List<Integer> l = new List<Integer>{ 1, null, 3 };
        if (b) ${first}
        if (i != null) ${second}
        return s + i + n + d + l;
    }
}`
);
