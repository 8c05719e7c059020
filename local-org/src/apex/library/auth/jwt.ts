import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { Blob } from '../../../values/index.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { mapFrom, noNulls } from '../arguments.ts';
import { BeanObject, beanClass } from '../bean.ts';
import type { ApexMap } from '../collections/apex-map.ts';
import { send } from '../http/http.ts';
import { HttpRequestObject } from '../http/http-request.ts';
import type { HttpResponseObject } from '../http/http-response.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { OBJECT, STRING } from '../../types/apex-types.ts';

/** Seconds that a token is valid (Apex Reference, Auth.JWT). */
const DEFAULT_VALIDITY = 300;
const BEARER_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** The private key of a certificate of the org. Throws System.NoDataFoundException when it has none of that name. */
export function certificateKey(rt: Runtime, name: string): KeyObject {
    if (rt.org.metadata.get('Certificate', name) === undefined) {
        rt.throwNew('System.NoDataFoundException', `Data Not Available: no certificate named ${name}`);
    }
    return rt.org.certificates.keyOf(name);
}

/** Signs with the private key of a certificate; `hash` as in `sha256`. */
export function signWithCertificate(rt: Runtime, hash: string, data: Uint8Array, name: string): Uint8Array {
    return sign(hash, data, certificateKey(rt, name));
}

class JwtObject extends BeanObject {
    constructor() {
        super('Auth.JWT', { validityLength: DEFAULT_VALIDITY, nbfClockSkew: 0 });
    }
}

/** Claims of a token; times are seconds since 1970. */
function claimsOf(rt: Runtime, jwt: BeanObject): Record<string, unknown> {
    const now = Math.floor(rt.org.clock.now() / 1000);
    const skew = (jwt.get('nbfClockSkew') as number | null) ?? 0;
    const validity = (jwt.get('validityLength') as number | null) ?? DEFAULT_VALIDITY;
    const additional = jwt.get('additionalClaims') as ApexMap | null;
    const named = Object.fromEntries(
        ['iss', 'sub', 'aud'].flatMap((claim) => {
            const value = jwt.get(claim);
            return value === null ? [] : [[claim, value]];
        })
    );
    const times = { iat: now, exp: now + validity, ...(skew > 0 && { nbf: now - skew }) };
    const more = Array.from(
        additional?.entries() ?? [],
        ({ key, value }) => [rt.toText(key), plain(rt, value)] as const
    );
    return { ...named, ...times, ...Object.fromEntries(more) };
}

function plain(rt: Runtime, value: unknown): unknown {
    const isPlain = value === null || typeof value === 'boolean' || typeof value === 'number';
    return isPlain ? value : rt.toText(value);
}

function toJson(rt: Runtime, jwt: BeanObject): string {
    return JSON.stringify(claimsOf(rt, jwt));
}

class JwsObject extends NativeObject {
    readonly className = 'Auth.JWS';
    readonly serialization: string;

    constructor(serialization: string) {
        super();
        this.serialization = serialization;
    }
}

function encode(text: string): string {
    return Buffer.from(text).toString('base64url');
}

function signed(rt: Runtime, payload: string, certificate: string): JwsObject {
    const head = encode(JSON.stringify({ typ: 'JWT', alg: 'RS256', kid: certificate }));
    const content = `${head}.${encode(payload)}`;
    const signature = signWithCertificate(rt, 'sha256', Buffer.from(content), certificate);
    return new JwsObject(`${content}.${Buffer.from(signature).toString('base64url')}`);
}

/** Reads a token's claims; the signature is not looked at. */
function parse(rt: Runtime, token: string): JwtObject {
    const [, payload = ''] = token.split('.');
    let claims: Record<string, unknown>;
    try {
        claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    } catch {
        return rt.throwNew('Auth.JWTValidationException', 'Invalid JWT');
    }
    const jwt = new JwtObject();
    for (const claim of ['iss', 'sub', 'aud']) jwt.set(claim, claims[claim] ?? null);
    const standard = new Set(['iss', 'sub', 'aud', 'exp', 'iat', 'nbf']);
    const additional = Object.entries(claims).filter(([name]) => !standard.has(name));
    jwt.set('additionalClaims', mapFrom(rt, STRING, OBJECT, additional));
    return jwt;
}

function validateWithKey(rt: Runtime, token: string, publicKey: string): JwtObject {
    const pem = publicKey.includes('BEGIN')
        ? publicKey
        : `-----BEGIN PUBLIC KEY-----\n${publicKey}\n-----END PUBLIC KEY-----`;
    return validate(rt, token, () => createPublicKey(pem));
}

function validate(rt: Runtime, token: string, key: () => KeyObject): JwtObject {
    const [head = '', payload = '', signature = ''] = token.split('.');
    let isValid = false;
    try {
        isValid = verify('sha256', Buffer.from(`${head}.${payload}`), key(), Buffer.from(signature, 'base64url'));
    } catch {
        // A key or signature that cannot be read fits no token.
    }
    return isValid ? parse(rt, token) : rt.throwNew('Auth.JWTValidationException', 'Invalid JWT signature');
}

class TokenExchange extends NativeObject {
    readonly className = 'Auth.JWTBearerTokenExchange';
    endpoint: string;
    jws: JwsObject;
    grantType = BEARER_GRANT;
    response: HttpResponseObject | null = null;

    constructor(endpoint: string, jws: JwsObject) {
        super();
        this.endpoint = endpoint;
        this.jws = jws;
    }
}

function exchange(rt: Runtime, self: TokenExchange): HttpResponseObject {
    if (self.response !== null) return self.response;
    const request = new HttpRequestObject();
    request.endpoint = self.endpoint;
    request.method = 'POST';
    request.headers.set('Content-Type', 'application/x-www-form-urlencoded');
    const form = new URLSearchParams({ grant_type: self.grantType, assertion: self.jws.serialization });
    request.body = Blob.fromText(form.toString());
    self.response = send(rt, request);
    return self.response;
}

function accessToken(rt: Runtime, self: TokenExchange): string {
    const response = exchange(rt, self);
    const text = Buffer.from(response.body.bytes).toString();
    let token: unknown;
    try {
        token = (JSON.parse(text) as Record<string, unknown>).access_token;
    } catch {
        // No JSON, no token.
    }
    return typeof token === 'string'
        ? token
        : rt.throwNew('Auth.JWTBearerTokenExchange.JWTBearerTokenExchangeException', text);
}

/** JSON Web Tokens and their exchange for an access token (Apex Reference, Auth Namespace). */
export const jwtClasses: readonly NativeClass[] = [
    beanClass('Auth.JWT', {
        extra: {
            constructors: { '()': () => new JwtObject() },
            methods: { 'clone()': (_rt, self: BeanObject) => self.copy(), 'toJSONString()': toJson }
        }
    }),
    nativeClass({
        name: 'Auth.JWS',
        constructors: {
            '(JWT,String)': noNulls((rt, _type, jwt: BeanObject, certificate: string) =>
                signed(rt, toJson(rt, jwt), certificate)
            ),
            '(String,String)': noNulls((rt, _type, payload: string, certificate: string) =>
                signed(rt, payload, certificate)
            )
        },
        methods: {
            'clone()': (_rt, self: JwsObject) => new JwsObject(self.serialization),
            'getCompactSerialization()': (_rt, self: JwsObject) => self.serialization
        }
    }),
    nativeClass({
        name: 'Auth.JWTUtil',
        statics: {
            'parseJWTFromStringWithoutValidation(String)': noNulls(parse),
            'validateJWTWithCert(String,String)': noNulls((rt: Runtime, token: string, certificate: string) =>
                validate(rt, token, () => createPublicKey(certificateKey(rt, certificate)))
            ),
            'validateJWTWithKey(String,String)': noNulls(validateWithKey)
        }
    }),
    nativeClass({
        name: 'Auth.JWTBearerTokenExchange',
        constructors: {
            '(String,JWS)': noNulls((_rt, _type, endpoint: string, jws: JwsObject) => new TokenExchange(endpoint, jws))
        },
        methods: {
            'clone()': (_rt, self: TokenExchange) => new TokenExchange(self.endpoint, self.jws),
            'getAccessToken()': accessToken,
            'getGrantType()': (_rt, self: TokenExchange) => self.grantType,
            'getHttpResponse()': exchange,
            'getJWS()': (_rt, self: TokenExchange) => self.jws,
            'getTokenEndpoint()': (_rt, self: TokenExchange) => self.endpoint,
            'setGrantType(String)': noNulls((_rt, self: TokenExchange, grantType: string) => {
                self.grantType = grantType;
            }),
            'setJWS(JWS)': noNulls((_rt, self: TokenExchange, jws: JwsObject) => {
                self.jws = jws;
            }),
            'setTokenEndpoint(String)': noNulls((_rt, self: TokenExchange, endpoint: string) => {
                self.endpoint = endpoint;
            })
        }
    })
];
