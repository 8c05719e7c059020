import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';

/** What an element of a metadata file may hold. */
export type Content =
    | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Member> }
    | { readonly kind: 'enum'; readonly values: readonly string[] }
    | { readonly kind: 'boolean' | 'number' | 'text' };

export interface Member {
    readonly required: boolean;
    readonly content: () => Content;
}

type Declarations = ReadonlyMap<string, ts.TypeNode>;

let declarations: Declarations | undefined;
const known = new Map<string, Content>();

/** Elements of a metadata type after the Metadata API's own typings (@salesforce/types); undefined for unknown types. */
export function metadataType(name: string): Content | undefined {
    declarations ??= readDeclarations();
    return declarations.has(name) ? namedContent(name, declarations) : undefined;
}

/** Release of the typings, for messages. */
export function typingsVersion(): string {
    const path = createRequire(import.meta.url).resolve('@salesforce/types/package.json');
    return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

function readDeclarations(): Declarations {
    const path = createRequire(import.meta.url)
        .resolve('@salesforce/types/metadata')
        .replace(/\.js$/, '.d.ts');
    const source = ts.createSourceFile('metadata.d.ts', readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
    return new Map(
        source.statements.filter(ts.isTypeAliasDeclaration).map((statement) => [statement.name.text, statement.type])
    );
}

function namedContent(name: string, all: Declarations): Content {
    const cached = known.get(name);
    if (cached) {
        return cached;
    }
    const declared = all.get(name);
    const content = declared ? contentOf(declared, all) : { kind: 'text' as const };
    known.set(name, content);
    return content;
}

function contentOf(node: ts.TypeNode, all: Declarations): Content {
    if (ts.isArrayTypeNode(node)) {
        return contentOf(node.elementType, all);
    }
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
        return namedContent(node.typeName.text, all);
    }
    if (ts.isTypeLiteralNode(node) || ts.isIntersectionTypeNode(node)) {
        return { kind: 'object', members: membersOf(node, all) };
    }
    const values = literalValues(node);
    if (values.length > 0) {
        return { kind: 'enum', values };
    }
    switch (node.kind) {
        case ts.SyntaxKind.BooleanKeyword:
            return { kind: 'boolean' };
        case ts.SyntaxKind.NumberKeyword:
            return { kind: 'number' };
        default:
            return { kind: 'text' };
    }
}

function membersOf(node: ts.TypeNode, all: Declarations): ReadonlyMap<string, Member> {
    if (ts.isIntersectionTypeNode(node)) {
        return new Map(node.types.flatMap((part) => [...membersOf(part, all)]));
    }
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
        const target = all.get(node.typeName.text);
        return target ? membersOf(target, all) : new Map();
    }
    const members = new Map<string, Member>();
    for (const member of ts.isTypeLiteralNode(node) ? node.members : []) {
        if (ts.isPropertySignature(member) && member.type && ts.isIdentifier(member.name)) {
            const type = member.type;
            members.set(member.name.text, {
                // The typings write every list as required, also those that may be left out.
                required: member.questionToken === undefined && !ts.isArrayTypeNode(type),
                content: () => contentOf(type, all)
            });
        }
    }
    return members;
}

function literalValues(node: ts.TypeNode): string[] {
    const parts = ts.isUnionTypeNode(node) ? [...node.types] : [node];
    return parts.flatMap((part) =>
        ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal) ? [part.literal.text] : []
    );
}
