import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FAULT_KINDS, POINTS } from '../../src/lab/fault-kinds.ts';
import { createFaultPlan } from '../../src/lab/fault-plan.ts';
import { readFaultSettings, settingsOfSeed } from '../../src/lab/fault-settings.ts';

function decisions(seed: string, order: readonly string[]): Record<string, (string | undefined)[]> {
    const plan = createFaultPlan(settingsOfSeed(seed));
    const made: Record<string, (string | undefined)[]> = { source: [], target: [] };
    for (const org of order) made[org].push(plan.decide(org, 'callout', 'POST /')?.kind);
    return made;
}

describe('a fault plan', () => {
    const inTurn = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? 'source' : 'target'));

    test('decides by seed, point and number of the call, not by the order of the points', () => {
        const apart = [...inTurn].sort();
        assert.deepEqual(decisions('7', inTurn), decisions('7', apart));
        assert.notDeepEqual(decisions('7', inTurn), decisions('8', inTurn));
        assert.ok(decisions('7', inTurn)['source'].some((kind) => kind !== undefined));
    });

    test('strikes as often as its rate says', () => {
        const plan = createFaultPlan(readFaultSettings({ seed: 1, rates: { cut: 0.2, latency: 0.1 } }));
        const kinds = Array.from({ length: 2000 }, () => plan.decide('source', 'callout', '')?.kind);
        const share = (kind: string): number => kinds.filter((other) => other === kind).length / kinds.length;
        assert.ok(Math.abs(share('cut') - 0.2) < 0.04, String(share('cut')));
        assert.ok(Math.abs(share('latency') - 0.1) < 0.03, String(share('latency')));
    });

    test('strikes only the points that are named, with the kinds that they can have', () => {
        const rates = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0.05]));
        const plan = createFaultPlan(readFaultSettings({ seed: 1, rates, points: ['target.callout', 'dml'] }));
        const struck = new Set<string>();
        for (const org of ['source', 'target']) {
            for (const point of POINTS) {
                for (let call = 0; call < 100; call += 1) {
                    const fault = plan.decide(org, point, '');
                    if (fault !== undefined) struck.add(fault.at);
                }
            }
        }
        assert.deepEqual([...struck].sort(), ['source.dml', 'target.callout', 'target.dml']);
        assert.ok(plan.struck.filter(({ at }) => at.endsWith('.dml')).every(({ kind }) => kind === 'lock'));
    });

    test('names what is wrong with settings', () => {
        assert.throws(() => readFaultSettings({ rates: {} }), /"seed" is missing/);
        assert.throws(
            () => readFaultSettings({ seed: 1, rates: { slow: 1 } }),
            /"slow" is no kind of fault; known are cut/
        );
        assert.throws(() => readFaultSettings({ seed: 1, rates: { cut: 2 } }), /rate of "cut" is 2/);
        assert.throws(() => readFaultSettings({ seed: 1, points: ['door'] }), /"points" holds "door"/);
        assert.throws(() => readFaultSettings({ seed: 1, speed: 3 }), /"speed" is no setting/);
        assert.throws(() => readFaultSettings({ seed: 1, downMs: -1 }), /"downMs" is -1/);
    });
});
