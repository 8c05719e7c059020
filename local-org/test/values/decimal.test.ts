import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from '../support/fast-check.ts';
import { Decimal, type RoundingMode } from '../../src/values/decimal.ts';

const decimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
    .map(([unscaled, scale]) => Decimal.of(unscaled, scale));

test('text and value survive a round trip', () => {
    fc.assert(
        fc.property(decimal, (value) => {
            const parsed = Decimal.parse(value.toString());
            assert.equal(parsed.unscaled, value.unscaled);
            assert.equal(parsed.scale, value.scale);
        })
    );
});

test('a quotient times its divisor comes back within half a unit of the last place', () => {
    fc.assert(
        fc.property(decimal, decimal, (left, right) => {
            fc.pre(right.signum() !== 0);
            const error = left.divide(right).multiply(right).subtract(left).abs();
            const bound = right.abs().multiply(Decimal.of(1n, 33));
            assert.ok(error.compareTo(bound) <= 0, `${left.toString()} / ${right.toString()}`);
        })
    );
});

test('addition undoes subtraction and keeps the larger scale', () => {
    fc.assert(
        fc.property(decimal, decimal, (left, right) => {
            const sum = left.add(right);
            assert.equal(sum.scale, Math.max(left.scale, right.scale));
            assert.ok(sum.subtract(right).equals(left));
        })
    );
});

test('rounding follows java.math.RoundingMode', () => {
    // The table in the Javadoc of RoundingMode.
    const inputs = ['5.5', '2.5', '1.6', '1.1', '1.0', '-1.0', '-1.1', '-1.6', '-2.5', '-5.5'];
    const table: Readonly<Partial<Record<RoundingMode, readonly number[]>>> = {
        UP: [6, 3, 2, 2, 1, -1, -2, -2, -3, -6],
        DOWN: [5, 2, 1, 1, 1, -1, -1, -1, -2, -5],
        CEILING: [6, 3, 2, 2, 1, -1, -1, -1, -2, -5],
        FLOOR: [5, 2, 1, 1, 1, -1, -2, -2, -3, -6],
        HALF_UP: [6, 3, 2, 1, 1, -1, -1, -2, -3, -6],
        HALF_DOWN: [5, 2, 2, 1, 1, -1, -1, -2, -2, -5],
        HALF_EVEN: [6, 2, 2, 1, 1, -1, -1, -2, -2, -6]
    };
    for (const [mode, expected] of Object.entries(table)) {
        const actual = inputs.map((text) => Number(Decimal.parse(text).round(mode as RoundingMode)));
        assert.deepEqual(actual, expected, mode);
    }
    assert.throws(() => Decimal.parse('1.1').round('UNNECESSARY'), RangeError);
});

test('division is exact where it ends and cut at 33 digits where it does not', () => {
    const quotient = (left: string, right: string): string =>
        Decimal.parse(left).divide(Decimal.parse(right)).toString();
    assert.equal(quotient('10', '4'), '2.5');
    assert.equal(quotient('6.00', '2'), '3.00');
    assert.equal(quotient('1', '3'), `0.${'3'.repeat(33)}`);
    assert.equal(quotient('2', '3'), `0.${'6'.repeat(32)}7`);
    assert.throws(() => quotient('1', '0'), /Divide by 0/);
});

test('texts are those of BigDecimal', () => {
    assert.equal(Decimal.parse('4500.0').stripTrailingZeros().toString(), '4.5E+3');
    assert.equal(Decimal.parse('4500.0').stripTrailingZeros().toPlainString(), '4500');
    assert.equal(Decimal.parse('0.0000001').toString(), '1E-7');
    assert.equal(Decimal.parse('-0.05').toString(), '-0.05');
    assert.equal(Decimal.parse('1.10').toString(), '1.10');
    assert.equal(Decimal.tryParse('1,5'), undefined);
    assert.equal(Decimal.tryParse('.'), undefined);
});

test('values that differ in scale alone are equal', () => {
    assert.ok(Decimal.parse('1.1').equals(Decimal.parse('1.10')));
});
