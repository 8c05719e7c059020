/** What stops a token request before the target looks at its secret. */
export const BEFORE_SECRET = ['external-credential-missing', 'flow-differs', 'token-host', 'token-path', 'scope-sent'];

/** What the source needs to ask for a token that is given. */
export const BEFORE_APP = [...BEFORE_SECRET, 'principal-missing', 'secret-missing', 'key-wrong', 'secret-wrong'];

/** What the target checks after the secret, before it gives a token. */
export const BEFORE_TOKEN = [
    'app-blocked',
    'flow-off-in-settings',
    'flow-off-in-policy',
    'run-as-unset',
    'run-as-unknown',
    'run-as-is-email',
    'run-as-inactive',
    'user-not-approved',
    'policy-names-other-set',
    'api-set-missing'
];

/** What keeps a callout from reaching the API with a token. */
export const BEFORE_CALL = [
    'named-credential-missing',
    'callout-disabled',
    'named-credential-host',
    'named-credential-without-login',
    'authorization-header-off',
    'access-set-missing',
    'access-set-unassigned',
    'principal-access-missing',
    'user-external-credential-missing',
    'ip-restricted'
];
