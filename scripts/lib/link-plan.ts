import {
    orgPairConfig,
    type AppKind,
    type Flow,
    type IdentityProviderKind,
    type OrgPairConfig,
    type PrincipalKind
} from './config.ts';
import { BridgeError } from './errors.ts';

/** How the source logs in to the target. */
export interface LinkSettings {
    readonly app: AppKind;
    readonly flow: Flow;
    /** Counts in the browser flow only. */
    readonly identityProvider: IdentityProviderKind;
    readonly principal: PrincipalKind;
}

/** One link: a target of the config, the names of its metadata in the source org, and how it logs in. */
export interface LinkPlan extends LinkSettings {
    /** As Apex names the target: `TargetOrg`. */
    readonly name: string;
    readonly label: string;
    /** Of the target org for the Salesforce CLI. */
    readonly alias: string;
    readonly namedCredential: string;
    readonly externalCredential: string;
    readonly principalName: string;
    readonly authProvider: string;
    readonly externalIdentityProvider: string;
    /** Signs the assertions of the JWT bearer flow. */
    readonly certificate: string;
    /** Of the users who may call the target. */
    readonly permissionSet: string;
    /** Name and label of the app in the target org. */
    readonly appName: string;
    readonly appLabel: string;
    /** User name of an existing user of the target; one is made when absent. */
    readonly runAs: string | undefined;
}

/** What a command says about the link; the config decides the rest. */
export interface LinkFlags {
    readonly link?: string;
    readonly app?: AppKind;
    readonly flow?: Flow | typeof REFUSED_FLOW;
    readonly identityProvider?: IdentityProviderKind;
    readonly principal?: PrincipalKind;
    readonly runAs?: string;
}

/** People ask for it, so they are told why not. */
export const REFUSED_FLOW = 'username-password';

const PRINCIPAL = 'Integration';
const APP_LABEL = 'Salesforce Org Integration';

/**
 * Throws LINK_UNKNOWN for a name that the config has not, FLOW_REFUSED for the user name and password flow, and
 * FLOW_WITHOUT_USERS for what the platform cannot do.
 */
export function linkPlan(flags: LinkFlags = {}, config: OrgPairConfig = orgPairConfig()): LinkPlan {
    const name = flags.link ?? Object.keys(config.targets)[0];
    const target = config.targets[name];
    if (target === undefined) {
        throw new BridgeError('user', 'LINK_UNKNOWN', `config/org-pair.json has no target "${name}".`, [
            `Name one of ${Object.keys(config.targets).join(', ')}, or add "${name}" under targets.`
        ]);
    }
    if (flags.flow === REFUSED_FLOW) {
        throw passwordFlowRefused();
    }
    const settings: LinkSettings = {
        app: flags.app ?? target.app ?? 'external-client-app',
        flow: flags.flow ?? target.flow ?? 'client-credentials',
        identityProvider: flags.identityProvider ?? target.identityProvider ?? 'auth-provider',
        principal: flags.principal ?? target.principal ?? 'named'
    };
    refuseUsersWithoutLogin(settings);
    return {
        ...settings,
        name,
        label: target.label,
        alias: target.alias,
        permissionSet: target.permissionSet ?? `${name}_Access`,
        principalName: PRINCIPAL,
        namedCredential: `${name}_NC`,
        externalCredential: `${name}_EC`,
        authProvider: `${name}Auth`,
        externalIdentityProvider: `${name}Idp`,
        certificate: `${name}_Jwt`,
        appName: config.target.appName,
        appLabel: APP_LABEL,
        runAs: flags.runAs
    };
}

/** Source: help xcloud.nc_create_edit_oath_client_secret_ext_cred: the flow gives access to the org, not to its users. */
function refuseUsersWithoutLogin({ flow, principal }: LinkSettings): void {
    if (flow === 'client-credentials' && principal === 'per-user') {
        throw new BridgeError(
            'user',
            'FLOW_WITHOUT_USERS',
            'In the client credentials flow the source acts as one user of the target, never as several.',
            ['Use --principal named, or --flow browser --principal per-user.']
        );
    }
}

/** Source: RFC 9700, 2.4; help "OAuth 2.0 Username-Password Flow for Special Scenarios". */
function passwordFlowRefused(): BridgeError {
    return new BridgeError(
        'user',
        'FLOW_REFUSED',
        'The user name and password flow is not offered: it hands a password to a program, passes by multi-factor ' +
            'authentication, is off in new orgs, and External Client Apps do not have it.',
        ['Use --flow client-credentials (one user, no consent), jwt-bearer (no secret) or browser (with a consent).']
    );
}
