import assert from 'node:assert/strict';
import type { ApexSource } from '../../../src/apex/engine.ts';
import { apexClass, newApexOrg } from './apex.ts';

/** Runs the test methods of some classes in a fresh org: `FooTest.bar Pass`, or `FooTest.bar Fail` and why. */
export function testOutcomes(...bodies: readonly (string | ApexSource)[]): string[] {
    const org = newApexOrg();
    const sources = bodies.map((body) => (typeof body === 'string' ? apexClass(body) : body));
    const { problems, program } = org.apex.compile(sources);
    assert.deepEqual(problems, []);
    org.apex.install(program);
    const { results } = org.apex.runTests({ coverage: false }, org.admin.userId);
    return results.map(({ className, methodName, outcome, message }) =>
        [`${className}.${methodName}`, outcome, ...(message === null ? [] : [message])].join(' ')
    );
}
