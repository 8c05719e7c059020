import { integrationUsername } from '../lib/integration-user.ts';
import { queryOne, soqlString, type BridgeOrg } from '../lib/org-connection.ts';
import { USER_FORMULA } from '../lib/user-mapping.ts';
import { appSetting } from './app-settings.ts';
import { claimOf } from './credential-settings.ts';
import type { Facts } from './facts.ts';
import { assignedSets } from './user-facts.ts';

/** The user of the target as whom the source acts. */
export interface LinkUser {
    /** What names it, as evidence: `sub = integration@…`. */
    readonly shown: string;
    readonly named: string;
    /** Undefined when no user has that user name. */
    readonly user:
        { readonly id: string; readonly active: boolean; readonly permissionSets: readonly string[] } | undefined;
    /** User names of those who have it as their e-mail address. */
    readonly byEmail: readonly string[];
}

/** Undefined when nothing names a user, or the target tells nothing of users. */
export async function readLinkUser(facts: Facts): Promise<LinkUser | undefined> {
    const name = nameOf(facts);
    return name === undefined ? undefined : findUser(facts.orgs.target, name).catch(() => undefined);
}

interface Name {
    readonly shown: string;
    readonly named: string;
}

/**
 * Client credentials: the app's policy says who. JWT bearer: the assertion does, per user by the federation identifier.
 * Browser: whoever logged in. Where the org does not tell, it is the user whom the project would make.
 */
function nameOf(facts: Facts): Name | undefined {
    const { plan, answers, orgs, source } = facts;
    if (plan.flow === 'client-credentials') {
        const runAs = appSetting(facts, 'runAs');
        const [named] = runAs?.values ?? [];
        return runAs === undefined || named === undefined ? undefined : { shown: runAs.shown, named };
    }
    const expected = plan.runAs ?? integrationUsername(orgs.target, plan.flow);
    if (plan.flow === 'browser') {
        const named = answers?.identity.username ?? expected;
        return { shown: `User ${named}`, named };
    }
    const subject = claimOf(facts, 'sub');
    const isFormula = subject === USER_FORMULA || (subject === undefined && plan.principal === 'per-user');
    const named = isFormula ? source.login.federationId : (subject ?? expected);
    return named === undefined || named === '' ? undefined : { shown: `sub = ${named}`, named };
}

interface UserRow {
    readonly Id: string;
    readonly Username: string;
    readonly IsActive: boolean;
}

async function findUser(org: BridgeOrg, { shown, named }: Name): Promise<LinkUser> {
    const user = await queryOne<UserRow>(
        org,
        `SELECT Id, Username, IsActive FROM User WHERE Username = ${soqlString(named)}`
    );
    if (user === undefined) {
        const soql = `SELECT Id, Username FROM User WHERE Email = ${soqlString(named)} LIMIT 5`;
        const { records } = await org.connection.query<UserRow>(soql);
        return { shown, named, user: undefined, byEmail: records.map(({ Username }) => Username) };
    }
    const permissionSets = await assignedSets(org, user.Id);
    return { shown, named, user: { id: user.Id, active: user.IsActive, permissionSets }, byEmail: [] };
}
