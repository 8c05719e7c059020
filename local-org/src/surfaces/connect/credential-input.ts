import { invalidInput, jsonParserError, postBodyParseError } from '../../http/api-error.ts';
import type { PrincipalType } from '../../org/external-credential.ts';

/** Body of POST and PUT /named-credentials/credential. Source: Connect REST API Developer Guide, Credential Input. */
export interface CredentialInput {
    readonly externalCredential: string;
    readonly principalName: string;
    readonly principalType: PrincipalType;
    readonly authenticationProtocol: string;
    readonly credentials: ReadonlyMap<string, { readonly value: string; readonly encrypted: boolean }>;
}

const PRINCIPAL_TYPES: readonly string[] = ['NamedPrincipal', 'PerUserPrincipal', 'AwsStsPrincipal'];
/** Spelt `OAuth` here although the metadata spells it `Oauth`. */
const PROTOCOLS: readonly string[] = ['AwsSv4', 'Basic', 'Custom', 'OAuth'];

export function readCredentialInput(body: unknown): CredentialInput {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        throw jsonParserError('A JSON object is expected');
    }
    const input = body as Record<string, unknown>;
    const authenticationProtocol = requiredText(input, 'authenticationProtocol');
    if (!PROTOCOLS.includes(authenticationProtocol)) {
        throw invalidInput(`Invalid value "${authenticationProtocol}" for the property authenticationProtocol.`);
    }
    return {
        externalCredential: requiredText(input, 'externalCredential'),
        principalName: requiredText(input, 'principalName'),
        principalType: readPrincipalType(requiredText(input, 'principalType')),
        authenticationProtocol,
        credentials: readCredentials(input['credentials'])
    };
}

/** What a refresh names; its credentials are empty. */
export function readPrincipalName(
    body: unknown
): Pick<CredentialInput, 'externalCredential' | 'principalName' | 'principalType'> {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        throw jsonParserError('A JSON object is expected');
    }
    const input = body as Record<string, unknown>;
    return {
        externalCredential: requiredText(input, 'externalCredential'),
        principalName: requiredText(input, 'principalName'),
        principalType: readPrincipalType(requiredText(input, 'principalType'))
    };
}

export function readPrincipalType(text: string): PrincipalType {
    if (!PRINCIPAL_TYPES.includes(text)) {
        const allowed = PRINCIPAL_TYPES.join(', ');
        throw postBodyParseError(
            `Invalid value "${text}" for the property principalType. Valid values are: ${allowed}.`
        );
    }
    if (text === 'AwsStsPrincipal') {
        throw invalidInput('The external credential has no principal of type AwsStsPrincipal.');
    }
    return text as PrincipalType;
}

function readCredentials(value: unknown): CredentialInput['credentials'] {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw invalidInput('The property credentials is required.');
    }
    const entries = Object.entries(value).map(([name, item]) => {
        const { value: text, encrypted } = (item ?? {}) as Record<string, unknown>;
        if (typeof text !== 'string' || text === '') {
            throw invalidInput(`The credential "${name}" needs a value.`);
        }
        return [name, { value: text, encrypted: encrypted === true }] as const;
    });
    return new Map(entries);
}

export function requiredText(input: Readonly<Record<string, unknown>>, property: string): string {
    const value = input[property];
    if (typeof value !== 'string' || value === '') {
        throw invalidInput(`The property ${property} is required.`);
    }
    return value;
}
