import { readApiFacts, readClock, type ApiFacts } from '../lib/api-facts.ts';
import { APP_TYPES, ECA_GLOBAL, ECA_OAUTH_POLICY, ECA_POLICY, ECA_SETTINGS } from '../lib/app-types.ts';
import { orgPairConfig, type OrgPairConfig } from '../lib/config.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import { compareCode, type CodeComparison } from '../lib/deployed-code.ts';
import { toBridgeError } from '../lib/errors.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import {
    NO_DOCUMENTS,
    retrieveDocuments,
    type Members,
    type MetadataDocument,
    type MetadataDocuments
} from '../lib/metadata-documents.ts';
import { soqlString, type BridgeOrg } from '../lib/org-connection.ts';
import { presentPlan } from '../lib/present-plan.ts';
import { sideBySide } from '../lib/side-by-side.ts';
import { refreshCredential, readCredential, type StoredCredential } from '../lib/source-credential.ts';
import { RECORD_KEY_FIELD } from '../lib/target-api.ts';
import { readLinkAnswers, type LinkAnswers } from './link-answers.ts';
import { projectDocument } from './project-documents.ts';
import { readLinkUser, type LinkUser } from './link-user.ts';
import { readLoginFacts, type LoginFacts } from './login-facts.ts';
import { assignedSets, failedJobs, type FailedJob } from './user-facts.ts';

export interface OrgFacts extends ApiFacts {
    readonly documents: MetadataDocuments;
    /** Why the documents could not be read; undefined when they were. */
    readonly documentsRefusal: string | undefined;
    readonly code: CodeComparison | undefined;
    /** What of the project the org should have, by type and name. */
    readonly project: (type: string, fullName: string) => MetadataDocument | undefined;
}

/** Everything that the rules look at, read once. What an org refused to tell is undefined. */
export interface Facts {
    readonly plan: LinkPlan;
    readonly config: OrgPairConfig;
    readonly orgs: LinkedOrgs;
    readonly source: OrgFacts & {
        /** Nothing when none is stored. */
        readonly credential: StoredCredential | undefined;
        /** Permission sets of the user who runs the doctor. */
        readonly assigned: readonly string[] | undefined;
        readonly jobs: readonly FailedJob[];
        readonly login: LoginFacts;
        /** Milliseconds that the org's clock is ahead of this machine's. */
        readonly aheadMs: number | undefined;
    };
    readonly target: OrgFacts & {
        /** The user as whom the source acts. */
        readonly user: LinkUser | undefined;
        /** Of the people who read secrets: the set should be held only while they do. */
        readonly setupHolders: number;
        readonly keyField: KeyField | undefined;
    };
    /** Refusal of a new token, `''` when one was given. */
    readonly refresh: string | undefined;
    readonly answers: LinkAnswers | undefined;
    /** Milliseconds that the target's clock is ahead of the source's. */
    readonly skewMs: number | undefined;
}

export interface KeyField {
    readonly exists: boolean;
    readonly externalId: boolean;
    readonly unique: boolean;
}

/** Reads both orgs at once; changes nothing but the token that the source holds, which is fetched anew. */
export async function gatherFacts(orgs: LinkedOrgs, wanted: LinkPlan): Promise<Facts> {
    const plan = await presentPlan(orgs, wanted).catch(() => wanted);
    const config = orgPairConfig();
    const [source, target, link, clocks] = await sideBySide([
        sourceFacts(orgs, plan),
        targetFacts(orgs.target, plan, config),
        linkFacts(orgs.source, plan, config),
        Promise.all([readClock(orgs.source), readClock(orgs.target)])
    ]);
    const [sourceClock, targetClock] = clocks;
    const skewMs = sourceClock === undefined || targetClock === undefined ? undefined : targetClock - sourceClock;
    const facts: Facts = {
        plan,
        config,
        orgs,
        source: { ...source, aheadMs: sourceClock },
        target: { ...target, user: undefined },
        ...link,
        skewMs
    };
    // What the others found says who it is.
    return { ...facts, target: { ...target, user: await readLinkUser(facts) } };
}

async function linkFacts(
    source: BridgeOrg,
    plan: LinkPlan,
    { target }: OrgPairConfig
): Promise<Pick<Facts, 'refresh' | 'answers'>> {
    // One after the other: the callouts then use the new token.
    const refresh = await refreshCredential(source, plan).catch(() => undefined);
    const answers = await readLinkAnswers(source, plan.namedCredential, target.apiPath).catch(() => undefined);
    return { refresh, answers };
}

async function sourceFacts(orgs: LinkedOrgs, plan: LinkPlan): Promise<Omit<Facts['source'], 'aheadMs'>> {
    const org = orgs.source;
    const members: Members = {
        NamedCredential: [plan.namedCredential],
        ExternalCredential: ['*'],
        PermissionSet: [plan.permissionSet],
        ...(plan.flow === 'jwt-bearer' && { Certificate: ['*'] }),
        ...(plan.flow === 'browser' && {
            AuthProvider: [plan.authProvider],
            ExternalAuthIdentityProvider: [plan.externalIdentityProvider]
        })
    };
    const [base, credential, assigned, jobs, login] = await Promise.all([
        orgFacts(org, plan, members),
        readCredential(org, plan).catch(() => undefined),
        assignedSets(org, org.userId).catch(() => undefined),
        failedJobs(org, plan.permissionSet).catch(() => []),
        readLoginFacts(orgs, plan)
    ]);
    return { ...base, credential, assigned, jobs, login };
}

async function targetFacts(
    org: BridgeOrg,
    plan: LinkPlan,
    config: OrgPairConfig
): Promise<Omit<Facts['target'], 'user'>> {
    const members: Members = {
        ...Object.fromEntries(Object.values(APP_TYPES).map((type) => [type, [plan.appName]])),
        [ECA_SETTINGS]: ['*'],
        [ECA_GLOBAL]: ['*'],
        [ECA_OAUTH_POLICY]: ['*'],
        [ECA_POLICY]: ['*'],
        PermissionSet: [...config.target.permissionSets],
        Settings: ['ExternalClientApp']
    };
    const [base, setupHolders, keyField] = await Promise.all([
        orgFacts(org, plan, members),
        holders(org, config.target.credentialSetupPermissionSet).catch(() => 0),
        readKeyField(org).catch(() => undefined)
    ]);
    return { ...base, setupHolders, keyField };
}

async function orgFacts(org: BridgeOrg, plan: LinkPlan, members: Members): Promise<OrgFacts> {
    const [api, read, code] = await Promise.all([
        readApiFacts(org),
        readDocuments(org, members),
        compareCode(org).catch(() => undefined)
    ]);
    return { ...api, ...read, code, project: (type, name) => projectDocument(type, name, plan, org.role) };
}

async function readDocuments(
    org: BridgeOrg,
    members: Members
): Promise<Pick<OrgFacts, 'documents' | 'documentsRefusal'>> {
    try {
        return { documents: await retrieveDocuments(org, members), documentsRefusal: undefined };
    } catch (thrown) {
        const { code, message } = toBridgeError(thrown);
        // Faults of SOAP have their code in front.
        const refusal = message.startsWith(code.replace(/^sf:/, '')) ? message : `${code}: ${message}`;
        return { documents: NO_DOCUMENTS, documentsRefusal: refusal };
    }
}

async function holders(org: BridgeOrg, permissionSet: string): Promise<number> {
    const soql = `SELECT COUNT() FROM PermissionSetAssignment WHERE PermissionSet.Name = ${soqlString(permissionSet)}`;
    return (await org.connection.query(soql)).totalSize;
}

async function readKeyField(org: BridgeOrg): Promise<KeyField> {
    const { fields } = await org.connection.sobject('Account').describe();
    const field = fields.find(({ name }) => name === RECORD_KEY_FIELD);
    return {
        exists: field !== undefined,
        externalId: field?.externalId === true,
        unique: field?.unique === true
    };
}
