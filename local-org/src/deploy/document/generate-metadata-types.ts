import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import type { MetadataTypeTable } from './metadata-types.ts';

/**
 * Reads the Metadata API's own typings (@salesforce/types) into the table of element names, kinds and enumerations that
 * the deploy checks documents against. Run this file with node to write `metadata-types.json` again; a test fails when
 * the file and the typings differ.
 */
const ROOTS = [
    'ApexClass',
    'ApexComponent',
    'ApexPage',
    'ApexTestSuite',
    'ApexTrigger',
    'AuthProvider',
    'Certificate',
    'ConnectedApp',
    'CorsWhitelistOrigin',
    'CspTrustedSite',
    'CustomApplication',
    'CustomIndex',
    'CustomLabels',
    'CustomMetadata',
    'CustomNotificationType',
    'CustomObject',
    'CustomPermission',
    'CustomTab',
    'ExternalAuthIdentityProvider',
    'ExternalClientApplication',
    'ExternalCredential',
    'ExternalServiceRegistration',
    'ExtlClntAppConfigurablePolicies',
    'ExtlClntAppGlobalOauthSettings',
    'ExtlClntAppOauthConfigurablePolicies',
    'ExtlClntAppOauthSettings',
    'FlexiPage',
    'GlobalValueSet',
    'Layout',
    'NamedCredential',
    'PermissionSet',
    'PermissionSetGroup',
    'PlatformCachePartition',
    'PlatformEventSubscriberConfig',
    'Profile',
    'RemoteSiteSetting',
    'StaticResource'
];

const SCALARS = new Set(['boolean', 'number', 'string', 'any']);

export function generateMetadataTypes(): MetadataTypeTable {
    const path = createRequire(import.meta.url)
        .resolve('@salesforce/types/metadata')
        .replace(/\.js$/, '.d.ts');
    const source = ts.createSourceFile('metadata.d.ts', readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
    const declarations = new Map(
        source.statements.filter(ts.isTypeAliasDeclaration).map((statement) => [statement.name.text, statement.type])
    );
    const types: Record<string, Record<string, string>> = {};
    const enums: Record<string, string[]> = {};
    const pending = [...ROOTS, ...[...declarations.keys()].filter((name) => name.endsWith('Settings'))];
    while (pending.length > 0) {
        const name = pending.pop() ?? '';
        const declared = declarations.get(name);
        if (!declared || types[name] || enums[name]) {
            continue;
        }
        const values = enumValues(declared);
        const members = elementsOf(declared, declarations);
        if (values) {
            enums[name] = values;
        } else if (members) {
            types[name] = members;
            pending.push(...Object.values(members).map(bareType));
        }
    }
    return { types: sorted(types), enums: sorted(enums) };
}

/** `ExternalCredentialParameter[]!` to `ExternalCredentialParameter`. */
function bareType(kind: string): string {
    return kind.replace('!', '').replace('[]', '');
}

function enumValues(node: ts.TypeNode): string[] | undefined {
    const parts = ts.isUnionTypeNode(node) ? [...node.types] : [node];
    const values = parts.flatMap((part) =>
        ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal) ? [part.literal.text] : []
    );
    return values.length === parts.length ? values : undefined;
}

function elementsOf(
    node: ts.TypeNode,
    declarations: ReadonlyMap<string, ts.TypeNode>
): Record<string, string> | undefined {
    if (ts.isIntersectionTypeNode(node)) {
        const parts = node.types.map((part) => elementsOf(part, declarations));
        return parts.reduce((all, part) => all && part && { ...all, ...part }, {});
    }
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
        const target = declarations.get(node.typeName.text);
        return target && elementsOf(target, declarations);
    }
    if (!ts.isTypeLiteralNode(node)) {
        return undefined;
    }
    const elements: Record<string, string> = {};
    for (const member of node.members) {
        if (ts.isPropertySignature(member) && member.type && ts.isIdentifier(member.name)) {
            elements[member.name.text] = elementKind(member.type, member.questionToken !== undefined, declarations);
        }
    }
    return elements;
}

function elementKind(node: ts.TypeNode, optional: boolean, declarations: ReadonlyMap<string, ts.TypeNode>): string {
    if (ts.isArrayTypeNode(node)) {
        return `${elementKind(node.elementType, true, declarations)}[]`;
    }
    return namedKind(node, declarations) + (optional ? '' : '!');
}

/** Aliases of string (`type ID = string`) count as text. */
function namedKind(node: ts.TypeNode, declarations: ReadonlyMap<string, ts.TypeNode>): string {
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
        const target = declarations.get(node.typeName.text);
        return target && !isAliasOfScalar(target) ? node.typeName.text : 'string';
    }
    const text = ts.tokenToString(node.kind) ?? 'string';
    return SCALARS.has(text) ? text : 'string';
}

function isAliasOfScalar(node: ts.TypeNode): boolean {
    return SCALARS.has(ts.tokenToString(node.kind) ?? '');
}

function sorted<T>(table: Record<string, T>): Record<string, T> {
    return Object.fromEntries(Object.entries(table).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** One type a line: short enough to read, and a new release of the typings gives a readable difference. */
export function printMetadataTypes(table: MetadataTypeTable): string {
    const lines = (entries: object): string =>
        Object.entries(entries)
            .map(([name, value]) => `        ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
            .join(',\n');
    const comment = 'Written by generate-metadata-types.ts from @salesforce/types; run that file to update.';
    return `{\n    "comment": "${comment}",\n    "types": {\n${lines(table.types)}\n    },\n    "enums": {\n${lines(table.enums)}\n    }\n}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
    writeFileSync(new URL('metadata-types.json', import.meta.url), printMetadataTypes(generateMetadataTypes()));
}
