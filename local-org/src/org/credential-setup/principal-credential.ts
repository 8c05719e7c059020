import { CalloutFailure } from '../../callout/types.ts';
import { authenticationStatus, connectProtocol } from '../credential-status.ts';
import { PROTOCOLS } from './external-credential-document.ts';
import { PRINCIPAL_TYPES } from './external-credential-rules.ts';
import { externalNamed, principalKey } from './external-credentials.ts';
import { inputOf, missing, optionalText, requiredChoice, requiredText, type Input } from './input.ts';
import { requireFittingCredentials, type GivenCredentials } from './credential-rules.ts';
import { change, requireSetupAccess, type Output, type SetupContext } from './setup-context.ts';
import { absent, invalid, taken } from './setup-fault.ts';
import type { ExternalCredential, PrincipalType } from '../external-credential.ts';
import type { PrincipalKey } from '../principal-credentials.ts';

/*
 * /named-credentials/credential and ConnectApi.NamedCredentials: what a principal logs in with. Source: Connect REST API
 * Developer Guide, Credential.
 */

const PROPERTIES = [
    'authenticationProtocol',
    'authenticationProtocolVariant',
    'credentials',
    'externalCredential',
    'principalName',
    'principalType'
];

interface ResolvedPrincipal {
    readonly credential: ExternalCredential;
    readonly key: PrincipalKey;
}

/** `principal` names external credential, principal and its type. */
export function getCredential(context: SetupContext, principal: Input): Output {
    requireSetupAccess(context);
    const resolved = resolve(context, principal);
    requireComplete(context, resolved);
    return output(context, resolved);
}

/** The first credential of a principal. */
export function createCredential(context: SetupContext, input: unknown): Output {
    return store(context, input, (before, { externalCredential: name, principalName }) => {
        if (before) {
            throw taken(
                `Authentication credentials for ${principalName} of ${name} already exist. ` +
                    'Use the PUT method to overwrite them.'
            );
        }
    });
}

/** Replaces the credential of a principal. */
export function replaceCredential(context: SetupContext, input: unknown): Output {
    return store(context, input, (before, key) => {
        if (!before) throw nothingStored(key);
    });
}

/** Changes some credentials of the protocol Custom and keeps the others: "custom protocols only". */
export function patchCredential(context: SetupContext, input: unknown): Output {
    requireSetupAccess(context);
    const { given, ...resolved } = read(context, input);
    requireCustom(resolved.credential);
    const { principalCredentials } = context.org;
    const before = principalCredentials.get(resolved.key);
    if (before === undefined) throw nothingStored(resolved.key);
    change(context, () => principalCredentials.put(resolved.key, new Map([...before, ...given])));
    return output(context, resolved);
}

/** A new token with the credential that is stored. A refusal has the text that a callout shows. */
export function refreshCredential(context: SetupContext, input: unknown): Output {
    requireSetupAccess(context);
    const resolved = resolve(context, inputOf(input, PROPERTIES));
    requireComplete(context, resolved);
    try {
        context.org.calloutGateway.refresh(resolved.key);
    } catch (error) {
        throw error instanceof CalloutFailure ? invalid(error.message) : error;
    }
    return output(context, resolved);
}

/** All credentials of a principal; of the protocol Custom the named ones, and a principal whose last one goes has none. */
export function deleteCredential(context: SetupContext, principal: Input, names: readonly string[] = []): void {
    requireSetupAccess(context);
    const { credential, key } = resolve(context, principal);
    const { principalCredentials } = context.org;
    const stored = principalCredentials.get(key);
    if (stored === undefined) throw nothingStored(key);
    if (names.length > 0) requireCustom(credential);
    const unknown = names.find((name) => !stored.has(name));
    if (unknown !== undefined) throw absent(`The principal ${key.principalName} has no credential "${unknown}".`);
    const left = new Map([...stored].filter(([name]) => names.length > 0 && !names.includes(name)));
    change(context, () => {
        if (left.size === 0) principalCredentials.remove(key);
        else principalCredentials.put(key, left);
    });
}

/**
 * Where a user logs in to the other side; the URL is escaped, as the platform's is. Everyone may log in for themselves; one
 * principal for all is set up by an administrator. Source: Connect REST API Developer Guide, External Credential OAuth URL.
 */
export function authUrl(context: SetupContext, value: unknown): Output {
    const input = inputOf(value, ['externalCredential', 'principalName', 'principalType', 'returnUrl']);
    if (input['principalType'] === 'NamedPrincipal') requireSetupAccess(context);
    const { credential, key } = resolve(context, input);
    const returnUrl = optionalText(input, 'returnUrl');
    const url = context.org.consents.begin({ credential, key, userId: context.userId, returnUrl });
    if (url === undefined) {
        throw invalid(`The external credential "${credential.name}" has no identity provider that is complete.`);
    }
    return {
        authenticationUrl: url.replaceAll('&', '&amp;'),
        externalCredential: credential.name,
        principalName: key.principalName,
        principalType: key.principalType
    };
}

function store(context: SetupContext, input: unknown, check: (before: boolean, key: PrincipalKey) => void): Output {
    requireSetupAccess(context);
    const { given, ...resolved } = read(context, input);
    requireFittingCredentials(resolved.credential, given);
    const { principalCredentials } = context.org;
    check(principalCredentials.get(resolved.key) !== undefined, resolved.key);
    change(context, () => principalCredentials.put(resolved.key, given));
    return output(context, resolved);
}

/** "If specified, the authentication protocol variant must match the actual one": the same goes for the protocol. */
function read(context: SetupContext, value: unknown): ResolvedPrincipal & { readonly given: GivenCredentials } {
    const input = inputOf(value, PROPERTIES);
    const protocol = optionalText(input, 'authenticationProtocol');
    if (protocol !== undefined && !PROTOCOLS.includes(protocol)) {
        throw invalid(`Invalid value "${protocol}" for the property authenticationProtocol.`);
    }
    const resolved = resolve(context, input);
    const { credential } = resolved;
    const expected = connectProtocol(credential);
    if (protocol !== undefined && protocol !== expected) {
        throw invalid(`The external credential "${credential.name}" uses the authentication protocol ${expected}.`);
    }
    const variant = optionalText(input, 'authenticationProtocolVariant');
    if (variant !== undefined && variant !== credential.variant) {
        const actual = credential.variant ?? 'no variant';
        throw invalid(`The external credential "${credential.name}" has ${actual} of the authentication protocol.`);
    }
    return { ...resolved, given: credentialsOf(input) };
}

function credentialsOf(input: Input): GivenCredentials {
    const { credentials } = input;
    if (typeof credentials !== 'object' || credentials === null || Array.isArray(credentials)) {
        return missing('credentials');
    }
    return new Map(
        Object.entries(credentials).map(([name, item]) => {
            const { value, encrypted } = inputOf(item ?? {}, ['encrypted', 'revision', 'value']);
            if (typeof value !== 'string' || value === '') throw invalid(`The credential "${name}" needs a value.`);
            return [name, { value, encrypted: encrypted === true }];
        })
    );
}

function resolve(context: SetupContext, wanted: Input): ResolvedPrincipal {
    const name = requiredText(wanted, 'externalCredential');
    const type = requiredChoice(wanted, 'principalType', PRINCIPAL_TYPES);
    if (type === 'AwsStsPrincipal') {
        throw invalid('The external credential has no principal of type AwsStsPrincipal.');
    }
    const credential = externalNamed(context, name);
    const principalName = optionalText(wanted, 'principalName');
    if (principalName === undefined && type === 'NamedPrincipal') missing('principalName');
    const principal = credential.principals.find(
        (candidate) =>
            candidate.type === (type as PrincipalType) &&
            (principalName === undefined || candidate.name.toLowerCase() === principalName.toLowerCase())
    );
    if (principal === undefined) {
        throw absent(`The external credential "${credential.name}" has no principal "${principalName ?? type}".`);
    }
    return { credential, key: principalKey(context, credential, principal) };
}

/** A signed assertion needs nothing stored. */
function requireComplete({ org }: SetupContext, { credential, key }: ResolvedPrincipal): void {
    const isComplete = authenticationStatus(org, credential, key) === 'Configured';
    if (org.principalCredentials.get(key) === undefined && !isComplete) throw nothingStored(key);
}

function requireCustom(credential: ExternalCredential): void {
    if (credential.protocol !== 'Custom') {
        throw invalid(
            `Single credentials can be changed for the authentication protocol Custom only; the external credential ` +
                `"${credential.name}" uses ${connectProtocol(credential)}.`
        );
    }
}

function nothingStored({ externalCredential: name, principalName }: PrincipalKey): Error {
    return absent(`No authentication credentials are stored for the principal ${principalName} of ${name}.`);
}

/** Names and revisions of what is stored; the values of encrypted credentials are never given back. */
function output({ org }: SetupContext, { credential, key }: ResolvedPrincipal): Output {
    const stored = [...(org.principalCredentials.get(key) ?? [])];
    const credentials = stored.map(([name, { value, encrypted, revision }]) => {
        return [name, encrypted ? { encrypted, revision } : { encrypted, revision, value }] as const;
    });
    return {
        authenticationProtocol: connectProtocol(credential),
        authenticationProtocolVariant: credential.variant ?? null,
        authenticationStatus: authenticationStatus(org, credential, key),
        credentials: Object.fromEntries(credentials),
        externalCredential: credential.name,
        principalName: key.principalName,
        principalType: key.principalType
    };
}
