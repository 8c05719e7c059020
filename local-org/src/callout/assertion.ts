import { randomUUID } from 'node:crypto';
import { NOT_FULLY_CONFIGURED } from './messages.ts';
import { CalloutFailure } from './types.ts';
import type { Certificates } from '../org/certificates.ts';
import type { ExternalCredential } from '../org/external-credential.ts';

export interface AssertionContext {
    readonly certificates: Pick<Certificates, 'sign'>;
    /** Milliseconds since 1970. */
    readonly now: number;
    /** Field of the calling user, for `{!$User.Field}`; null when it is empty. */
    readonly userField: (field: string) => string | null;
}

/** Seconds; source: Named Credentials Developer Guide, OAuth 2.0 Bearer Flow JWT Claims, exp. */
const LIFETIME = 120;
const USER_FIELD = /^\{!\s*\$User\.(\w+)\s*\}$/;

/** A JWT of the credential's claims, signed with its certificate: RS256. Throws CalloutFailure when a part is missing. */
export function signedAssertion(credential: ExternalCredential, context: AssertionContext): string {
    const { certificate, claims } = credential;
    if (certificate === undefined) {
        throw new CalloutFailure(NOT_FULLY_CONFIGURED);
    }
    const issuedAt = Math.floor(context.now / 1000);
    const own = Object.fromEntries([...claims].map(([name, value]) => [name, claimValue(name, value, context)]));
    const header = encoded({ alg: 'RS256', kid: certificate, typ: 'JWT' });
    const body = encoded({ exp: issuedAt + LIFETIME, ...own, iat: issuedAt, jti: randomUUID(), nbf: issuedAt });
    const signature = context.certificates.sign(certificate, 'RSA-SHA256', Buffer.from(`${header}.${body}`));
    if (signature === undefined) {
        throw new CalloutFailure(NOT_FULLY_CONFIGURED);
    }
    return `${header}.${body}.${Buffer.from(signature).toString('base64url')}`;
}

/** `aud` is JSON; the other claims are text or a formula. */
function claimValue(name: string, value: string, { userField }: AssertionContext): unknown {
    const field = USER_FIELD.exec(value)?.[1];
    if (field !== undefined) {
        return userField(field) ?? '';
    }
    if (value.includes('{!')) {
        throw new CalloutFailure(`The local org does not support the formula of the JWT claim ${name}`);
    }
    return name === 'aud' ? (JSON.parse(value) as unknown) : value;
}

function encoded(value: object): string {
    return Buffer.from(JSON.stringify(value)).toString('base64url');
}
