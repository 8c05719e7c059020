import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { BridgeError } from './errors.ts';
import type { OrgRole } from './org-connection.ts';
import { readProjectJson } from './project.ts';

/** Kind of OAuth client in the target org. Orgs refuse new connected apps since Spring '26. */
export type AppKind = 'external-client-app' | 'connected-app';
export type Flow = 'client-credentials' | 'jwt-bearer' | 'browser';
/** What runs the browser flow in the source org: an auth provider or an external auth identity provider. */
export type IdentityProviderKind = 'auth-provider' | 'external';
/** `named`: all users of the source act as one user of the target. `per-user`: each as their own. */
export type PrincipalKind = 'named' | 'per-user';

/** config/org-pair.json: the names that metadata, Apex and tooling share. Its schema lies beside it. */
export interface OrgPairConfig {
    /** Components that both orgs use. */
    readonly sharedDirectory: string;
    readonly source: OrgConfig & { readonly alias: string };
    /** What every org that is called has in common. */
    readonly target: OrgConfig & {
        /** Of the user as whom the source acts. */
        readonly permissionSets: readonly string[];
        /** Lets its user read the key and secret of the app; assigned only while they are read. */
        readonly credentialSetupPermissionSet: string;
        readonly appName: string;
        /** `/services/apexrest/Account` */
        readonly apiPath: string;
    };
    /** By the name that Apex uses; the first is meant when none is named. */
    readonly targets: Readonly<Record<string, TargetConfig>>;
}

export interface OrgConfig {
    readonly packageDirectory: string;
    readonly scratchDefinition: string;
}

/** An org that is called, and how. What is left out has its default. */
export interface TargetConfig {
    readonly alias: string;
    readonly label: string;
    readonly permissionSet?: string;
    readonly app?: AppKind;
    readonly flow?: Flow;
    readonly identityProvider?: IdentityProviderKind;
    readonly principal?: PrincipalKind;
}

const FILE = 'config/org-pair.json';

let known: OrgPairConfig | undefined;
let validator: ValidateFunction | undefined;

/** Throws CONFIG_INVALID, naming the value and what belongs there. */
export function orgPairConfig(): OrgPairConfig {
    if (known === undefined) {
        const config = readProjectJson<OrgPairConfig>('config', 'org-pair.json');
        checkConfig(config);
        known = config;
    }
    return known;
}

export function checkConfig(config: unknown): void {
    validator ??= new Ajv({ allErrors: true, strict: false }).compile(
        readProjectJson<object>('config', 'org-pair.schema.json')
    );
    if (!validator(config)) {
        const problems = (validator.errors ?? []).filter(isCause).map((error) => describe(error, config));
        throw new BridgeError('user', 'CONFIG_INVALID', `${FILE} is not valid:\n  ${problems.join('\n  ')}`, [
            `Correct it; ${FILE.replace('.json', '.schema.json')} says what each value may be.`
        ]);
    }
}

/** A bad property name is reported twice; the second report says less. */
function isCause({ keyword }: ErrorObject): boolean {
    return keyword !== 'propertyNames';
}

/** `targets.Emea.flow "password": must be one of client-credentials, jwt-bearer, browser` */
function describe(error: ErrorObject, config: unknown): string {
    const path = error.instancePath.split('/').slice(1);
    const place = error.propertyName === undefined ? path : [...path, error.propertyName];
    const value = path.reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], config);
    const shown = typeof value === 'object' || error.propertyName !== undefined ? '' : ` ${JSON.stringify(value)}`;
    const params = error.params as { allowedValues?: string[]; additionalProperty?: string };
    const rule =
        params.allowedValues !== undefined
            ? `must be one of ${params.allowedValues.join(', ')}`
            : params.additionalProperty !== undefined
              ? `has no property "${params.additionalProperty}"`
              : (error.message ?? 'is not valid');
    return `${place.join('.') || 'the file'}${shown}: ${rule}`;
}

export const ROLES: readonly OrgRole[] = ['target', 'source'];
