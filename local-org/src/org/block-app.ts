import type { LocalOrg } from './local-org.ts';

/**
 * Block and Unblock of Setup > Connected Apps OAuth Usage: blocking ends the sessions of the app and lets nobody in through
 * it until it is unblocked; refresh tokens are refused meanwhile and stay. Throws RangeError for an app that is not there.
 * Source: help "Manage Current OAuth Connected App Sessions".
 */
export function setAppBlocked({ oauthApps, sessions }: LocalOrg, developerName: string, blocked: boolean): void {
    const app = oauthApps
        .list()
        .find((candidate) => candidate.kind === 'connected-app' && candidate.developerName === developerName);
    if (app === undefined) {
        throw new RangeError(`No such connected app in this org: ${developerName}`);
    }
    oauthApps.setBlocked(app.id, blocked);
    if (blocked) {
        sessions.revokeApp(app.consumerKey);
    }
}
