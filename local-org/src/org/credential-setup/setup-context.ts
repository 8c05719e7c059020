import { denied, invalid } from './setup-fault.ts';
import type { ComponentReference } from './component-references.ts';
import type { Org } from '../org.ts';

export type SetupOrg = Pick<
    Org,
    | 'access'
    | 'baseUrl'
    | 'calloutGateway'
    | 'certificates'
    | 'consents'
    | 'database'
    | 'metadata'
    | 'principalCredentials'
    | 'providerSecrets'
>;

/** Who sets named credentials up, over Connect REST or ConnectApi. */
export interface SetupContext {
    readonly org: SetupOrg;
    readonly userId: string;
    /** `v67.0`, for the URLs of resources. */
    readonly version: string;
}

/** What the resources answer, as JSON; ConnectApi makes objects of its classes from it. */
export type Output = Readonly<Record<string, unknown>>;

const PERMISSIONS = ['ManageNamedCredentials', 'CustomizeApplication'];

/** Source: Connect REST API Developer Guide, Named Credentials Resources. */
export function requireSetupAccess({ org, userId }: SetupContext): void {
    if (!PERMISSIONS.some((permission) => org.access.userPermission(userId, permission))) {
        throw denied('You need the permission "Manage Named Credentials" for this resource.');
    }
}

/**
 * Changes metadata or secrets. Like rows, the change is gone when the transaction around it is rolled back; a callout may
 * not follow it in the same transaction.
 */
export function change<T>({ org }: SetupContext, work: () => T): T {
    const metadata = org.metadata.savepoint();
    const restoreCredentials = org.principalCredentials.savepoint();
    const restoreSecrets = org.providerSecrets.savepoint();
    org.database.onRollback(() => {
        org.metadata.rollback(metadata);
        restoreCredentials();
        restoreSecrets();
    });
    return work();
}

/** The words of a deploy for a reference to nothing. */
export function requireReferences({ org }: SetupContext, references: readonly ComponentReference[]): void {
    for (const { element, type, fullName } of references) {
        if (org.metadata.get(type, fullName) === undefined) {
            throw invalid(`In field: ${element} - no ${type} named ${fullName} found`);
        }
    }
}

export function requireNoProblem(problems: readonly string[]): void {
    if (problems[0] !== undefined) throw invalid(problems[0]);
}

export function resourceUrl({ version }: SetupContext, path: string): string {
    return `/services/data/${version}/named-credentials/${path}`;
}
