/*
 * The platform has no codes for a callout that its named credential stops, only these texts, in a CalloutException and in what
 * the Connect API says of a refresh.
 */

/** Of a user who may not use the credential, and of a credential that holds nothing. The apostrophe before it differs by release. */
const NO_ACCESS = 'access the credential';
/** `Unable to fetch the OAuth token. Error: invalid_client. Error description: invalid client credentials.` */
const NO_TOKEN = /fetch the OAuth token\. Error: ([^.]*)\./;

export function isWithoutAccess(text: string): boolean {
    return text.includes(NO_ACCESS);
}

/** How the token endpoint refused, `invalid_client`; `''` when its answer was no OAuth error, undefined when it was not that. */
export function refusedToken(text: string): string | undefined {
    return NO_TOKEN.exec(text)?.[1];
}
