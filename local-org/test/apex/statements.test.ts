import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apex, apexClass, problemsOf } from './support/apex.ts';

describe('loops', () => {
    test('for, while and do-while with break and continue', () => {
        apex`Integer n = 0; for (Integer i = 0, j = 10; i < j; i++, j--) { if (i == 1) continue; n += i; } return n;`.returns(
            9
        );
        apex`Integer i = 0; while (true) { if (++i == 5) break; } return i;`.returns(5);
        apex`Integer i = 0; do { i++; } while (i < 3); return i;`.returns(3);
        apex`Integer n = 0; for (;;) { n++; if (n > 3) { break; } } return n;`.returns(4);
    });

    test('for-each over lists, sets and key sets', () => {
        apex`Integer n = 0; for (Integer i : new List<Integer>{ 1, 2, 3 }) n += i; return n;`.returns(6);
        apex`String s = ''; for (String t : new Set<String>{ 'b', 'a' }) s += t; return s;`.returns('ba');
        apex`Map<String, Integer> m = new Map<String, Integer>{ 'a' => 1 }; Integer n = 0;
            for (String k : m.keySet()) n += m.get(k); return n;`.returns(1);
    });

    test('for-each over null is a NullPointerException, a change while it runs a FinalException', () => {
        apex`List<Integer> xs; for (Integer i : xs) {} return 1;`.throws('System.NullPointerException');
        apex`List<Integer> xs = new List<Integer>{ 1 }; for (Integer i : xs) xs.add(i); return 1;`.throws(
            'System.FinalException'
        );
        apex`List<Integer> xs = new List<Integer>{ 1, 2 }; for (Integer i : xs) break; xs.add(3); return xs.size();`.returns(
            3
        );
    });

    test('for-each over an Iterable and an Iterator of the org', () => {
        const countdown = `public class Countdown implements Iterable<Integer>, Iterator<Integer> {
            Integer left; public Countdown(Integer n) { left = n; }
            public Iterator<Integer> iterator() { return this; }
            public Boolean hasNext() { return left > 0; }
            public Integer next() { return left--; } }`;
        apex`String s = ''; for (Integer i : new Countdown(3)) s += i; return s;`.with(countdown).returns('321');
        apex`return new List<Integer>(new Countdown(2)).size();`
            .with(countdown)
            .refuses('Constructor not defined: [List<Integer>].<Constructor>(Countdown)');
    });

    test('variables of a block end with it', () => {
        apex`{ Integer i = 1; } Integer i = 2; return i;`.returns(2);
    });
});

describe('switch', () => {
    test('on Integers, Longs, Strings and null', () => {
        apex`Integer i = 2; switch on i { when 1 { return 'a'; } when 2, 3 { return 'b'; } when else { return 'c'; } }`.returns(
            'b'
        );
        apex`String s = 'A'; switch on s { when 'a' { return 1; } when 'A' { return 2; } } return 3;`.returns(2);
        apex`String s; switch on s { when 'a' { return 1; } when null { return 2; } } return 3;`.returns(2);
        apex`Integer i = -1; switch on i { when -1 { return 'm'; } } return 'n';`.returns('m');
    });

    test('on enums by their bare names', () => {
        apex`Color c = Color.RED; switch on c { when GREEN { return 1; } when RED { return 2; } } return 3;`
            .with('public enum Color { RED, GREEN }')
            .returns(2);
        apex`LoggingLevel l = LoggingLevel.WARN; switch on l { when WARN { return 1; } when else { return 2; } }`.returns(
            1
        );
    });

    test('on the type of a record', () => {
        apex`SObject s = new Contact(LastName = 'x');
            switch on s { when Account a { return a.Name; } when Contact c { return c.LastName; } when null { return 1; } }
            return 2;`.returns('x');
    });

    test('break inside a branch leaves the loop around it', () => {
        apex`Integer n = 0; for (Integer i = 0; i < 5; i++) { switch on i { when 2 { break; } } n++; } return n;`.returns(
            2
        );
    });
});

describe('exceptions', () => {
    test('the first matching catch runs, then finally', () => {
        apex`String s = ''; try { throw new DmlException('d'); } catch (QueryException e) { s += 'q'; }
            catch (DmlException e) { s += e.getMessage(); } catch (Exception e) { s += 'e'; } finally { s += 'f'; } return s;`.returns(
            'df'
        );
    });

    test('return in finally wins', () => {
        apex`try { return 1; } finally { return 2; }`.returns(2);
    });

    test('exceptions of the org have the constructors of every exception', () => {
        const boom = 'public class BoomException extends Exception {}';
        apex`try { throw new BoomException('a', new DmlException('b')); } catch (Exception e) {
            return e.getTypeName() + e.getMessage() + e.getCause().getMessage(); }`
            .with(boom)
            .returns('BoomExceptionab');
        apex`throw new BoomException();`.with(boom).throws('BoomException');
        apex`try { throw new BoomException(new DmlException('b')); } catch (BoomException e) { return e.getMessage(); }`
            .with(boom)
            .returns('b');
    });

    test('exceptions of the org may have fields, constructors and overridden methods', () => {
        const coded = `public virtual class CodedException extends Exception {
            public Integer code = 7; public CodedException(Integer code) { this(String.valueOf(code)); this.code = code; } }`;
        apex`try { throw new CodedException(5); } catch (CodedException e) { return e.getMessage() + e.code; }`
            .with(coded)
            .returns('55');
        apex`return new CodedException('m').code;`.with(coded).returns(7);
        apex`try { throw new SubException('m'); } catch (CodedException e) { return e.code; }`
            .with(coded, 'public class SubException extends CodedException {}')
            .returns(7);
    });

    test('stack traces name class, method and line', () => {
        const thrower = `public class Thrower {
            public static void one() {
                two();
            }
            static void two() { Integer i; i++; }
        }`;
        apex`try { Thrower.one(); } catch (Exception e) { return e.getLineNumber() + ' ' + e.getStackTraceString(); }
            return null;`
            .with(thrower)
            .returns(
                '5 Class.Thrower.two: line 5, column 1\nClass.Thrower.one: line 3, column 1\nClass.Snippet.run: line 2, column 1'
            );
    });

    test('the frame is right again after a catch', () => {
        const deep =
            'public class Deep { public static void down(Integer n) { if (n == 0) throw new DmlException(); down(n - 1); } }';
        apex`for (Integer i = 0; i < 300; i++) { try { Deep.down(10); } catch (Exception e) {} }
            try { Deep.down(0); } catch (Exception e) { return e.getStackTraceString(); } return null;`
            .with(deep)
            .returns('Class.Deep.down: line 1, column 1\nClass.Snippet.run: line 3, column 1');
    });

    test('null thrown is a NullPointerException', () => {
        apex`Exception e; throw e;`.throws('System.NullPointerException');
    });
});

describe('limits', () => {
    test('cannot be caught', () => {
        apex`try { for (;;) { List<Account> a = [SELECT Id FROM Account]; } } catch (Exception e) { return 1; }`.throws(
            'System.LimitException',
            'Too many SOQL queries: 101'
        );
    });

    test('stop code that runs for too long', (context) => {
        let user = 0;
        context.mock.method(process, 'threadCpuUsage', () => ({ user: (user += 6_000_000), system: 0 }));
        apex`Boolean go = true; while (go) { }`.throws('System.LimitException', 'Apex CPU time limit exceeded');
    });

    test('stop endless recursion', () => {
        apex`return Recursion.go(1);`
            .with('public class Recursion { public static Integer go(Integer n) { return go(n + 1); } }')
            .throws('System.LimitException', 'Maximum stack depth reached: 1001');
    });

    test('count queries and DML', () => {
        apex`for (Integer i = 0; i < 101; i++) { List<Account> a = [SELECT Id FROM Account]; } return 1;`.throws(
            'System.LimitException',
            'Too many SOQL queries: 101'
        );
        apex`insert new Account(Name = 'x'); return Limits.getDmlStatements() + Limits.getQueries();`.returns(1);
    });
});

describe('lines', () => {
    test('of calls that go on over several lines', () => {
        const chain = `public class Chain {
            public Chain ok() { return this; }
            public Chain fail() { throw new DmlException('x'); }
        }`;
        apex`try {
                new Chain()
                    .ok()
                    .fail()
                    .ok();
            } catch (Exception e) { return e.getStackTraceString(); } return null;`
            .with(chain)
            .returns('Class.Chain.fail: line 3, column 1\nClass.Snippet.run: line 5, column 1');
        apex`try {
                Assert.areEqual(
                    1,
                    new Chain().hashCode() == 0
                        ? 2 : 3
                );
            } catch (Exception e) { return 1; } return null;`
            .with(chain)
            .throws('System.AssertException');
    });

    test('of a condition, after the body', () => {
        apex`List<Integer> xs; Integer n = 0;
            try {
                while (n < 1 || xs.size() > 0) {
                    n++;
                }
            } catch (Exception e) { return e.getLineNumber(); } return null;`.returns(4);
    });
});

describe('a collection that is changed in a loop over it', () => {
    test('ends the loop when a list goes on, not when the loop is left', () => {
        apex`List<Integer> items = new List<Integer>{ 1, 2 };
             for (Integer one : items) { items.add(0, 9); break; }
             return items;`.returns([9, 1, 2]);
        apex`List<Integer> items = new List<Integer>{ 1, 2 };
             for (Integer one : items) items.add(3);
             return items;`.throws('System.FinalException');
    });

    test('is looped over as it was, where it is a set and the class is older than API version 62', () => {
        const loop = `Set<Integer> items = new Set<Integer>{ 1, 2 };
            Integer turns = 0;
            for (Integer one : items) { items.remove(one); items.add(one + 10); turns++; }
            return turns + items.size();`;
        const owner = `public class Owner { public static Integer run() { ${loop} } }`;
        apex`return Owner.run();`.with(owner).throws('System.FinalException');
        apex`return Owner.run();`.with(apexClass(owner, 61)).returns(4);
    });
});

describe('code behind a jump', () => {
    const body = 'public class A { Integer f() { return 1; Integer x = 0; } void g() { return; Integer y = 0; } }';

    test('is refused since API version 42, before that only at the end of a method with a result', () => {
        assert.deepEqual(problemsOf(apexClass(body, 42)), ['Unreachable statement', 'Unreachable statement']);
        assert.deepEqual(problemsOf(apexClass(body, 41)), ['Unreachable statement']);
        assert.deepEqual(problemsOf(apexClass('public class A { Integer f() { return 1; return 2; } }', 41)), []);
    });
});
