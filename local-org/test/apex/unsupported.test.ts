import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { UnsupportedApex } from '../../src/apex/engine.ts';
import { fixedClock } from '../../src/org/clock.ts';
import { createOrg } from '../../src/org/create-org.ts';
import type { LocalOrg } from '../../src/org/local-org.ts';
import { apexClass } from './support/apex.ts';

function newOrg(unsupportedApex?: UnsupportedApex): LocalOrg {
    return createOrg({
        name: 'apex',
        baseUrl: 'http://localhost:1',
        apiVersion: '67.0',
        adminUsername: 'admin@apex.test',
        clock: fixedClock('2026-03-01T12:00:00.000Z'),
        callouts: { send: () => ({ ok: false, reason: 'unreachable', detail: 'ECONNREFUSED' }) },
        unsupportedApex
    }).org;
}

const USES = `public class Uses {
    public static Integer plain() { return 1; }
    public static Object script() {
        return new DataWeaveScriptResource.jsonToRows().execute(new Map<String, Object>()).getValue();
    }
    public static void flow() { new Flow.Interview.Approve(new Map<String, Object>()).start(); }
    public static Object picture() { return new Component.Apex.PageBlock(); }
}`;

describe('Apex that a local org lacks', () => {
    test('is not what a class of the org has for a name', () => {
        const body = `public class Component {
            public class Button { public Integer width = 3; }
            public static Integer width() { return new Component.Button().width; }
        }`;
        for (const unsupported of [undefined, 'throw'] as const) {
            const org = newOrg(unsupported);
            const { problems, program } = org.apex.compile([apexClass(body)]);
            assert.deepEqual(problems, []);
            org.apex.install(program);
            const { exceptionMessage } = org.apex.executeAnonymous(
                'System.assertEquals(3, Component.width());',
                org.admin.userId
            );
            assert.equal(exceptionMessage, null);
        }
    });

    test('is refused by its name', () => {
        const { problems, unsupported } = newOrg().apex.compile([apexClass(USES)]);
        assert.deepEqual(
            problems.map(({ line, message }) => `${line} ${message}`),
            [
                '4 Not implemented in the local org: DataWeaveScriptResource.jsonToRows',
                '6 Not implemented in the local org: Flow.Interview.Approve',
                '7 Not implemented in the local org: Component.Apex.PageBlock'
            ]
        );
        assert.deepEqual(unsupported, []);
    });

    test('throws its name when it is reached, where that is asked for', () => {
        const org = newOrg('throw');
        const compile = () => org.apex.compile([apexClass(USES)]);
        const { problems, unsupported, program } = compile();
        assert.deepEqual(problems, []);
        assert.deepEqual([...new Set(unsupported.map(({ line }) => line))], [4, 6, 7]);
        // The second time the result comes from the cache.
        assert.deepEqual(compile().unsupported, unsupported);
        org.apex.install(program);
        const run = (code: string): string | null => org.apex.executeAnonymous(code, org.admin.userId).exceptionMessage;
        assert.equal(run('System.assertEquals(1, Uses.plain());'), null);
        assert.match(
            run('Uses.script();') ?? '',
            /UnsupportedOperationException: .*DataWeaveScriptResource\.jsonToRows/
        );
        assert.match(run('Uses.flow();') ?? '', /Flow\.Interview\.Approve/);
        assert.match(run('Uses.picture();') ?? '', /Component\.Apex\.PageBlock/);
    });
});
