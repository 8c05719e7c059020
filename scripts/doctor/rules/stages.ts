import { SOURCE_SHUT, TARGET_SHUT } from './reach.ts';

/** What keeps the source from a login, or leads it elsewhere. */
const LOGIN_BROKEN = [
    'external-credential-missing',
    'flow-differs',
    'principal-missing',
    'login-provider-missing',
    'login-provider-differs',
    'provider-host',
    'provider-path',
    'provider-secret-missing'
];

/** What stops the source before it asks for a token, or sends it elsewhere. */
const BEFORE_REQUEST = [
    ...LOGIN_BROKEN,
    'token-host',
    'token-path',
    'scope-sent',
    'secret-missing',
    'consent-missing',
    'certificate-missing',
    'claims-missing',
    'user-not-mapped'
];

/** What makes the target know no such client. */
const UNKNOWN_CLIENT = [
    'app-kind-differs',
    'app-missing',
    'app-settings-missing',
    'key-wrong',
    'provider-key-wrong',
    'issuer-wrong'
];

/** What must be right before the target looks at a secret or a signature. */
export const BEFORE_PROOF = [...SOURCE_SHUT, ...TARGET_SHUT, ...BEFORE_REQUEST, ...UNKNOWN_CLIENT];

/** What keeps a browser login from the target's word about the app. */
export const BEFORE_LOGIN = [...LOGIN_BROKEN, 'provider-key-wrong', 'redirect-mismatch'];

/** What the target refuses before it gives a token. */
export const BEFORE_TOKEN = [
    ...BEFORE_PROOF,
    'secret-wrong',
    'signing-certificate-differs',
    'app-without-certificate',
    'certificate-mismatch',
    'assertions-out-of-time',
    'audience-wrong',
    'app-blocked',
    'connected-app-blocked',
    'flow-off-in-settings',
    'flow-off-in-policy',
    'run-as-unset',
    'run-as-unknown',
    'run-as-is-email',
    'run-as-inactive',
    'app-self-authorized',
    'user-not-approved',
    'policy-names-other-set',
    'refresh-scope-missing',
    'api-set-missing'
];

/** What keeps a callout from reaching the API with a token. */
export const BEFORE_CALL = [
    ...BEFORE_TOKEN,
    'ip-restricted',
    'tokens-refused',
    'named-credential-missing',
    'callout-disabled',
    'named-credential-host',
    'named-credential-without-login',
    'authorization-header-off',
    'access-set-missing',
    'access-set-unassigned',
    'principal-access-missing',
    'user-external-credential-missing'
];
