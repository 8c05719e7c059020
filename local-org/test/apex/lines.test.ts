import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ApexSource, ClassCoverage } from '../../src/apex/engine.ts';
import { apexClass, newApexOrg } from './support/apex.ts';

const org = newApexOrg();

/** Runs `Work.run()` in a test and tells which lines of Work it passed. */
function coverageOf(...bodies: string[]): ClassCoverage {
    const test = apexClass('@IsTest class WorkTest { @IsTest static void run() { Work.run(); } }');
    const sources: ApexSource[] = [...bodies.map((body) => apexClass(body)), test];
    const { problems, program } = org.apex.compile(sources);
    assert.deepEqual(problems, []);
    org.apex.install(program);
    const { coverage, results } = org.apex.runTests({ coverage: true }, org.admin.userId);
    assert.deepEqual(
        results.map(({ message }) => message),
        [null]
    );
    const found = coverage.find(({ name }) => name === 'Work');
    assert.ok(found);
    return found;
}

function failureOf(body: string): string | null {
    const { problems, program } = org.apex.compile([apexClass(body)]);
    assert.deepEqual(problems, []);
    org.apex.install(program);
    return org.apex.executeAnonymous('Work.run();', org.admin.userId).exceptionStackTrace;
}

describe('covered lines', () => {
    it('of a loop are those of the turns that were made', () => {
        const { coveredLines, uncoveredLines } = coverageOf(`public class Work { public static void run() {
            Integer sum = 0;
            for (Integer i = 0; i < 3; i++) {
                sum += i;
                sum += 1;
                for (Integer j = 0; j < 0; j++) {
                    sum += 7;
                }
                if (sum > 100) {
                    sum = 0;
                }
            }
            while (sum < 0) {
                sum++;
            }
            for (Integer one : new List<Integer>()) {
                sum += one;
            }
        } }`);
        assert.deepEqual(coveredLines, [2, 3, 4, 5, 6, 9, 13, 16]);
        assert.deepEqual(uncoveredLines, [7, 10, 14, 17]);
    });

    it('end where a statement of a turn fails', () => {
        const { coveredLines, uncoveredLines } = coverageOf(`public class Work { public static void run() {
            try {
                for (Integer i = 0; i < 3; i++) {
                    Integer twice = i * 2;
                    Integer none = [SELECT COUNT() FROM Account] / i;
                    twice++;
                }
            } catch (MathException e) {
                return;
            }
        } }`);
        assert.deepEqual(coveredLines, [2, 3, 4, 5, 8, 9]);
        assert.deepEqual(uncoveredLines, [6]);
    });

    it('are counted in methods without a frame of their own', () => {
        const { coveredLines, uncoveredLines } = coverageOf(`public class Work {
            Integer size;
            Integer area() {
                if (size > 2) {
                    return size * size;
                }
                return 0;
            }
            public static void run() {
                Work one = new Work();
                one.size = 3;
                one.area();
            }
        }`);
        assert.deepEqual(coveredLines, [4, 5, 10, 11, 12]);
        assert.deepEqual(uncoveredLines, [7]);
    });
});

describe('the stack trace', () => {
    it('holds methods that open no frame until something fails', () => {
        const trace = failureOf(`public class Work {
            Integer size;
            Integer area() {
                return size *
                    size;
            }
            public static void run() {
                new Work()
                    .area();
            }
        }`);
        assert.equal(
            trace,
            'Class.Work.area: line 4, column 1\nClass.Work.run: line 9, column 1\nAnonymousBlock: line 1, column 1'
        );
    });

    it('has the line of the statement that failed, after branches and loops that ran before', () => {
        const trace = failureOf(`public class Work { public static void run() {
            String text;
            if (text == null) {
                System.debug('no text');
            }
            for (Integer i = 0; i < 2; i++) {
                System.debug(i);
            }
            text.length();
        } }`);
        assert.equal(trace, 'Class.Work.run: line 9, column 1\nAnonymousBlock: line 1, column 1');
    });

    it('has the line of the condition that failed in a later turn', () => {
        const trace = failureOf(`public class Work { public static void run() {
            List<Integer> values = new List<Integer>{ 1, null };
            Integer i = 0;
            while (values[i] > 0 && values[i] / values[i] == 1 || values[9] == 1) {
                i++;
                System.debug(i);
            }
        } }`);
        assert.equal(trace, 'Class.Work.run: line 4, column 1\nAnonymousBlock: line 1, column 1');
    });
});

describe('the line of a failure in a loop', () => {
    const lineOf = (statements: string): string | undefined => {
        const trace = failureOf(`public class Work { public static void run() {
            List<Integer> one = new Integer[1];
            ${statements}
        } }`);
        return /^Class\.Work\.run: line (\d+)/.exec(trace ?? '')?.[1];
    };

    it('is that of its only statement, in any turn', () => {
        const loop = `for (Integer i = 0; i < 2; i++) {
                one[i] = 1;
            }`;
        assert.equal(lineOf(loop), '4');
        assert.equal(lineOf(`Integer i = 0;\nwhile (true) {\none[i++] = 1;\n}`), '5');
        assert.equal(lineOf(`Integer i = 0;\ndo {\none[i++] = 1;\n} while (true);`), '5');
    });

    it('is that of a condition', () => {
        assert.equal(lineOf(`Integer i = 0;\nwhile (one[i] == null) {\ni++;\n}`), '4');
    });

    it('is that of what follows a loop', () => {
        const inner = `for (Integer each : one) {\none[0] = each;\n}`;
        assert.equal(lineOf(`${inner}\none[1] = 1;`), '6');
        assert.equal(lineOf(`for (Integer i = 0; i < 2; i++) {\n${inner}\none[i] = 1;\n}`), '7');
    });

    it('is that of a loop in it', () => {
        const loops = `for (Integer i = 0; i < 2; i++) {\nfor (Integer j = 0; j < 1; j++) {\none[i] = j;\n}\none[0] = i;\n}`;
        assert.equal(lineOf(loops), '5');
    });
});
