import type { AppKind } from './config.ts';

/** Metadata types of an app of the target org, and of what belongs to it. Source: Metadata API Developer Guide. */
export const ECA = 'ExternalClientApplication';
export const ECA_SETTINGS = 'ExtlClntAppOauthSettings';
export const ECA_GLOBAL = 'ExtlClntAppGlobalOauthSettings';
export const ECA_OAUTH_POLICY = 'ExtlClntAppOauthConfigurablePolicies';
export const ECA_POLICY = 'ExtlClntAppConfigurablePolicies';
export const CONNECTED_APP = 'ConnectedApp';

/** Type that an app of a kind is known by. */
export const APP_TYPES: Readonly<Record<AppKind, string>> = {
    'external-client-app': ECA,
    'connected-app': CONNECTED_APP
};
