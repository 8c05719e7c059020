/** Reads from a component's TypeScript which members its template and its parents may use. */
import ts from 'typescript';

export interface ComponentClass {
    name: string;
    /** What `{…}` in the template may name. */
    members: ReadonlySet<string>;
    /** What a parent may set: the `@api` members. */
    publicMembers: ReadonlySet<string>;
}

/** Members that a component has from the class it extends. */
const INHERITED = new Map([['LightningModal', ['label', 'size', 'description', 'disableClose']]]);

/** A module without a class has no members. */
export function readComponentClass(path: string, source: string): ComponentClass {
    const file = ts.createSourceFile(path, source, ts.ScriptTarget.ESNext, true);
    const declaration = file.statements.find(ts.isClassDeclaration);
    const members = declaration?.members.filter(ts.isClassElement) ?? [];
    const base = declaration?.heritageClauses?.[0]?.types[0]?.expression.getText(file) ?? '';
    const inherited = INHERITED.get(base) ?? [];
    return {
        name: declaration?.name?.text ?? path,
        members: new Set([...inherited, ...namesOf(members)]),
        publicMembers: new Set([...inherited, ...namesOf(members.filter(isPublic))])
    };
}

function namesOf(members: readonly ts.ClassElement[]): string[] {
    return members.flatMap(({ name }) => (name !== undefined && ts.isIdentifier(name) ? name.text : []));
}

function isPublic(member: ts.ClassElement): boolean {
    const decorators = ts.canHaveDecorators(member) ? (ts.getDecorators(member) ?? []) : [];
    return decorators.some(({ expression }) => ts.isIdentifier(expression) && expression.text === 'api');
}
