import type { ApexEngine, ApexSource, CompileOutcome } from '../../../src/apex/engine.ts';
import { fixedClock } from '../../../src/org/clock.ts';
import { createMetadataRegistry } from '../../../src/org/create-metadata-registry.ts';
import type { LocalOrg } from '../../../src/org/local-org.ts';
import { createOauthApps } from '../../../src/org/oauth-apps.ts';
import { createPrincipalCredentials } from '../../../src/org/principal-credentials.ts';
import { createSessions } from '../../../src/org/sessions.ts';
import type { OrgUser } from '../../../src/org/users.ts';
import { createSchema } from '../../../src/schema/create-schema.ts';
import { createRecordIds } from '../../../src/store/record-ids.ts';

export const INTEGRATION_USER = 'integration@target.example';
const ORG_ID = '00DHn0000000001MAA';
const ADMIN = { userId: '005Hn0000000001IAA', username: 'admin@target.example' };

export interface TestOrg {
    readonly org: LocalOrg;
    /** A session token of the administrator. */
    readonly token: string;
    /** Answers of the Apex engine; a test replaces what it needs. */
    readonly apex: { -readonly [Member in keyof ApexEngine]: ApexEngine[Member] };
    /** Names of the program that is installed. */
    readonly installed: () => readonly string[];
}

/** An org with the real registry, schema, sessions and OAuth apps, and an Apex engine that a test scripts. */
export function newTestOrg(): TestOrg {
    const clock = fixedClock('2026-11-22T10:00:00Z');
    const ids = createRecordIds('Hn000');
    const newId = (prefix: string): string => ids.next(prefix).toString();
    const metadata = createMetadataRegistry({ clock, newId });
    const sessions = createSessions(ORG_ID, clock);
    let installed: readonly string[] = [];
    const apex = { ...unsupportedApex(), compile: compileAll, install: install };
    function install(program: { readonly names: readonly string[] }): void {
        installed = program.names;
    }
    const users = [ADMIN.username, INTEGRATION_USER];
    const findUser = (username: string): OrgUser | undefined =>
        users.includes(username) ? ({ id: ADMIN.userId, username, name: 'Admin User' } as OrgUser) : undefined;
    const org = {
        id: ORG_ID,
        name: 'target',
        baseUrl: 'http://localhost:7700',
        apiVersion: '67.0',
        clock,
        metadata,
        sessions,
        apex,
        schema: createSchema(metadata),
        access: { userPermission: () => true },
        database: { query: (_soql: string) => ({ records: [], totalSize: 0, object: '' }) },
        users: { byUsername: findUser, byId: () => findUser(ADMIN.username), permissionSets: () => [] },
        oauthApps: createOauthApps({ metadata, newId }),
        principalCredentials: createPrincipalCredentials(metadata),
        apiUsage: { used: 0, maximum: 15000 },
        admin: ADMIN,
        newId
        // A part of an org: the deploy needs no more.
    } as unknown as LocalOrg;
    const token = sessions.open({ userId: ADMIN.userId, scopes: new Set(['api']) }).token;
    return { org, token, apex, installed: () => installed };
}

/** Everything compiles. */
export function compileAll(sources: readonly ApexSource[]): CompileOutcome {
    return { problems: [], program: { names: sources.map((source) => source.name) } };
}

function unsupportedApex(): ApexEngine {
    const fail = (): never => {
        throw new Error('this test has no Apex');
    };
    return {
        compile: fail,
        install: fail,
        executeAnonymous: fail,
        runTests: fail,
        rest: fail,
        aura: fail,
        triggers: { fire: fail, handles: () => false }
    };
}
