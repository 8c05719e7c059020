import { CONNECTED_APP, ECA, ECA_GLOBAL, ECA_OAUTH_POLICY, ECA_SETTINGS } from '../lib/app-types.ts';
import type { AppKind } from '../lib/config.ts';
import type { MetadataDocument } from '../lib/metadata-documents.ts';
import type { Facts } from './facts.ts';

/** What both kinds of app have, whatever the metadata calls it. */
export type AppSettingName =
    'consumerKey' | 'callbackUrls' | 'certificate' | 'pkce' | 'flow' | 'runAs' | 'scopes' | 'approval' | 'approvedSets';

/** A setting as the org has it. */
export interface AppSetting {
    readonly values: readonly string[];
    /** `ExtlClntAppOauthSettings Name: commaSeparatedOauthScopes = Api` */
    readonly shown: string;
}

interface Place {
    readonly type: string;
    readonly path: string;
    /** Between the values of a list in one text. */
    readonly separator?: string;
}

const oauth = (element: string, separator?: string): Place => ({
    type: CONNECTED_APP,
    path: `oauthConfig.${element}`,
    ...(separator !== undefined && { separator })
});

/** Source: Metadata API Developer Guide, ConnectedApp and the types of External Client Apps. */
const PLACES: Readonly<Record<AppKind, Readonly<Record<AppSettingName, Place>>>> = {
    'external-client-app': {
        consumerKey: { type: ECA_GLOBAL, path: 'consumerKey' },
        callbackUrls: { type: ECA_GLOBAL, path: 'callbackUrl', separator: '\n' },
        certificate: { type: ECA_GLOBAL, path: 'certificate' },
        pkce: { type: ECA_GLOBAL, path: 'isPkceRequired' },
        flow: { type: ECA_GLOBAL, path: 'isClientCredentialsFlowEnabled' },
        runAs: { type: ECA_OAUTH_POLICY, path: 'clientCredentialsFlowUser' },
        scopes: { type: ECA_SETTINGS, path: 'commaSeparatedOauthScopes', separator: ',' },
        approval: { type: ECA_OAUTH_POLICY, path: 'permittedUsersPolicyType' },
        approvedSets: { type: ECA_OAUTH_POLICY, path: 'commaSeparatedPermissionSet', separator: ',' }
    },
    'connected-app': {
        consumerKey: oauth('consumerKey'),
        callbackUrls: oauth('callbackUrl', '\n'),
        certificate: oauth('certificate'),
        pkce: oauth('isPkceRequired'),
        flow: oauth('isClientCredentialEnabled'),
        runAs: oauth('oauthClientCredentialUser'),
        scopes: oauth('scopes'),
        approval: oauth('isAdminApproved'),
        approvedSets: { type: CONNECTED_APP, path: 'permissionSetName' }
    }
};

/** The document of a type that belongs to the app. */
export function ofApp({ target, plan: { appName } }: Facts, type: string): MetadataDocument | undefined {
    return type === ECA || type === CONNECTED_APP
        ? target.documents.get(type, appName)
        : target.documents.list(type).find((document) => document.text('externalClientApplication') === appName);
}

/** `Type Name: element = value`, as evidence. */
export function shown(document: MetadataDocument, path: string): string {
    return `${document.type} ${document.fullName}: ${path} = ${document.texts(path).join(', ') || '(empty)'}`;
}

/** Undefined when the org does not have the document that it stands in. */
export function appSetting(facts: Facts, name: AppSettingName): AppSetting | undefined {
    const { type, path, separator } = PLACES[facts.plan.app][name];
    const document = ofApp(facts, type);
    if (document === undefined) {
        return undefined;
    }
    const texts = document.texts(path);
    const values = separator === undefined ? texts : texts.flatMap((text) => text.split(separator));
    return {
        values: values.map((value) => value.trim()).filter((value) => value !== ''),
        shown: shown(document, path)
    };
}

/** Whether only users whom an administrator approved may use the app; undefined when the org does not tell. */
export function isAdminApproved(facts: Facts): boolean | undefined {
    const approval = appSetting(facts, 'approval');
    return approval && ['AdminApprovedPreAuthorized', 'true'].includes(approval.values[0] ?? '');
}

/** An external client app requires PKCE unless it says otherwise, a connected app only when it says so. */
export function requiresPkce(facts: Facts): boolean {
    const value = appSetting(facts, 'pkce')?.values[0];
    return facts.plan.app === 'connected-app' ? value === 'true' : value !== 'false';
}

/** `Api` as metadata writes a scope, `api` as a request does. */
const WIRE_SCOPES: Readonly<Record<string, string>> = {
    Api: 'api',
    Full: 'full',
    RefreshToken: 'refresh_token',
    OfflineAccess: 'offline_access',
    Web: 'web',
    Basic: 'id',
    OpenID: 'openid'
};

/** Scopes that the app may give, as requests name them; undefined when the org does not tell. */
export function offeredScopes(facts: Facts): ReadonlySet<string> | undefined {
    const scopes = appSetting(facts, 'scopes');
    return scopes && new Set(scopes.values.map((scope) => WIRE_SCOPES[scope] ?? scope.toLowerCase()));
}
