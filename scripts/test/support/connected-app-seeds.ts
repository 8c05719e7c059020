import { withElement } from './org-edits.ts';
import { APP_PLACES, CONNECTED, edited, removed, type Change, type LinkKind, type Seed } from './seed.ts';

const links: LinkKind = { apps: ['connected-app'] };

function inApp(rule: string, change: Change, more: readonly string[] = []): Seed {
    return edited(rule, 'target', CONNECTED, change, { more, links });
}

/** What is planted in a connected app: everything stands in one document. */
export const CONNECTED_APP_SEEDS: readonly Seed[] = [
    inApp('flow-off-in-settings', withElement('isClientCredentialEnabled', 'false')),
    inApp('scope-missing', withElement('scopes', 'Basic')),
    inApp('refresh-scope-missing', (xml) => xml.replace('<scopes>RefreshToken</scopes>', '')),
    inApp('run-as-unset', withElement('oauthClientCredentialUser', ''), ['run-as']),
    inApp('policy-names-other-set', (xml) => xml.replace(/<permissionSetName>[^<]*<\/permissionSetName>/, '')),
    inApp('app-self-authorized', (xml) =>
        withElement('isAdminApproved', 'false')(xml.replace(/<permissionSetName>[^<]*<\/permissionSetName>/, ''))
    ),
    inApp('redirect-mismatch', withElement('callbackUrl', 'https://elsewhere.example/services/authcallback/Other')),
    inApp('app-without-certificate', withElement('certificate', '')),
    {
        rule: 'connected-app-blocked',
        // An app that is not there cannot be blocked.
        touches: ['app'],
        links,
        // Why a refresh was refused, the source does not tell.
        instead: ['tokens-refused'],
        evidence: /app is blocked by admin/,
        async plant({ pair: { control }, plan }) {
            await control.target.setAppBlocked(plan.appName, true);
            return () => control.target.setAppBlocked(plan.appName, false);
        }
    },
    removed('app-missing', 'target', [CONNECTED], APP_PLACES, { links })
];
