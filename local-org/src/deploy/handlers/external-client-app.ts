import type { LocalOrg } from '../../org/local-org.ts';
import type { MetadataDocument } from '../../org/metadata-registry.ts';
import { textOf } from '../../schema/document.ts';
import { commaSeparated } from '../document/comma-separated.ts';
import type { PackageProblem } from '../package/package-components.ts';
import type { DeployContext, MetadataHandler } from './metadata-handler.ts';
import { checkPermissionSetNames } from './permission-set.ts';
import { checkElement, checkReference, noSuchComponent } from './references.ts';

const APP = 'ExternalClientApplication';
const OAUTH_SETTINGS = 'ExtlClntAppOauthSettings';
const GLOBAL_SETTINGS = 'ExtlClntAppGlobalOauthSettings';
const OAUTH_POLICY = 'ExtlClntAppOauthConfigurablePolicies';

/** The platform's own name for the policy it makes for a set of OAuth settings. */
const DEFAULT_POLICY_SUFFIX = '_defaultPolicy';

export const externalClientApplicationHandler: MetadataHandler = {
    // Written by the platform on retrieve, bound to the org that it was retrieved from.
    prepare: (document) => without(document, ['orgScopedExternalApp']),
    check: ({ document, fullName }, { org }) => {
        const scoped = textOf(document, 'orgScopedExternalApp');
        return scoped === undefined || scoped.startsWith(`${org.id.slice(0, 15)}`)
            ? []
            : [noSuchComponent('orgScopedExternalApp', APP, `${scoped} (remove the element from ${fullName})`)];
    }
};

export const oauthSettingsHandler: MetadataHandler = {
    prepare: (document) => without(document, ['oauthLink']),
    check: ({ document }, context) => [...belongsToApp(document, context), ...checkLink(document, context.org)],
    stageParts: ({ document }, context) => stageDefaultPolicy(textOf(document, 'externalClientApplication'), context)
};

export const globalOauthSettingsHandler: MetadataHandler = {
    // A secret that comes with the package deploys but is not usable; the org makes its own.
    prepare: (document) => without(document, ['consumerSecret']),
    check({ document }, context, previous) {
        const rotation = ['shouldRotateConsumerKey', 'shouldRotateConsumerSecret'].find(
            (element) => textOf(document, element) === 'true'
        );
        if (rotation !== undefined) {
            return [{ message: `The local org does not support ${rotation} in a deploy` }];
        }
        const key = textOf(document, 'consumerKey');
        const isNewKey =
            previous !== undefined && key !== undefined && key !== textOf(previous.document, 'consumerKey');
        return [
            ...belongsToApp(document, context),
            ...(isNewKey ? [{ message: 'You cannot provide a Consumer Key' }] : [])
        ];
    },
    stageParts: ({ document }, context) => stageDefaultPolicy(textOf(document, 'externalClientApplication'), context)
};

export const oauthPolicyHandler: MetadataHandler = {
    prepare: (document, previous) => ({ ...previous?.document, ...document }),
    check({ document, fullName }, context) {
        // An empty element takes the user away.
        const user = textOf(document, 'clientCredentialsFlowUser')?.trim() || undefined;
        const unknownUser = user !== undefined && context.org.users.byUsername(user) === undefined;
        return [
            ...belongsToApp(document, context),
            ...checkPolicyName(fullName, document, context),
            ...(unknownUser ? [noSuchComponent('clientCredentialsFlowUser', 'User', user)] : []),
            ...checkPermissionSetNames(
                context,
                'commaSeparatedPermissionSet',
                commaSeparated(textOf(document, 'commaSeparatedPermissionSet'))
            ),
            ...commaSeparated(textOf(document, 'commaSeparatedProfile')).flatMap((profile) =>
                checkReference(context, 'commaSeparatedProfile', 'Profile', profile)
            )
        ];
    }
};

export const appPolicyHandler: MetadataHandler = {
    prepare: (document, previous) => ({ ...previous?.document, ...document }),
    check: ({ document }, context) => belongsToApp(document, context)
};

function belongsToApp(document: MetadataDocument | undefined, context: DeployContext): readonly PackageProblem[] {
    return checkElement(context, document, 'externalClientApplication', APP);
}

function checkLink(document: MetadataDocument | undefined, org: LocalOrg): PackageProblem[] {
    const link = textOf(document, 'oauthLink');
    return link === undefined || link.startsWith(org.id.slice(0, 15))
        ? []
        : [{ message: `In field: oauthLink - ${link} belongs to another org; remove the element` }];
}

/**
 * The OAuth policy cannot be created, only updated under the name that the platform gave it. The texts are the local
 * org's: the platform's own are not published.
 */
function checkPolicyName(
    fullName: string,
    document: MetadataDocument | undefined,
    { org }: DeployContext
): PackageProblem[] {
    const app = textOf(document, 'externalClientApplication')?.toLowerCase();
    const names = org.metadata
        .list(OAUTH_SETTINGS)
        .filter((settings) => textOf(settings.document, 'externalClientApplication')?.toLowerCase() === app)
        .map((settings) => settings.fullName + DEFAULT_POLICY_SUFFIX);
    if (names.some((name) => name.toLowerCase() === fullName.toLowerCase())) {
        return [];
    }
    const expected = names.length === 0 ? 'the app has no OAuth settings' : `the app's policy is ${names.join(', ')}`;
    return [{ message: `No ${OAUTH_POLICY} named ${fullName} to update: ${expected}` }];
}

/** What the platform makes when app, OAuth settings and global OAuth settings are there. */
function stageDefaultPolicy(app: string | undefined, { org }: DeployContext): void {
    const belongs = (document: MetadataDocument | undefined): boolean =>
        textOf(document, 'externalClientApplication')?.toLowerCase() === app?.toLowerCase();
    const settings = org.metadata.list(OAUTH_SETTINGS).find((component) => belongs(component.document));
    const complete = org.metadata.list(GLOBAL_SETTINGS).some((component) => belongs(component.document));
    const exists = org.metadata.list(OAUTH_POLICY).some((component) => belongs(component.document));
    if (app === undefined || !settings || !complete || exists) {
        return;
    }
    const fullName = settings.fullName + DEFAULT_POLICY_SUFFIX;
    const document = { externalClientApplication: app, label: fullName, ...DEFAULT_POLICY };
    org.metadata.put({ type: OAUTH_POLICY, fullName, files: new Map(), document });
}

const DEFAULT_POLICY: MetadataDocument = {
    ipRelaxationPolicyType: 'Enforce',
    isClientCredentialsFlowEnabled: 'false',
    isGuestCodeCredFlowEnabled: 'false',
    isTokenExchangeFlowEnabled: 'false',
    permittedUsersPolicyType: 'AllSelfAuthorized',
    refreshTokenPolicyType: 'SpecificLifetime',
    refreshTokenValidityPeriod: '365',
    refreshTokenValidityUnit: 'Days',
    requiredSessionLevel: 'STANDARD'
};

function without(document: MetadataDocument, elements: readonly string[]): MetadataDocument {
    return Object.fromEntries(Object.entries(document).filter(([name]) => !elements.includes(name)));
}
