import { evaluateFormula, toText, type FormulaScope } from '../schema/formula/evaluate-formula.ts';
import { ofTexts, type FormulaFunction } from '../schema/formula/formula-arguments.ts';
import { FormulaError } from '../schema/formula/parse-formula.ts';
import { templateFormula } from '../schema/formula/parse-template.ts';
import { NOT_FULLY_CONFIGURED } from './messages.ts';
import { CalloutFailure } from './types.ts';
import type { ExternalCredential } from '../org/external-credential.ts';
import type { CredentialSet } from '../org/principal-credentials.ts';

/** What `$Credential` stands for in one callout. */
export interface CredentialFields {
    readonly credential: ExternalCredential;
    readonly stored: CredentialSet | undefined;
    /** Of the protocol OAuth. */
    readonly token: string | undefined;
}

/**
 * A header or body with its merge fields and formulas. Throws CalloutFailure. Source: Apex Developer Guide, "Merge Fields for
 * Apex Callouts That Use Named Credentials"; help, "Use API Keys in Custom Headers with Named Credentials".
 */
export function mergeFields(text: string, fields: CredentialFields, now: number): string {
    if (!text.includes('{!')) return text;
    const scope: FormulaScope = {
        field: (path) => fieldOf(path, fields),
        isNew: false,
        now,
        timeZone: 'GMT',
        blankAsZero: false,
        functions: FUNCTIONS
    };
    try {
        return toText(evaluateFormula(templateFormula(text), scope));
    } catch (error) {
        throw error instanceof FormulaError ? new CalloutFailure(error.message) : error;
    }
}

/** Functions of callouts that formulas of records have not. */
const FUNCTIONS: ReadonlyMap<string, FormulaFunction> = new Map([
    ['BASE64ENCODE', ofTexts(([text = '']) => Buffer.from(text).toString('base64'))],
    ['BLOB', ofTexts(([text = '']) => text)]
]);

/** `$Credential.<external credential>.<parameter>` of the protocol Custom, else a field of the callout's own credential. */
function fieldOf(path: readonly string[], fields: CredentialFields): string | null {
    const [root = '', name = '', parameter] = path;
    if (root.toLowerCase() !== '$credential') {
        throw new FormulaError(`The local org does not support the merge field ${path.join('.')} in callouts`);
    }
    const value = parameter === undefined ? ownField(name, fields) : parameterOf(name, parameter, fields);
    if (value === undefined) throw new FormulaError(`Field ${path.join('.')} does not exist. Check spelling.`);
    return value;
}

function parameterOf(owner: string, name: string, { credential, stored }: CredentialFields): string | undefined {
    if (credential.protocol !== 'Custom' || owner.toLowerCase() !== credential.name.toLowerCase()) return undefined;
    const entry = [...(stored ?? [])].find(([key]) => key.toLowerCase() === name.toLowerCase());
    if (entry === undefined) throw new CalloutFailure(NOT_FULLY_CONFIGURED);
    return entry[1].value;
}

function ownField(name: string, fields: CredentialFields): string | null | undefined {
    const { credential, stored, token } = fields;
    const isBasic = credential.protocol === 'Basic';
    const isOauth = credential.protocol === 'Oauth';
    switch (name.toLowerCase()) {
        case 'username':
            return isBasic ? stored?.get('username')?.value : undefined;
        case 'password':
            return isBasic ? stored?.get('password')?.value : undefined;
        case 'oauthtoken':
            return isOauth ? token : undefined;
        case 'oauthconsumerkey':
            return isOauth ? stored?.get('clientId')?.value : undefined;
        case 'authorizationmethod':
            return isBasic ? 'Basic' : isOauth ? 'Bearer' : null;
        case 'authorizationheadervalue':
            return isBasic ? basicValue(stored) : isOauth ? token : null;
        default:
            return undefined;
    }
}

/** User name and password as the scheme Basic joins them (RFC 7617). */
export function basicValue(stored: CredentialSet | undefined): string {
    const [user, password] = ['username', 'password'].map((name) => stored?.get(name)?.value);
    if (user === undefined || password === undefined) throw new CalloutFailure(NOT_FULLY_CONFIGURED);
    return Buffer.from(`${user}:${password}`).toString('base64');
}
