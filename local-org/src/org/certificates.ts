import { createPrivateKey, generateKeyPairSync, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Clock } from './clock.ts';

/** Key pairs that the org made. Private keys live in memory only and leave it in no way; a restart forgets them. */
export interface Certificates {
    /** Makes a key pair and answers its self-signed certificate as PEM; of the pattern it takes the subject. */
    generate(name: string, pattern: string, keySize: number): string;
    has(name: string): boolean;
    /** The private key, for Apex that signs; one that no deploy made is made now. */
    keyOf(name: string): KeyObject;
    /** Signature over the data; undefined when the org has no such key. `hash`: `RSA-SHA256`. */
    sign(name: string, hash: string, data: Uint8Array): Uint8Array | undefined;
}

/** Source: Metadata API Developer Guide, Certificate: 2,048 bits last a year, 4,096 bits two. */
const YEARS: Readonly<Record<number, number>> = { 2048: 1, 4096: 2 };
const require = createRequire(import.meta.url);

export function createCertificates(clock: Clock): Certificates {
    const keys = new Map<string, KeyObject>();
    return {
        generate(name, pattern, keySize) {
            const pem = { type: 'pkcs8', format: 'pem' } as const;
            const { privateKey, publicKey } = generateKeyPairSync('rsa', {
                modulusLength: keySize,
                privateKeyEncoding: pem,
                publicKeyEncoding: { type: 'spki', format: 'pem' }
            });
            keys.set(name.toLowerCase(), createPrivateKey(privateKey));
            return selfSigned(subjectOf(pattern) ?? name, { privateKey, publicKey }, clock.now(), YEARS[keySize] ?? 1);
        },
        has: (name) => keys.has(name.toLowerCase()),
        keyOf(name) {
            const key = keys.get(name.toLowerCase()) ?? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
            keys.set(name.toLowerCase(), key);
            return key;
        },
        sign(name, hash, data) {
            const key = keys.get(name.toLowerCase());
            return key === undefined ? undefined : sign(hash, data, key);
        }
    };
}

/** Common name of a certificate; undefined when the text is none. */
function subjectOf(pem: string): string | undefined {
    try {
        return /^CN=(.+)$/m.exec(new X509Certificate(pem).subject)?.[1];
    } catch {
        return undefined;
    }
}

function selfSigned(
    commonName: string,
    keys: { readonly privateKey: string; readonly publicKey: string },
    now: number,
    years: number
): string {
    // Loaded when it is needed: few orgs have a certificate, and every start of one would read the library.
    const forge = require('node-forge') as typeof import('node-forge');
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = forge.pki.publicKeyFromPem(keys.publicKey);
    certificate.serialNumber = `01${forge.util.bytesToHex(forge.random.getBytesSync(15))}`;
    certificate.validity.notBefore = new Date(now);
    certificate.validity.notAfter = new Date(now);
    certificate.validity.notAfter.setUTCFullYear(certificate.validity.notAfter.getUTCFullYear() + years);
    const name = [{ name: 'commonName', value: commonName }];
    certificate.setSubject(name);
    certificate.setIssuer(name);
    certificate.sign(forge.pki.privateKeyFromPem(keys.privateKey), forge.md.sha256.create());
    return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
}
