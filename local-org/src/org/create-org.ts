import { createAccess } from '../access/create-access.ts';
import { createApexEngine } from '../apex/program/create-apex-engine.ts';
import { createAccessTokens } from '../callout/access-tokens.ts';
import { createConsents } from '../callout/consents.ts';
import { createCalloutGateway } from '../callout/gateway.ts';
import { createSchema } from '../schema/create-schema.ts';
import { metadataRows } from '../store/derived/derived-rows.ts';
import { createRecordIds } from '../store/record-ids.ts';
import { createStore, type Store } from '../store/store.ts';
import { ensureAutomatedProcess } from './automated-process.ts';
import { bootstrapOrg, developerEdition, type Organization } from './bootstrap.ts';
import { createCertificates } from './certificates.ts';
import { createDatabase } from './create-database.ts';
import { createJobQueue } from './job-queue.ts';
import { createMetadataRegistry } from './create-metadata-registry.ts';
import { createOauthApps } from './oauth-apps.ts';
import { createOauthGrants } from './oauth-grants.ts';
import { createPasswords } from './passwords.ts';
import { createPrincipalCredentials } from './principal-credentials.ts';
import { createProviderSecrets } from './provider-secrets.ts';
import { createQueryCursors } from './query-cursors.ts';
import { newPod, podOf } from './pod.ts';
import { createSessionRows } from './session-rows.ts';
import { createTokenRows } from './token-rows.ts';
import { createSessions } from './sessions.ts';
import { createUserDirectory } from './users.ts';
import type { ApexDebugging, UnsupportedApex } from '../apex/engine.ts';
import type { CalloutTransport } from '../http/types.ts';
import type { Clock } from './clock.ts';
import type { Signup } from './dev-hub.ts';
import type { LocalOrg } from './local-org.ts';
import type { OrgFeature } from '../schema/standard/standard-object.ts';
import type { OrgFaults } from './org-faults.ts';
import type { OrgSnapshot } from './snapshot.ts';

export interface CreateOrgOptions {
    readonly name: string;
    /** `http://localhost:<port>` */
    readonly baseUrl: string;
    /** `67.0` */
    readonly apiVersion: string;
    readonly adminUsername: string;
    /** The administrator's address; the user name when absent. */
    readonly adminEmail?: string | undefined;
    /** A Developer Edition org with the name when absent. */
    readonly organization?: Organization | undefined;
    /** The org has the objects of a Dev Hub. */
    readonly devHub?: boolean;
    /** The org has Salesforce to Salesforce. */
    readonly partnerNetwork?: boolean | undefined;
    /** Set for a scratch org: the first login of the tools that asked for it. */
    readonly signup?: Signup | undefined;
    readonly clock: Clock;
    readonly callouts: CalloutTransport;
    /** PEM; lets the command line tools log in by JWT as `PlatformCLI`. */
    readonly toolingCertificate?: string | undefined;
    /** Set when its Apex is debugged. */
    readonly debugging?: ApexDebugging | undefined;
    /** Apex that uses what the local org lacks is refused when absent. */
    readonly unsupportedApex?: UnsupportedApex | undefined;
    readonly faults?: OrgFaults | undefined;
    /** As orgs before Spring '26, and those for which Salesforce Support lifts the block. False when absent. */
    readonly allowNewConnectedApps?: boolean | undefined;
    /** Brings back an org with its id; a fresh one when absent. Apex is compiled by who restores. */
    readonly restored?: OrgSnapshot | undefined;
}

export interface CreatedOrg {
    readonly org: LocalOrg;
    readonly snapshot: () => OrgSnapshot;
}

/** What an org may use a day; Developer Edition's number. */
const API_REQUESTS_A_DAY = 15_000;

/** Sessions and refresh tokens, whose rows hold what revokes them. */
const MEMORY_ONLY: ReadonlySet<string> = new Set(['authsession', 'oauthtoken']);

function featuresOf({ devHub, partnerNetwork }: CreateOrgOptions): OrgFeature[] {
    return [
        ...(devHub === true ? (['devHub'] as const) : []),
        ...(partnerNetwork === true ? (['partnerNetwork'] as const) : [])
    ];
}

/** Puts an org together. Every part derives from the store's rows and the metadata registry. */
export function createOrg(options: CreateOrgOptions): CreatedOrg {
    const { clock, restored, callouts } = options;
    const ids = createRecordIds(restored === undefined ? newPod() : podOf(restored.orgId));
    const newId = (keyPrefix: string): string => ids.next(keyPrefix).value;
    const metadata = createMetadataRegistry({ clock, newId });
    const schema = createSchema(metadata, { features: featuresOf(options) });
    const store = createStore({ ids, derived: metadataRows(metadata, schema, ids), memoryOnly: MEMORY_ONLY });
    const { orgId, adminId } =
        restored === undefined ? fresh(options, store, newId) : restore(restored, store, metadata, clock.now());
    const access = createAccess(metadata, store, schema);
    // Triggers belong to Apex and Apex works on the database, so the engine is reached when a trigger fires.
    const database = createDatabase({
        store,
        metadata,
        schema,
        access,
        clock,
        triggers: () => org.apex.triggers,
        faults: options.faults
    });
    const users = createUserDirectory(database);
    const jobs = createJobQueue(clock);
    const principalCredentials = createPrincipalCredentials(metadata);
    const oauthApps = createOauthApps({
        metadata,
        clock,
        newId,
        toolingCertificate: options.toolingCertificate,
        signupApp: options.signup?.app,
        blocked: restored?.blockedApps
    });
    const labelOfApp = (consumerKey: string): string => oauthApps.byConsumerKey(consumerKey)?.label ?? consumerKey;
    const sessions = createSessions(orgId, clock, createSessionRows(store, labelOfApp));
    const providerSecrets = createProviderSecrets(metadata);
    const certificates = createCertificates(clock);
    const credentials = { metadata, credentials: principalCredentials, providerSecrets, transport: callouts };
    const parts = {
        id: orgId,
        name: options.name,
        baseUrl: options.baseUrl,
        apiVersion: options.apiVersion,
        clock,
        schema,
        access,
        database,
        jobs,
        metadata,
        callouts,
        calloutGateway: createCalloutGateway({
            metadata,
            access,
            tokens: createAccessTokens({
                ...credentials,
                certificates,
                now: () => clock.now(),
                userField: (userId, field) => users.field(userId, field)
            }),
            credentials: principalCredentials,
            now: () => clock.now(),
            transport: callouts
        }),
        consents: createConsents({ ...credentials, baseUrl: options.baseUrl, clock }),
        certificates,
        providerSecrets,
        deployRules: { allowNewConnectedApps: options.allowNewConnectedApps ?? false },
        sessions,
        oauthGrants: createOauthGrants(clock, sessions, createTokenRows(store, labelOfApp)),
        passwords: createPasswords(),
        users,
        oauthApps,
        principalCredentials,
        queryCursors: createQueryCursors(),
        tracksSource: options.signup !== undefined,
        apiUsage: { used: 0, maximum: API_REQUESTS_A_DAY, enabled: true },
        admin: {
            userId: adminId,
            get username() {
                return users.byId(adminId)?.username ?? options.adminUsername;
            }
        },
        newId
    };
    const org: LocalOrg = Object.assign(parts, {
        apex: createApexEngine(() => org, { debugging: options.debugging, unsupported: options.unsupportedApex })
    });
    if (options.signup !== undefined) {
        admitSignup(org, options.signup);
    }
    return {
        org,
        snapshot: () => ({
            format: 1,
            orgId,
            adminId,
            store: store.snapshot(),
            metadata: metadata.snapshot(),
            blockedApps: oauthApps.blocked()
        })
    };
}

interface Identity {
    readonly orgId: string;
    readonly adminId: string;
}

function fresh(options: CreateOrgOptions, store: Store, newId: (prefix: string) => string): Identity {
    const { name, adminUsername, adminEmail = adminUsername, clock } = options;
    const { organization = developerEdition(name) } = options;
    const orgId = newId('00D');
    const adminId = bootstrapOrg({ store, orgId, organization, adminUsername, adminEmail, now: clock.now() });
    return { orgId, adminId };
}

/** The code of a sign-up is the administrator's, for the app that the sign-up brought. */
function admitSignup(org: LocalOrg, { app, authCode }: Signup): void {
    const { consumerKey, callbackUrl: redirectUri, scopes } = app;
    const consent = { consumerKey, userId: org.admin.userId, scopes: new Set(scopes) };
    org.oauthGrants.issueCode({ ...consent, redirectUri, codeChallenge: undefined }, authCode);
}

function restore(snapshot: OrgSnapshot, store: Store, metadata: LocalOrg['metadata'], now: number): Identity {
    metadata.restore(snapshot.metadata);
    // Private keys are never saved, and a certificate without its key is none.
    metadata.list('Certificate').forEach(({ fullName }) => metadata.remove('Certificate', fullName));
    store.restore(snapshot.store);
    // Data files of earlier versions lack it.
    ensureAutomatedProcess(store, snapshot.orgId, now);
    return snapshot;
}
