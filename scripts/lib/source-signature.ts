import { evaluateApex } from './anonymous-apex.ts';
import { soqlString, type BridgeOrg } from './org-connection.ts';
import { askForToken } from './token-endpoint.ts';

/** RSA-SHA256 over a text by the private key of a certificate, made in the org, which never gives the key. */
export async function signInOrg(org: BridgeOrg, certificate: string, text: string): Promise<Buffer> {
    const signature = await evaluateApex<string>(
        org,
        '',
        `EncodingUtil.base64Encode(Crypto.signWithCertificate('RSA-SHA256', Blob.valueOf(${soqlString(text)}), ${soqlString(certificate)}))`
    );
    return Buffer.from(signature, 'base64');
}

export interface AssertionClaims {
    readonly iss: string;
    readonly sub: string;
    readonly aud: string;
}

/** What the token endpoint says to an assertion that the source signs now. The token is in memory only. */
export type AssertionAnswer = { readonly token: string } | { readonly refusal: string };

const LIFETIME_S = 120;

/** Asks for a token as the JWT bearer flow does. Throws TOKEN_ENDPOINT as `askForToken`. Source: RFC 7523, 2.1. */
export async function askByAssertion(
    source: BridgeOrg,
    certificate: string,
    targetUrl: string,
    claims: AssertionClaims
): Promise<AssertionAnswer> {
    const exp = Math.floor(Date.now() / 1000) + LIFETIME_S;
    const parts = [
        { alg: 'RS256', typ: 'JWT' },
        { ...claims, exp }
    ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const text = parts.join('.');
    const signature = await signInOrg(source, certificate, text);
    const answer = await askForToken(targetUrl, {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: `${text}.${signature.toString('base64url')}`
    });
    return 'token' in answer ? answer : { refusal: `${answer.error} (${answer.description})` };
}
