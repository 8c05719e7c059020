import {
    createCipheriv,
    createDecipheriv,
    createHash,
    createHmac,
    createPrivateKey,
    createPublicKey,
    randomBytes,
    sign,
    timingSafeEqual,
    verify
} from 'node:crypto';
import { Blob } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { allNoNulls } from '../arguments.ts';
import { certificateKey, signWithCertificate } from '../auth/jwt.ts';
import { nativeClass, type NativeClass } from '../native.ts';

const DIGESTS: Readonly<Record<string, string>> = {
    md5: 'md5',
    sha1: 'sha1',
    'sha-1': 'sha1',
    'sha-256': 'sha256',
    sha256: 'sha256',
    'sha-512': 'sha512',
    sha512: 'sha512',
    'sha3-256': 'sha3-256',
    'sha3-384': 'sha3-384',
    'sha3-512': 'sha3-512'
};
const MACS: Readonly<Record<string, string>> = {
    hmacmd5: 'md5',
    hmacsha1: 'sha1',
    hmacsha256: 'sha256',
    hmacsha512: 'sha512'
};
const SIGNATURES: Readonly<Record<string, { readonly hash: string }>> = {
    rsa: { hash: 'sha1' },
    'rsa-sha1': { hash: 'sha1' },
    'rsa-sha256': { hash: 'sha256' },
    'rsa-sha384': { hash: 'sha384' },
    'rsa-sha512': { hash: 'sha512' },
    'ecdsa-sha256': { hash: 'sha256' },
    'ecdsa-sha384': { hash: 'sha384' },
    'ecdsa-sha512': { hash: 'sha512' }
};
const CIPHERS: Readonly<Record<string, { readonly cipher: string; readonly keyLength: number }>> = {
    aes128: { cipher: 'aes-128-cbc', keyLength: 16 },
    aes192: { cipher: 'aes-192-cbc', keyLength: 24 },
    aes256: { cipher: 'aes-256-cbc', keyLength: 32 }
};
const IV_LENGTH = 16;

function algorithm<T>(rt: Runtime, table: Readonly<Record<string, T>>, name: string): T {
    return table[name.toLowerCase()] ?? rt.throwNew('System.NoSuchElementException', `Algorithm not found: ${name}`);
}

function refuse(rt: Runtime, message: string): never {
    return rt.throwNew('System.SecurityException', message);
}

/** Checks what the platform checks of a key and an initialization vector, then names the cipher. */
function cipherFor(rt: Runtime, name: string, key: Blob, iv: Blob | undefined): string {
    const { cipher, keyLength } = algorithm(rt, CIPHERS, name);
    if (key.size !== keyLength) {
        rt.throwNew('System.InvalidParameterValueException', `Invalid private key. Must be ${keyLength} bytes.`);
    }
    if (iv !== undefined && iv.size !== IV_LENGTH) {
        rt.throwNew('System.InvalidParameterValueException', `Invalid initialization vector. Must be 16 bytes.`);
    }
    return cipher;
}

function encrypt(rt: Runtime, name: string, key: Blob, iv: Blob, clear: Blob): Blob {
    const cipher = createCipheriv(cipherFor(rt, name, key, iv), key.bytes, iv.bytes);
    return toBlob(Buffer.concat([cipher.update(clear.bytes), cipher.final()]));
}

function decrypt(rt: Runtime, name: string, key: Blob, iv: Blob, encrypted: Blob): Blob {
    const decipher = createDecipheriv(cipherFor(rt, name, key, iv), key.bytes, iv.bytes);
    try {
        return toBlob(Buffer.concat([decipher.update(encrypted.bytes), decipher.final()]));
    } catch {
        return refuse(rt, 'Given final block not properly padded');
    }
}

/** The managed initialization vector is the first block of the result. */
function encryptWithManagedIv(rt: Runtime, name: string, key: Blob, clear: Blob): Blob {
    const iv = new Blob(new Uint8Array(randomBytes(IV_LENGTH)));
    return toBlob(Buffer.concat([iv.bytes, encrypt(rt, name, key, iv, clear).bytes]));
}

function decryptWithManagedIv(rt: Runtime, name: string, key: Blob, encrypted: Blob): Blob {
    if (encrypted.size < IV_LENGTH) {
        refuse(rt, 'Input data too short to hold an initialization vector');
    }
    const iv = new Blob(encrypted.bytes.slice(0, IV_LENGTH));
    return decrypt(rt, name, key, iv, new Blob(encrypted.bytes.slice(IV_LENGTH)));
}

function signData(rt: Runtime, name: string, data: Blob, privateKey: Blob): Blob {
    const { hash } = algorithm(rt, SIGNATURES, name);
    try {
        const key = createPrivateKey({ key: Buffer.from(privateKey.bytes), format: 'der', type: 'pkcs8' });
        return toBlob(sign(hash, data.bytes, key));
    } catch {
        return refuse(rt, 'Invalid PKCS#8 private key');
    }
}

function verifySignature(rt: Runtime, name: string, data: Blob, signature: Blob, publicKey: Blob): boolean {
    const { hash } = algorithm(rt, SIGNATURES, name);
    try {
        const key = createPublicKey({ key: Buffer.from(publicKey.bytes), format: 'der', type: 'spki' });
        return verify(hash, data.bytes, key, signature.bytes);
    } catch {
        return refuse(rt, 'Invalid X.509 public key');
    }
}

/** The certificate is one of the org's. */
function verifyWithCertificate(rt: Runtime, name: string, data: Blob, signature: Blob, certificate: string): boolean {
    const { hash } = algorithm(rt, SIGNATURES, name);
    return verify(hash, data.bytes, createPublicKey(certificateKey(rt, certificate)), signature.bytes);
}

function mac(rt: Runtime, name: string, data: Blob, key: Blob): Blob {
    return toBlob(
        createHmac(algorithm(rt, MACS, name), key.bytes)
            .update(data.bytes)
            .digest()
    );
}

function verifyMac(rt: Runtime, name: string, data: Blob, key: Blob, expected: Blob): boolean {
    const actual = mac(rt, name, data, key).bytes;
    return actual.length === expected.size && timingSafeEqual(actual, expected.bytes);
}

function generateAesKey(rt: Runtime, bits: number): Blob {
    return [128, 192, 256].includes(bits)
        ? toBlob(randomBytes(bits / 8))
        : rt.throwNew('System.InvalidParameterValueException', 'Invalid key size. Must be 128, 192 or 256.');
}

function toBlob(bytes: Uint8Array): Blob {
    return new Blob(new Uint8Array(bytes));
}

/** Crypto (Apex Reference, System.Crypto). */
export const cryptoClass: NativeClass = nativeClass({
    name: 'System.Crypto',
    statics: allNoNulls({
        'decrypt(String,Blob,Blob,Blob)': decrypt,
        'decryptWithManagedIV(String,Blob,Blob)': decryptWithManagedIv,
        'encrypt(String,Blob,Blob,Blob)': encrypt,
        'encryptWithManagedIV(String,Blob,Blob)': encryptWithManagedIv,
        'generateAesKey(Integer)': generateAesKey,
        'generateDigest(String,Blob)': (rt, name: string, data: Blob) =>
            toBlob(
                createHash(algorithm(rt, DIGESTS, name))
                    .update(data.bytes)
                    .digest()
            ),
        'generateMac(String,Blob,Blob)': mac,
        'getRandomInteger()': () => randomBytes(4).readInt32BE(),
        'getRandomLong()': () => randomBytes(8).readBigInt64BE(),
        'sign(String,Blob,Blob)': signData,
        'signWithCertificate(String,Blob,String)': (rt, name: string, data: Blob, certificate: string) =>
            toBlob(signWithCertificate(rt, algorithm(rt, SIGNATURES, name).hash, data.bytes, certificate)),
        'verify(String,Blob,Blob,Blob)': verifySignature,
        'verify(String,Blob,Blob,String)': verifyWithCertificate,
        'verifyHmac(String,Blob,Blob,Blob)': verifyMac
    })
});
