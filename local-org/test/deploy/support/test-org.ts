import assert from 'node:assert/strict';
import type { ApexEngine, ApexSource, CompileOutcome } from '../../../src/apex/engine.ts';
import { fixedClock } from '../../../src/org/clock.ts';
import { createOrg } from '../../../src/org/create-org.ts';
import type { LocalOrg } from '../../../src/org/local-org.ts';

export const INTEGRATION_USER = 'integration@target.example';

export interface TestOrg {
    readonly org: LocalOrg;
    /** A session token of the administrator. */
    readonly token: string;
    /** Answers of the Apex engine; a test replaces what it needs. */
    readonly apex: { -readonly [Member in keyof ApexEngine]: ApexEngine[Member] };
    /** Names of the program that is installed. */
    readonly installed: () => readonly string[];
}

/** A real org with an integration user, and an Apex engine that a test scripts. */
export function newTestOrg(): TestOrg {
    const created = createOrg({
        name: 'target',
        baseUrl: 'http://localhost:7700',
        apiVersion: '67.0',
        adminUsername: 'admin@target.example',
        clock: fixedClock('2026-11-22T10:00:00Z'),
        callouts: { send: () => assert.fail('a deploy calls nobody') }
    });
    let installed: readonly string[] = [];
    const apex = scriptedApex((names) => (installed = names));
    const org: LocalOrg = { ...created.org, apex };
    addIntegrationUser(org);
    const token = org.sessions.open({ userId: org.admin.userId, scopes: new Set(['api']) }).token;
    return { org, token, apex, installed: () => installed };
}

function addIntegrationUser(org: LocalOrg): void {
    const access = { userId: org.admin.userId, mode: 'system', sharing: false } as const;
    const soql = "SELECT Id FROM Profile WHERE Name = 'Standard User'";
    const user = org.database.newRecord('User');
    const fields = {
        Username: INTEGRATION_USER,
        LastName: 'Integration',
        Alias: 'integ',
        Email: INTEGRATION_USER,
        TimeZoneSidKey: 'America/Los_Angeles',
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
        ProfileId: org.database.query(soql, { access }).records[0]?.get('Id') ?? null
    };
    for (const [name, value] of Object.entries(fields)) {
        user.set(name, value);
    }
    const [result] = org.database.dml('insert', [user], { access, allOrNone: true, origin: 'api' });
    assert.deepEqual(result?.errors, []);
}

/** Everything compiles. */
export function compileAll(sources: readonly ApexSource[]): CompileOutcome {
    return { problems: [], unsupported: [], program: { names: sources.map((source) => source.name) } };
}

function scriptedApex(installed: (names: readonly string[]) => void): ApexEngine {
    const fail = (): never => assert.fail('this test has no Apex that runs');
    return {
        compile: compileAll,
        install: (program) => installed(program.names),
        executeAnonymous: fail,
        runTests: fail,
        rest: fail,
        aura: fail,
        resumeJobs: fail,
        triggers: { fire: fail, within: (_userId, work) => work(), handles: () => false, subscribers: () => [] }
    };
}
