import { usesJwt } from '../credentials.ts';
import { parametersOfType, type Parameter } from '../parameters.ts';
import type { MetadataFile } from '../project.ts';
import { problemAt, type Rule } from '../rule.ts';
import { textOf } from '../xml.ts';

function signsAssertions(file: MetadataFile): boolean {
    return usesJwt(file) || textOf(file.root, 'authenticationProtocol') === 'Jwt';
}

function claim(file: MetadataFile, name: string): Parameter | undefined {
    return parametersOfType(file, 'JwtBodyClaim').find((parameter) => parameter.name === name);
}

const jwtWithoutCertificate: Rule = {
    id: 'jwt-without-certificate',
    severity: 'error',
    title: 'JWT flow without a signing certificate',
    why: 'A deploy refuses the credential: "… requires the following external credential parameter types: SigningCertificate".',
    fix: 'Add a parameter of type SigningCertificate with the element certificate.',
    kinds: ['ExternalCredential'],
    *check(file) {
        if (signsAssertions(file) && parametersOfType(file, 'SigningCertificate').length === 0) {
            yield problemAt(file.root, `${file.name} signs assertions and names no certificate.`);
        }
    }
};

const jwtAudienceNotJson: Rule = {
    id: 'jwt-audience-not-json',
    severity: 'error',
    title: 'JWT audience that is not JSON',
    why: 'The claim aud is written as JSON, a quoted string or a list of them: "The JWT aud claim has invalid JSON syntax".',
    fix: 'Put the audience into double quotes: "https://login.salesforce.com".',
    kinds: ['ExternalCredential'],
    *check(file) {
        const audience = claim(file, 'aud');
        const value = audience?.value ?? '';
        // What is filled in as a whole may bring its own quotes.
        const unknown =
            value.startsWith('{!') ||
            (!value.includes('"') && /^\W*\w+\W*$/.test(value) && file.placeholders.isIn(value));
        if (audience && !unknown && !isAudience(value)) {
            yield problemAt(audience.place, 'The claim aud is neither a JSON string nor a list of JSON strings.');
        }
    }
};

function isAudience(json: string): boolean {
    try {
        const value: unknown = JSON.parse(json);
        return typeof value === 'string' || (Array.isArray(value) && value.every((entry) => typeof entry === 'string'));
    } catch {
        return false;
    }
}

const REQUIRED_CLAIMS: readonly string[] = ['aud', 'iss', 'sub'];

const jwtClaimMissing: Rule = {
    id: 'jwt-claim-missing',
    severity: 'error',
    title: 'JWT bearer flow without issuer, subject or audience',
    why: 'The target takes the app from iss, the user from sub and checks aud; an assertion without one of them is invalid.',
    fix: 'Add the parameters of type JwtBodyClaim: iss (consumer key), sub (user name) and aud.',
    kinds: ['ExternalCredential'],
    *check(file) {
        const missing = REQUIRED_CLAIMS.filter((name) => claim(file, name)?.value === undefined);
        if (usesJwt(file) && missing.length > 0) {
            yield problemAt(file.root, `The claims lack ${missing.join(', ')}.`);
        }
    }
};

export const jwtRules = [jwtWithoutCertificate, jwtAudienceNotJson, jwtClaimMissing];
