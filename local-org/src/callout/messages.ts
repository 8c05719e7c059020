/** Texts of System.CalloutException as Apex sees them. Source: help xcloud.nc_troubleshoot and reports of real orgs. */

export function noCredentialAccess(externalCredential: string): string {
    return (
        "We couldn't access the credential(s). You might not have the required permissions, or the external credential " +
        `"${externalCredential}" might not exist.`
    );
}

export function noEndpointAccess(namedCredential: string): string {
    return (
        "The callout couldn't access the endpoint. You might not have the required permissions, or the named credential " +
        `"${namedCredential}" might not exist.`
    );
}

export const NOT_FULLY_CONFIGURED = "The external credential isn't fully configured.";
export const REFRESH_FAILED = "The expired credentials couldn't be refreshed. Try again later.";
export const READ_TIMED_OUT = 'Read timed out';

/** Both parts are empty when the endpoint's answer is not an OAuth error. */
export function tokenRefused(error: string, description: string): string {
    return `Unable to fetch the OAuth token. Error: ${error}. Error description: ${description}.`;
}

export function unauthorizedEndpoint(url: string): string {
    return `Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = ${url}`;
}
