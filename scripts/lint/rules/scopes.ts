import { isSalesforceTokenUrl, usesClientCredentials } from '../credentials.ts';
import { parametersOfType } from '../parameters.ts';
import type { MetadataFile } from '../project.ts';
import { problemAt, type Rule } from '../rule.ts';
import { metadataType } from '../typings.ts';
import { child, childrenNamed, type XmlElement } from '../xml.ts';

interface Scope {
    readonly name: string;
    readonly element: XmlElement;
}

function* scopesOf(file: MetadataFile): Generator<Scope> {
    const config = child(file.root, 'oauthConfig');
    for (const element of config ? childrenNamed(config, 'scopes') : []) {
        yield { name: element.text, element };
    }
    for (const list of ['commaSeparatedOauthScopes', 'defaultScopes', 'oauthScope']) {
        const element = child(file.root, list);
        yield* element ? split(element.text, element) : [];
    }
    if (file.kind === 'ExternalCredential') {
        for (const { value, place } of scopeParameters(file)) {
            yield* split(value ?? '', place);
        }
    }
}

function split(list: string, element: XmlElement): Scope[] {
    return list
        .split(/[\s,]+/)
        .filter((name) => name !== '')
        .map((name) => ({ name, element }));
}

function scopeParameters(file: MetadataFile): ReturnType<typeof parametersOfType> {
    return parametersOfType(file, 'AuthParameter').filter(({ name }) => name?.toLowerCase() === 'scope');
}

const fullScope: Rule = {
    id: 'full-scope',
    severity: 'error',
    title: 'Scope "full"',
    why: 'A stolen token of this scope opens everything its user can reach, on every API and in the user interface.',
    fix: 'Ask for what the integration calls: Api (api), plus RefreshToken (refresh_token) only in a browser flow.',
    kinds: ['AuthProvider', 'ConnectedApp', 'ExternalCredential', 'ExtlClntAppOauthSettings', 'NamedCredential'],
    *check(file) {
        for (const { name, element } of scopesOf(file)) {
            if (name.toLowerCase() === 'full') {
                yield problemAt(element, `The scope "${name}" is asked for.`);
            }
        }
    }
};

/** The one scope that External Client Apps name differently from connected apps. */
const RENAMED: Readonly<Record<string, string>> = { SFAP: 'SFApiPlatform' };

const unknownScope: Rule = {
    id: 'unknown-scope',
    severity: 'error',
    title: 'Scope that External Client Apps do not have',
    why: 'Metadata names scopes differently from the OAuth protocol ("Api", not "api"); a deploy refuses other names.',
    fix: 'Use the names of the Metadata API, separated by commas: Api, RefreshToken, OpenID, Web and so on.',
    kinds: ['ExtlClntAppOauthSettings'],
    *check(file) {
        const scopes = metadataType('ConnectedAppOauthAccessScope');
        const names = scopes?.kind === 'enum' ? scopes.values.map((name) => RENAMED[name] ?? name) : [];
        for (const { name, element } of scopesOf(file)) {
            if (!names.includes(name) && !file.placeholders.isIn(name)) {
                const meant = RENAMED[name] ?? names.find((known) => same(known, name));
                yield problemAt(element, `There is no scope "${name}"${meant ? `; meant is ${meant}` : ''}.`);
            }
        }
    }
};

/** `refresh_token` and `RefreshToken`, `chatter_api` and `Chatter`. */
function same(known: string, written: string): boolean {
    const bare = written.toLowerCase().replaceAll('_', '');
    return bare === known.toLowerCase() || bare === `${known.toLowerCase()}api`;
}

const scopeWithClientCredentials: Rule = {
    id: 'scope-with-client-credentials',
    severity: 'error',
    title: 'Scope sent with the client credentials flow',
    why: 'The token endpoint of a Salesforce org refuses the parameter in this flow: "scope parameter not supported".',
    fix: 'Remove the parameter Scope; the app of the target org decides the scopes.',
    kinds: ['ExternalCredential'],
    *check(file) {
        const [tokenUrl] = parametersOfType(file, 'AuthProviderUrl');
        if (!usesClientCredentials(file) || !isSalesforceTokenUrl(tokenUrl?.value ?? '')) {
            return;
        }
        for (const { element } of scopeParameters(file)) {
            yield problemAt(element, 'A scope is sent to the token endpoint of a Salesforce org.');
        }
    }
};

export const scopeRules = [fullScope, unknownScope, scopeWithClientCredentials];
