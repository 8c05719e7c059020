import { describe, test } from 'node:test';
import { apex } from './support/apex.ts';

const counter = `public class Counter {
    public Integer at;
    public Integer move(Integer step) { at += step; return at; }
}`;

describe('numbers', () => {
    test('Integers wrap at 32 bits', () => {
        apex`Integer i = 2147483647; i++; return i;`.returns(-2147483648);
        apex`Integer i = 65536; return i * i;`.returns(0);
        apex`Integer i = -2147483648; return -i;`.returns(-2147483648);
        apex`Counter one = new Counter(); one.at = 2147483646; one.move(1); one.move(1); return one.move(-1) - one.at * 2;`
            .with(counter)
            .returns(-2147483647);
    });

    test('Longs wrap at 64 bits', () => {
        apex`Long l = 9223372036854775807L; l += 1; return String.valueOf(l);`.returns('-9223372036854775808');
        apex`Integer i = 2147483647; Long l = i + 1L; return l;`.returns(2147483648);
    });

    test('Integer division truncates toward zero, also into a Decimal', () => {
        apex`return 7 / 2;`.returns(3);
        apex`return -7 / 2;`.returns(-3);
        apex`Decimal d = 7 / 2; return d;`.returns(3);
        apex`return 7 / 2.0;`.returns(3.5);
    });

    test('division by zero is a MathException', () => {
        apex`Integer z = 0; return 1 / z;`.throws('System.MathException', 'Divide by 0');
        apex`Decimal z = 0; return 1 / z;`.throws('System.MathException', 'Divide by 0');
    });

    test('arithmetic on null is a NullPointerException, a comparison with null is false', () => {
        apex`Integer i; return i + 1;`.throws('System.NullPointerException', 'Attempt to de-reference a null object');
        apex`Integer i; i++; return i;`.throws('System.NullPointerException');
        apex`return new Counter().move(1);`.with(counter).throws('System.NullPointerException');
        apex`Counter one = new Counter(); one.at = 1; return one.move(null);`
            .with(counter)
            .throws('System.NullPointerException');
        apex`Integer i; return i < 5 || i > 5 || i >= 5 || i <= 5;`.returns(false);
        apex`Decimal d; return d < 5;`.returns(false);
    });

    test('types widen on the way into an expression', () => {
        apex`Integer i = 1; Long l = 2; Decimal d = 1.5; Double e = 2.5; return i + l + d + e;`.returns(7);
        apex`Decimal d = 5; Double e = 5; Long l = 5; return d == e && e == l;`.returns(true);
    });

    test('casts narrow', () => {
        apex`return (Integer) 3.99;`.returns(3);
        apex`return (Integer) 4294967298L;`.returns(2);
        apex`Object o = 5; return (Integer) o + 1;`.returns(6);
        apex`Object o = 5; Decimal d = (Decimal) o; return d;`.returns(5);
        apex`Object o = 'x'; return (Integer) o;`.throws(
            'System.TypeException',
            'Invalid conversion from runtime type String to Integer'
        );
    });

    test('a list stands for one whose elements it widens to, a set for none', () => {
        apex`List<Decimal> d = new List<Integer>{ 1, null }; return d[0] / 2;`.returns(0.5);
        apex`Object o = new List<Integer>{ 1 }; return ((List<Decimal>) o)[0] / 2;`.returns(0.5);
        apex`Object o = new List<Decimal>{ 1.5 };
             return o instanceof List<Double> && !(o instanceof List<Integer>);`.returns(true);
        apex`Object o = new Set<Integer>{ 1 }; return o instanceof Set<Decimal>;`.returns(false);
        apex`Set<Decimal> s = new Set<Integer>();`.refuses('Illegal assignment from Set<Integer> to Set<Decimal>');
        apex`List<Integer> l = new List<Decimal>();`.refuses('Illegal assignment from List<Decimal> to List<Integer>');
        apex`List<Datetime> t = new List<Date>{ Date.newInstance(2026, 1, 1) }; return t[0].addHours(1).hourGmt();`.returns(
            1
        );
        apex`Map<String, Decimal> m = new Map<String, Integer>{ 'a' => 1 }; return m.get('a') / 2;`.returns(0.5);
        apex`Iterable<Decimal> i = new List<Integer>{ 1 }; for (Decimal d : i) return d / 2; return 0;`.returns(0.5);
        apex`List<List<Decimal>> n = new List<List<Integer>>{ new List<Integer>{ 1 } }; return n[0][0] / 2;`.returns(
            0.5
        );
    });

    test('bitwise operators and shifts', () => {
        apex`return (6 & 3) + (6 | 3) * 10 + (6 ^ 3) * 100;`.returns(572);
        apex`return new List<Integer>{ 1 << 4, -16 >> 2, -1 >>> 28, ~5 };`.returns([16, -4, 15, -6]);
        apex`Long l = 1; return l << 40;`.returns(1099511627776);
        apex`Boolean a = true, b = false; return (a & b) || (a ^ b);`.returns(true);
    });

    test('compound assignment and steps', () => {
        apex`Integer i = 5; Integer j = i++ + ++i; i -= 2; i *= 3; i /= 2; i <<= 1; return new List<Integer>{ i, j };`.returns(
            [14, 12]
        );
        apex`List<Integer> xs = new List<Integer>{ 1, 2 }; xs[0] += 5; xs[1]++; return xs;`.returns([6, 3]);
        apex`Integer i = 1; i += 2L; return i;`.returns(3);
        apex`String s = 'a'; s += 1; s += null; return s;`.returns('a1null');
    });
});

describe('text', () => {
    test('a plus in front of it changes nothing', () => {
        apex`return 'a' + +'b';`.returns('ab');
    });

    test('== ignores case, equals does not', () => {
        apex`return 'ABC' == 'abc';`.returns(true);
        apex`return 'ABC'.equals('abc');`.returns(false);
        apex`return 'ABC' != 'abd';`.returns(true);
        apex`String s; return s == null && s != 'x';`.returns(true);
    });

    test('concatenation prints every type', () => {
        apex`return 'a' + 1 + null + true + 2.50 + 3L;`.returns('a1nulltrue2.503');
        apex`return 1 + 2 + 'a' + 1 + 2;`.returns('3a12');
        apex`Integer i; String s; return s + i;`.returns('nullnull');
        apex`return '' + new List<Integer>{ 1, 2 } + new Map<String, Integer>{ 'k' => 1 };`.returns('(1, 2){k=1}');
    });

    test('escapes and multi-line literals', () => {
        apex`return 'it\'s\t\u0041\n';`.returns("it's\tA\n");
        apex`String s = '''
one
  two'''; return s;`.returns('one\n  two');
    });

    test('ordering ignores case', () => {
        apex`return 'a' < 'B' && 'b' > 'A';`.returns(true);
    });
});

describe('operators', () => {
    test('&& and || stop early', () => {
        apex`Integer i = 0; Boolean b = false && i++ > 0; b = true || i++ > 0; return i;`.returns(0);
        apex`Boolean b; if (b) return 1; return 2;`.throws('System.NullPointerException');
    });

    test('?. gives null for the rest of the path', () => {
        apex`Account a; return a?.Name;`.returns(null);
        apex`String s; return s?.trim().length();`.returns(null);
        apex`List<String> s; return s?.size() > 0;`.returns(false);
        apex`Account a = new Account(Name = 'x'); return a?.Name?.toUpperCase();`.returns('X');
    });

    test('?? takes the right side for null', () => {
        apex`String s; return s ?? 'x';`.returns('x');
        apex`Integer i; Long l = i ?? 5; return l;`.returns(5);
        apex`Integer i = 3; return (i ?? 4) + 1;`.returns(4);
    });

    test('?: finds the common type', () => {
        apex`Integer i = 1; Decimal d = true ? i : 2.5; return d / 2;`.returns(0.5);
        apex`Object o = true ? (Object) 'a' : 1; return o;`.returns('a');
    });

    test('instanceof', () => {
        apex`Object o = new List<String>(); return o instanceof List<String> && !(o instanceof List<Integer>);`.returns(
            true
        );
        apex`Object o = null; return o instanceof String;`.returns(false);
        apex`SObject s = new Account(); return s instanceof Account && !(s instanceof Contact);`.returns(true);
        apex`Exception e = new DmlException('x'); return e instanceof DmlException && !(e instanceof QueryException);`.returns(
            true
        );
    });

    test('Ids and Strings convert, and compare with 15 and 18 characters', () => {
        apex`Id i = '001000000000001'; String s = i; return s;`.returns('001000000000001AAA');
        apex`Id i = '001000000000001AAA'; return i == '001000000000001';`.returns(true);
        apex`Id i = 'nope'; return i;`.throws('System.StringException', 'Invalid id: nope');
    });

    test('dates', () => {
        apex`Date d = Date.newInstance(2026, 2, 28) + 1; return d;`.returns('2026-03-01');
        apex`return Date.newInstance(2026, 1, 2) < Date.newInstance(2026, 1, 3);`.returns(true);
        apex`Datetime t = Datetime.newInstanceGmt(2026, 1, 1) + 0.5; return t.formatGmt('yyyy-MM-dd HH:mm');`.returns(
            '2026-01-01 12:00'
        );
        apex`Datetime t = Date.newInstance(2026, 1, 1); return t.formatGmt('HH:mm');`.returns('00:00');
    });

    test('the exact equality operators compare identity', () => {
        apex`List<Integer> a = new List<Integer>{ 1 }; List<Integer> b = a.clone(); return a == b && a !== b;`.returns(
            true
        );
    });
});
