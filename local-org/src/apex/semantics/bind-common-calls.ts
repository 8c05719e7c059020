import type { MethodCallExpression, Node } from '../syntax/ast.ts';
import { BOOLEAN, INTEGER, listOf, OBJECT, STRING } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound.ts';
import { convert } from './convert.ts';
import { isEnum } from './hierarchy.ts';

export function staticEnumCall(
    context: BodyContext,
    type: ApexType,
    node: MethodCallExpression,
    args: readonly BoundExpression[]
): BoundExpression | undefined {
    if (!isEnum(context.world, type)) return undefined;
    const common = { kind: 'enumMethod' as const, enumType: type, target: undefined, line: node.line };
    const lower = node.name.toLowerCase();
    if (lower === 'values' && args.length === 0) {
        return { ...common, method: 'values', args: [], type: listOf(type) };
    }
    if (lower === 'valueof' && args.length === 1) {
        const name = convert(context, args[0], STRING, node);
        return { ...common, method: 'valueOf', args: [name], type };
    }
    return undefined;
}

export function instanceEnumCall(
    context: BodyContext,
    receiver: BoundExpression,
    node: MethodCallExpression,
    args: readonly BoundExpression[]
): BoundExpression | undefined {
    if (args.length > 0 || !isEnum(context.world, receiver.type)) return undefined;
    const lower = node.name.toLowerCase();
    const method = lower === 'name' ? 'name' : lower === 'ordinal' ? 'ordinal' : undefined;
    if (method === undefined) return undefined;
    const type = method === 'name' ? STRING : INTEGER;
    return { kind: 'enumMethod', method, enumType: receiver.type, target: receiver, args: [], type, line: node.line };
}

/** Methods every value has. */
export function universalCall(
    context: BodyContext,
    target: BoundExpression,
    name: string,
    args: readonly BoundExpression[],
    at: Node
): BoundExpression | undefined {
    const common = { kind: 'universalCall' as const, target, line: at.line };
    const lower = name.toLowerCase();
    if (lower === 'equals' && args.length === 1) {
        const other = convert(context, args[0], OBJECT, at);
        return { ...common, name: 'equals', args: [other], type: BOOLEAN };
    }
    if (args.length > 0) return undefined;
    if (lower === 'hashcode') return { ...common, name: 'hashCode', args: [], type: INTEGER };
    if (lower === 'clone' && target.type.kind === 'user') {
        return { ...common, name: 'clone', args: [], type: target.type };
    }
    return lower === 'tostring' ? { ...common, name: 'toString', args: [], type: STRING } : undefined;
}
