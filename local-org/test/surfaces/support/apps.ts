import type { TestOrg } from './test-org.ts';

export const APP = 'SalesforceOrgIntegration';

export interface AppOptions {
    readonly offered?: boolean;
    readonly allowed?: boolean;
    readonly runAs?: string;
    readonly permissionSet?: string;
    readonly certificate?: string;
    readonly scopes?: string;
    readonly enabled?: boolean;
    /** More elements of ExtlClntAppGlobalOauthSettings and of the OAuth policy. */
    readonly global?: Readonly<Record<string, string>>;
    readonly policy?: Readonly<Record<string, string>>;
}

/** Deploys the documents of an External Client App for client credentials. */
export function deployApp(test: TestOrg, options: AppOptions = {}): { key: string; secret: string } {
    const {
        offered = true,
        allowed = true,
        runAs,
        permissionSet,
        certificate,
        scopes = 'Api',
        enabled = true
    } = options;
    const app = { externalClientApplication: APP };
    test.deploy('ExternalClientApplication', APP, { label: 'Integration', distributionState: 'Local' });
    test.deploy('ExtlClntAppOauthSettings', `${APP}_oauth`, { ...app, commaSeparatedOauthScopes: scopes });
    test.deploy('ExtlClntAppGlobalOauthSettings', `${APP}_glbloauth`, {
        ...app,
        isClientCredentialsFlowEnabled: String(offered),
        ...options.global,
        ...(certificate !== undefined && { certificate })
    });
    test.deploy('ExtlClntAppOauthConfigurablePolicies', `${APP}_oauth_defaultPolicy`, {
        ...app,
        isClientCredentialsFlowEnabled: String(allowed),
        ...options.policy,
        ...(runAs !== undefined && { clientCredentialsFlowUser: runAs }),
        permittedUsersPolicyType: permissionSet === undefined ? 'AllSelfAuthorized' : 'AdminApprovedPreAuthorized',
        ...(permissionSet !== undefined && { commaSeparatedPermissionSet: permissionSet })
    });
    test.deploy('ExtlClntAppConfigurablePolicies', `${APP}_plcy`, { ...app, isEnabled: String(enabled) });
    const [deployed] = test.org.oauthApps.list();
    return { key: deployed.consumerKey, secret: deployed.consumerSecret! };
}
