import type { Node } from '../syntax/ast.ts';
import type { BodyContext } from './body-context.ts';
import { bindName } from './bind-names.ts';
import type { BoundExpression, NamedVariable } from './bound.ts';
import { chain } from './hierarchy.ts';
import type { PlatformMember } from './platform-members.ts';
import type { ClassSymbol } from './symbols.ts';

/** Methods whose first argument may name variables of the caller (Apex Developer Guide, Dynamic SOQL, Dynamic SOSL). */
const DYNAMIC_QUERIES: Readonly<Record<string, ReadonlySet<string>>> = {
    'System.Database': new Set(['query', 'countquery', 'getquerylocator']),
    'System.Search': new Set(['query', 'find'])
};

/** The variables that a dynamic query may name; undefined for any other call, and for text that names none. */
export function queryVariables(
    context: BodyContext,
    { className, name, parameters }: PlatformMember,
    args: readonly BoundExpression[],
    at: Node
): readonly NamedVariable[] | undefined {
    const isQuery = DYNAMIC_QUERIES[className]?.has(name.toLowerCase()) ?? false;
    const [text] = args;
    if (!isQuery || parameters[0]?.name !== 'String' || text === undefined) return undefined;
    if (text.kind === 'constant' && !text.text.includes(':')) return undefined;
    return visibleNames(context).map((variable) => ({
        name: variable,
        value: bindName(context, { kind: 'name', name: variable, line: at.line, column: at.column })
    }));
}

/** Lower-case names of locals, of fields of the class and its bases, and of static fields of its outer class. */
function visibleNames(context: BodyContext): string[] {
    const names = new Set(context.localNames());
    for (let scope: ClassSymbol | undefined = context.owner; scope !== undefined; scope = scope.outer) {
        for (const symbol of chain(context.world, scope)) {
            for (const field of symbol.fields.values()) {
                const isInReach = field.isStatic || (scope === context.owner && !context.isStatic);
                const isReadable = field.property === undefined || field.property.getter !== undefined;
                if (isInReach && isReadable && context.canSee(field.owner, field.visibility, field.annotations)) {
                    names.add(field.name.toLowerCase());
                }
            }
        }
    }
    return [...names];
}
