import { setTimeout } from 'node:timers/promises';
import { evaluateApex } from '../lib/anonymous-apex.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';
import type { StepReport } from '../lib/steps.ts';
import { ratioRow, type BenchRow } from './measure.ts';

/** The same computation in Apex and written by hand in JavaScript; both answer the same number. */
interface SpeedCase {
    readonly title: string;
    /** Classes and methods that the statements use. */
    readonly declarations?: string;
    /** Statements that leave the answer in `result`. */
    readonly apex: string;
    /** How often it is done in one measurement, for the clock of Apex counts milliseconds. */
    readonly times: number;
    readonly javascript: () => number;
}

const CASES: readonly SpeedCase[] = [
    {
        title: 'integer loop, 3,000,000 turns',
        times: 20,
        apex: 'Integer result = 0; for (Integer i = 0; i < 3000000; i++) { result += Math.mod(i, 7) * 3; }',
        javascript() {
            let result = 0;
            for (let i = 0; i < 3_000_000; i = (i + 1) | 0) {
                result = (result + Math.imul(i % 7, 3)) | 0;
            }
            return result;
        }
    },
    {
        title: 'list of 1,000,000, filled and summed',
        times: 6,
        apex:
            'List<Integer> values = new List<Integer>(); for (Integer i = 0; i < 1000000; i++) { values.add(i); } ' +
            'Integer result = 0; for (Integer i = 0; i < values.size(); i++) { result += values.get(i); }',
        javascript() {
            const values: number[] = [];
            for (let i = 0; i < 1_000_000; i = (i + 1) | 0) {
                values.push(i);
            }
            let result = 0;
            for (let i = 0; i < values.length; i = (i + 1) | 0) {
                result = (result + values[i]) | 0;
            }
            return result;
        }
    },
    {
        title: 'map of 200,000 texts, filled and read',
        times: 3,
        apex:
            'Map<String, Integer> counts = new Map<String, Integer>(); Integer result = 0; ' +
            "for (Integer i = 0; i < 200000; i++) { counts.put('key' + i, i); } " +
            "for (Integer i = 0; i < 200000; i++) { result += counts.get('key' + i); }",
        javascript() {
            const counts = new Map<string, number>();
            let result = 0;
            for (let i = 0; i < 200_000; i = (i + 1) | 0) {
                counts.set(`key${i}`, i);
            }
            for (let i = 0; i < 200_000; i = (i + 1) | 0) {
                result = (result + (counts.get(`key${i}`) as number)) | 0;
            }
            return result;
        }
    },
    {
        title: 'fib(25), 242,785 calls',
        times: 60,
        declarations: 'Integer fib(Integer n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }',
        apex: 'Integer result = fib(25);',
        javascript() {
            return fibonacci(25);
        }
    },
    {
        title: 'text of 200,000 pieces',
        times: 6,
        apex:
            "String text = ''; for (Integer i = 0; i < 200000; i++) { text += 'row ' + i + ';'; } " +
            'Integer result = text.length();',
        javascript() {
            let text = '';
            for (let i = 0; i < 200_000; i = (i + 1) | 0) {
                text += `row ${i};`;
            }
            return text.length;
        }
    },
    {
        title: 'fields of objects, 1,000,000 turns',
        times: 30,
        declarations:
            'class Point { Integer x = 0; Integer y { get; set; } Point(Integer y) { this.y = y; } ' +
            'void move(Integer step) { x += step; y = y - x; } }',
        apex:
            'Point point = new Point(3); for (Integer i = 0; i < 1000000; i++) { point.move(i); } ' +
            'Integer result = point.x + point.y;',
        javascript() {
            const point = new Point(3);
            for (let i = 0; i < 1_000_000; i = (i + 1) | 0) {
                point.move(i);
            }
            return (point.x + point.y) | 0;
        }
    }
];

function fibonacci(n: number): number {
    return n < 2 ? n : (fibonacci((n - 1) | 0) + fibonacci((n - 2) | 0)) | 0;
}

class Point {
    x = 0;
    y: number;

    constructor(y: number) {
        this.y = y;
    }

    move(step: number): void {
        this.x = (this.x + step) | 0;
        this.y = (this.y - this.x) | 0;
    }
}

const ROUNDS = 4;

/** This thread serves the org too: connections that timed out while it was busy are closed before the next is used. */
const PAUSE_MS = 50;

/**
 * Apex loops, lists and maps against the same code in JavaScript; each is done some times first, so that both are compiled
 * as far as they will be. Goal: within 3 times.
 */
export async function measureApexSpeed(org: BridgeOrg, report: StepReport): Promise<BenchRow[]> {
    const rows: BenchRow[] = [];
    for (const speedCase of CASES) {
        const { title, javascript, times } = speedCase;
        report.progress(title);
        let apexMs = Infinity;
        let javascriptMs = Infinity;
        // In turns, so that what disturbs the machine disturbs both.
        for (let round = 0; round < ROUNDS; round += 1) {
            apexMs = Math.min(apexMs, await measureApex(org, speedCase));
            javascriptMs = Math.min(javascriptMs, measureJavaScript(javascript, times));
            await setTimeout(PAUSE_MS);
        }
        rows.push(ratioRow(`Apex: ${title}`, apexMs, 'hand-written JavaScript', javascriptMs, 3));
    }
    return rows;
}

function measureJavaScript(work: () => number, times: number): number {
    repeat(times, work);
    const started = performance.now();
    repeat(times, work);
    return (performance.now() - started) / times;
}

/** Milliseconds that the statements take; their answer must be that of the JavaScript. */
async function measureApex(org: BridgeOrg, speedCase: SpeedCase): Promise<number> {
    const { title, declarations = '', apex, javascript, times } = speedCase;
    const code = `${declarations} Integer work() { ${apex} return result; }
        Integer answer; for (Integer turn = 0; turn < ${times}; turn++) { answer = work(); }
        Long started = System.currentTimeMillis();
        for (Integer turn = 0; turn < ${times}; turn++) { answer = work(); }
        Long ms = System.currentTimeMillis() - started;`;
    const [answer, ms] = await evaluateApex<[number, number]>(org, code, 'new List<Long>{ answer, ms }');
    const expected = javascript();
    if (answer !== expected) {
        throw new Error(`${title}: Apex answered ${answer}, JavaScript ${expected}`);
    }
    return Math.max(ms, 1) / times;
}

function repeat(times: number, work: () => unknown): void {
    for (let turn = 0; turn < times; turn += 1) {
        work();
    }
}
