import { KIND_BY_SETTINGS_NAME, KIND_BY_SUFFIX, type MetadataKind } from '../kinds.ts';
import type { MetadataFile } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { metadataType, type Content } from '../typings.ts';
import { child, type XmlElement } from '../xml.ts';

const ALL_KINDS: readonly MetadataKind[] = [
    ...Object.values(KIND_BY_SUFFIX),
    ...Object.values(KIND_BY_SETTINGS_NAME)
].sort();

const unknownElement: Rule = {
    id: 'unknown-element',
    severity: 'error',
    title: 'Element that the Metadata API does not have',
    why: 'A deploy refuses the file: "Element {http://soap.sforce.com/2006/04/metadata}… invalid at this location".',
    fix: 'Remove the element, or write it as the Metadata API names it.',
    kinds: ALL_KINDS,
    *check(file) {
        if (file.root.name !== file.kind) {
            yield problemAt(file.root, `The root element is ${file.root.name} instead of ${file.kind}.`);
            return;
        }
        yield* walk(file, function* (element, content, path) {
            for (const inner of element.children) {
                if (content.kind !== 'object') {
                    yield problemAt(inner, `${path} holds a value, not elements such as ${inner.name}.`);
                } else if (!content.members.has(inner.name) && !wasIn(file, `${path}.${inner.name}`)) {
                    yield problemAt(inner, `${path} has no element ${inner.name}${suggestion(inner.name, content)}.`);
                }
            }
        });
    }
};

/** Required by the typings, and left out by projects that deploy. */
const LEFT_OUT: ReadonlySet<string> = new Set(['ConnectedApp.oauthPolicy.ipRelaxation']);

const missingElement: Rule = {
    id: 'missing-element',
    severity: 'error',
    title: 'Required element left out',
    why: 'A deploy refuses the file: "Required field is missing".',
    fix: 'Add the element.',
    // Of the many lists in a permission set the typings require more than the platform does.
    kinds: ALL_KINDS.filter((kind) => kind !== 'PermissionSet'),
    *check(file) {
        yield* walk(file, function* (element, content, path) {
            for (const [name, member] of content.kind === 'object' ? content.members : []) {
                if (member.required && child(element, name) === undefined && !LEFT_OUT.has(`${path}.${name}`)) {
                    yield problemAt(element, `${path} needs the element ${name}.`);
                }
            }
        });
    }
};

const invalidValue: Rule = {
    id: 'invalid-value',
    severity: 'error',
    title: 'Value outside of those that the Metadata API takes',
    why: 'A deploy refuses the file: "… is not a valid value for the enum …".',
    fix: 'Write one of the values that the message lists; upper and lower case count.',
    kinds: ALL_KINDS,
    *check(file) {
        yield* walk(file, function* (element, content, path) {
            if (file.placeholders.isIn(element.text) || (isProtocol(path) && PROTOCOL.test(element.text))) {
                return;
            }
            const allowed = allowedValues(content);
            if (allowed && !allowed.includes(element.text)) {
                yield problemAt(element, `${path} is "${element.text}"; it takes ${listOf(allowed)}.`);
            } else if (content.kind === 'number' && (element.text === '' || !Number.isFinite(Number(element.text)))) {
                yield problemAt(element, `${path} is "${element.text}"; it takes a number.`);
            }
        });
    }
};

const PROTOCOL = /^oauth$/i;

/** The same word, spelled in two ways by two types. */
const SPELLINGS: Readonly<Partial<Record<MetadataKind, string>>> = {
    ExternalAuthIdentityProvider: 'OAuth',
    ExternalCredential: 'Oauth'
};

const protocolSpelling: Rule = {
    id: 'protocol-spelling',
    severity: 'error',
    title: '"OAuth" where the type writes "Oauth", or the other way round',
    why: 'External credentials take "Oauth", external auth identity providers and the Connect API take "OAuth"; a deploy refuses the other spelling.',
    fix: 'Write Oauth in an external credential and OAuth in an external auth identity provider.',
    kinds: ['ExternalAuthIdentityProvider', 'ExternalCredential'],
    *check(file) {
        const element = child(file.root, 'authenticationProtocol');
        const expected = SPELLINGS[file.kind];
        if (element && PROTOCOL.test(element.text) && element.text !== expected) {
            yield problemAt(element, `The protocol is written "${element.text}"; ${file.kind} takes "${expected}".`);
        }
    }
};

const elementsNotAdjacent: Rule = {
    id: 'elements-not-adjacent',
    severity: 'error',
    title: 'Repeated element that does not follow its like',
    why: 'The Metadata API reads a list as one run of elements and refuses the file: "Element … is duplicated at this location".',
    fix: 'Move the element next to the others of its name; alphabetical order is always right.',
    kinds: ALL_KINDS,
    *check(file) {
        yield* walk(file, function* (element, _content, path) {
            const closed = new Set<string>();
            let previous: string | undefined;
            for (const inner of element.children) {
                if (inner.name !== previous && closed.has(inner.name)) {
                    yield problemAt(
                        inner,
                        `${path} has other elements between this ${inner.name} and the ones before.`
                    );
                }
                closed.add(inner.name);
                previous = inner.name;
            }
        });
    }
};

type Visit = (element: XmlElement, content: Content, path: string) => Iterable<Problem>;

/** Visits the elements whose content the typings know, parents first. */
function* walk(file: MetadataFile, visit: Visit): Generator<Problem> {
    const content = metadataType(file.kind);
    if (content && file.root.name === file.kind) {
        yield* walkElement(file.root, content, file.kind, visit);
    }
}

function* walkElement(element: XmlElement, content: Content, path: string, visit: Visit): Generator<Problem> {
    yield* visit(element, content, path);
    for (const inner of content.kind === 'object' ? element.children : []) {
        const member = content.kind === 'object' ? content.members.get(inner.name) : undefined;
        if (member) {
            yield* walkElement(inner, member.content(), `${element.name}.${inner.name}`, visit);
        }
    }
}

function allowedValues(content: Content): readonly string[] | undefined {
    return content.kind === 'enum' ? content.values : content.kind === 'boolean' ? ['true', 'false'] : undefined;
}

function listOf(values: readonly string[]): string {
    const shown = values.slice(0, 8).join(', ');
    return values.length > 8 ? `${shown} and ${values.length - 8} more` : shown;
}

function isProtocol(path: string): boolean {
    return path.endsWith('.authenticationProtocol') && !path.startsWith('NamedCredential');
}

/** An element of the type whose name differs in case only, or that holds what was meant. */
function suggestion(name: string, content: Content): string {
    const members = content.kind === 'object' ? [...content.members.keys()] : [];
    const meant = members.find((member) => member.toLowerCase() === name.toLowerCase()) ?? MEANT[name];
    return meant === undefined ? '' : `; meant is ${meant}`;
}

/** Whether the version that the project deploys with still had an element that the typings no longer have. */
function wasIn({ apiVersion }: MetadataFile, path: string): boolean {
    const last = LAST_VERSIONS[path];
    return last !== undefined && apiVersion !== undefined && apiVersion <= last;
}

/** Source: Metadata API Developer Guide and the WSDL of version 66: the last version with an element. */
const LAST_VERSIONS: Readonly<Record<string, number>> = {
    'ExtlClntAppOauthConfigurablePolicies.isNamedUserJwtEnabled': 63,
    'ExternalCredential.externalCredentialParameters.principal': 57,
    'ConnectedApp.pluginExecutionUser': 66
};

/** Elements that samples in circulation have and the Metadata API has not. */
const MEANT: Readonly<Record<string, string>> = {
    principals: 'externalCredentialParameters with parameterType NamedPrincipal or PerUserPrincipal',
    authenticationProtocolVariant: 'externalCredentialParameters with parameterType AuthProtocolVariant',
    oauthTokenEndpoint: 'an external credential with parameterType AuthProviderUrl',
    ipRelaxation: 'ipRelaxationPolicyType of ExtlClntAppOauthConfigurablePolicies',
    refreshTokenPolicy: 'refreshTokenPolicyType of ExtlClntAppOauthConfigurablePolicies'
};

export const schemaRules = [unknownElement, missingElement, invalidValue, protocolSpelling, elementsNotAdjacent];
