import { createSign, randomUUID, type KeyLike } from 'node:crypto';

/** A JWT for the bearer flow, signed with RS256; good for two minutes unless the claims say otherwise. */
export function signedAssertion(claims: object, key: KeyLike): string {
    const encoded = [
        { alg: 'RS256', typ: 'JWT' },
        { exp: Math.floor(Date.now() / 1000) + 120, jti: randomUUID(), ...claims }
    ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const text = encoded.join('.');
    return `${text}.${createSign('RSA-SHA256').update(text).sign(key).toString('base64url')}`;
}
