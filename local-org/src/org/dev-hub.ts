import { randomBytes } from 'node:crypto';
import { ApexDate, Id, type SObject } from '../values/index.ts';
import { organizationTypeOf } from './editions.ts';
import type { LocalOrg } from './local-org.ts';
import type { Organization } from './bootstrap.ts';
import type { SignupApp } from './oauth-app.ts';

/** A scratch org that the hub asks for. Made by who runs the hub: an org cannot start another one. */
export interface SignupRequest {
    /** Id of the ScratchOrgInfo. */
    readonly infoId: string;
    readonly organization: Organization;
    readonly username: string;
    readonly email: string;
    readonly signup: Signup;
}

/** How the tools that asked for the org log in to it for the first time. */
export interface Signup {
    readonly app: SignupApp;
    /** Good once, for the app. */
    readonly authCode: string;
}

export type SignupOutcome =
    | { readonly ok: true; readonly orgId: string; readonly url: string }
    | { readonly ok: false; readonly reason: string };

/** The hub's way out, to who runs it. */
export interface ScratchOrgHost {
    start(request: SignupRequest): void;
    stop(infoId: string): void;
}

export interface DevHub {
    /** Looks for new requests and for deleted scratch orgs. Runs after each transaction, as sign-ups do. */
    review(): void;
    /** Writes down what became of a request. */
    settle(infoId: string, outcome: SignupOutcome): void;
}

/** A pod whose name ends in `S`: the tools then log in at the LoginUrl of the scratch org. */
export const SCRATCH_INSTANCE = 'LOC1S';
const DEFAULT_DAYS = 7;
const LONGEST_DAYS = 30;
/** Features that a local org has anyway, or that change nothing in what it has. */
const FEATURES: ReadonlySet<string> = new Set([
    'api',
    'apexusermodewithpermset',
    'authorapex',
    'debugapex',
    'enablesetpasswordinapi'
]);

const NEW = `SELECT Id, Edition, OrgName, Username, AdminEmail, DurationDays, Features, HasSampleData, Namespace, Snapshot,
    SourceOrg, Release, ConnectedAppConsumerKey, ConnectedAppCallbackUrl, CreatedBy.Email
    FROM ScratchOrgInfo WHERE Status = 'New'`;

/** Why a sign-up fails: an error code of the platform, which the tools explain, or our own for what is not there. */
class SignupError extends Error {}

/**
 * The sign-up service of a Dev Hub. A new ScratchOrgInfo becomes an org of its own, and deleting its ActiveScratchOrg (or
 * the ScratchOrgInfo) ends that org. Source: Salesforce DX Developer Guide, "Manage Scratch Orgs from Dev Hub" and
 * "Scratch Org Error Codes".
 */
export function createDevHub(org: LocalOrg, host: ScratchOrgHost): DevHub {
    const access = { userId: org.admin.userId, mode: 'system', sharing: false } as const;
    /** ScratchOrgInfo and ActiveScratchOrg of the orgs that run. */
    const running = new Map<string, Id>();

    function rows(soql: string): readonly SObject[] {
        return org.database.query(soql, { access }).records;
    }

    function isThere(object: string, id: string): boolean {
        return rows(`SELECT Id FROM ${object} WHERE Id = '${id}'`).length > 0;
    }

    function begin(info: SObject): void {
        const infoId = info.id ?? Id.of('');
        try {
            const request = readRequest(info, infoId.value);
            org.database.writeRow('ScratchOrgInfo', {
                Id: infoId,
                Status: 'Creating',
                SignupUsername: request.username,
                ExpirationDate: dateOf(request.organization.trialExpirationDate),
                AuthCode: request.signup.authCode
            });
            host.start(request);
        } catch (error) {
            if (!(error instanceof SignupError)) throw error;
            org.database.writeRow('ScratchOrgInfo', { Id: infoId, Status: 'Error', ErrorCode: error.message });
        }
    }

    function readRequest(info: SObject, infoId: string): SignupRequest {
        refuseWhatIsNotThere(info);
        const type = organizationTypeOf(text(info, 'Edition'));
        if (type === undefined) throw new SignupError('C-1027');
        const days = Number(info.get('DurationDays') ?? DEFAULT_DAYS);
        if (!(days >= 1 && days <= LONGEST_DAYS)) throw new SignupError('S-9999');
        const email = text(info, 'AdminEmail') || String(info.parent('CreatedBy')?.get('Email') ?? '');
        const expires = new Date(org.clock.now() + days * 86_400_000);
        return {
            infoId,
            organization: {
                name: text(info, 'OrgName') || 'Company',
                type,
                instanceName: SCRATCH_INSTANCE,
                isSandbox: true,
                trialExpirationDate: expires.toISOString()
            },
            username: usernameOf(info),
            email,
            signup: { app: signupApp(info), authCode: `aPrx${randomBytes(48).toString('hex')}` }
        };
    }

    function usernameOf(info: SObject): string {
        const wanted = text(info, 'Username');
        if (wanted === '') return `test-${randomBytes(6).toString('hex')}@example.com`;
        const taken = rows('SELECT SignupUsername FROM ActiveScratchOrg');
        if (taken.some((row) => text(row, 'SignupUsername').toLowerCase() === wanted.toLowerCase())) {
            throw new SignupError('C-1007');
        }
        return wanted;
    }

    /** The sign-up copies the app into the new org. It cannot copy an external client app. */
    function signupApp(info: SObject): SignupApp {
        const app = org.oauthApps.byConsumerKey(text(info, 'ConnectedAppConsumerKey'));
        const callbackUrl = text(info, 'ConnectedAppCallbackUrl');
        const isKnown = app !== undefined && app.webServerFlow.callbackUrls.includes(callbackUrl);
        if (!isKnown || app.kind === 'external-client-app') throw new SignupError('C-1016');
        const { consumerKey, consumerSecret, label, certificate, scopes } = app;
        return { consumerKey, consumerSecret, label, certificate, scopes, callbackUrl };
    }

    function end(infoId: string, active: Id): void {
        running.delete(infoId);
        host.stop(infoId);
        if (isThere('ActiveScratchOrg', active.value)) {
            org.database.removeRow('ActiveScratchOrg', active);
        }
        if (isThere('ScratchOrgInfo', infoId)) {
            const DeletedDate = dateOf(new Date(org.clock.now()).toISOString());
            org.database.writeRow('ScratchOrgInfo', { Id: Id.of(infoId), Status: 'Deleted', DeletedDate });
        }
    }

    return {
        review() {
            rows(NEW).forEach(begin);
            for (const [infoId, active] of running) {
                if (!isThere('ActiveScratchOrg', active.value) || !isThere('ScratchOrgInfo', infoId)) {
                    end(infoId, active);
                }
            }
        },
        settle(infoId, outcome) {
            const id = Id.of(infoId);
            if (!isThere('ScratchOrgInfo', infoId)) {
                host.stop(infoId);
                return;
            }
            if (!outcome.ok) {
                org.database.writeRow('ScratchOrgInfo', { Id: id, Status: 'Error', ErrorCode: 'S-9999' });
                return;
            }
            const place = { ScratchOrg: outcome.orgId.slice(0, 15), SignupInstance: SCRATCH_INSTANCE };
            org.database.writeRow('ScratchOrgInfo', { Id: id, Status: 'Active', LoginUrl: outcome.url, ...place });
            running.set(infoId, activate(id, place));
        }
    };

    function activate(infoId: Id, place: Readonly<Record<string, string>>): Id {
        const copied = ['Edition', 'OrgName', 'Description', 'Features', 'ExpirationDate', 'SignupUsername', 'OwnerId'];
        const soql = `SELECT ${copied.join(', ')}, Name, AdminEmail, HasSampleData, CreatedById, CreatedDate
            FROM ScratchOrgInfo WHERE Id = '${infoId.value}'`;
        const [info] = rows(soql);
        const audit = { CreatedById: info.get('CreatedById'), CreatedDate: info.get('CreatedDate') };
        return org.database.writeRow('ActiveScratchOrg', {
            ...Object.fromEntries(copied.map((name) => [name, info.get(name) ?? null])),
            ...audit,
            LastModifiedById: audit.CreatedById ?? null,
            LastModifiedDate: audit.CreatedDate ?? null,
            SystemModstamp: audit.CreatedDate ?? null,
            Name: info.get('Name') ?? null,
            HasSampleData: false,
            SignupEmail: info.get('AdminEmail') ?? null,
            ScratchOrgInfoId: infoId,
            ...place
        } as never);
    }
}

/** What the platform has and a local scratch org has not is refused by its name. */
function refuseWhatIsNotThere(info: SObject): void {
    const missing = ['Namespace', 'Snapshot', 'SourceOrg', 'Release'].find((name) => text(info, name) !== '');
    const features = text(info, 'Features')
        .split(/[;,]/)
        .map((feature) => feature.trim());
    const feature = features.find((name) => name !== '' && !FEATURES.has(name.toLowerCase()));
    const what = missing ?? (info.get('HasSampleData') === true ? 'HasSampleData' : feature && `feature ${feature}`);
    if (what !== undefined) throw new SignupError(`NOT_SUPPORTED_LOCALLY (${what})`);
}

function text(record: SObject, field: string): string {
    return String(record.get(field) ?? '').trim();
}

function dateOf(iso: string | undefined): ApexDate | null {
    return iso === undefined ? null : (ApexDate.tryParse(iso) ?? null);
}
