import type { CallExpression, MethodCallExpression, Node } from '../syntax/ast.ts';
import { platformType, SOBJECT } from '../types/apex-types.ts';
import type { ApexType, PlatformType } from '../types/types.ts';
import { universalCall } from './bind-common-calls.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound.ts';
import { convert } from './convert.ts';
import { diagnostics } from './diagnostics.ts';
import { isInterface } from './hierarchy.ts';
import { inheritedFrom } from './method-lookup.ts';
import { isObjectMethod } from './object-methods.ts';
import { chooseOverload } from './overloads.ts';
import type { PlatformMember } from './platform-members.ts';
import { annotation, type ClassSymbol, describeCall, type MethodSymbol } from './symbols.ts';
import { queryVariables } from './visible-variables.ts';
import { ERROR_TYPE } from './world.ts';

/** Chooses among methods of the org's code and calls it. `target` is undefined for a call through the class. */
export function callMethods(
    context: BodyContext,
    target: BoundExpression | undefined,
    symbol: ClassSymbol,
    methods: readonly MethodSymbol[],
    args: readonly BoundExpression[],
    node: CallExpression | MethodCallExpression,
    mayBeNative: boolean
): BoundExpression {
    const choice = chooseOverload(context.world, methods, parameterTypes, args);
    if (choice.kind === 'ambiguous') {
        return context.error(node, diagnostics.ambiguousMethod(callText(node.name, args)));
    }
    if (choice.kind === 'none') {
        const natives = mayBeNative ? inheritedFrom(context, symbol.type, node.name) : [];
        if (natives.length > 0 && target !== undefined) {
            return callNatives(context, target, symbol.type, natives, args, node);
        }
        const universal = target === undefined ? undefined : universalCall(context, target, node.name, args, node);
        if (universal !== undefined) return universal;
        return unknownMethod(context, node, args, symbol.type);
    }
    const { owner, name } = choice.candidate;
    if (owner.kind === 'interface' && target !== undefined && isObjectMethod(name, args.length)) {
        // The class behind the interface may leave it to what every object has.
        const universal = universalCall(context, target, name, args, node);
        if (universal?.type === choice.candidate.returns) return universal;
    }
    return callMethod(context, target, choice.candidate, args, node);
}

export function callMethod(
    context: BodyContext,
    target: BoundExpression | undefined,
    method: MethodSymbol,
    args: readonly BoundExpression[],
    node: CallExpression | MethodCallExpression
): BoundExpression {
    const text = describeCall(method.name, parameterTypes(method));
    if (!context.canSee(method.owner, method.visibility, method.annotations)) {
        return context.error(node, diagnostics.methodNotVisible(text));
    }
    if (method.isStatic && node.kind === 'methodCall' && target !== undefined) {
        return context.error(node, diagnostics.staticMethodViaInstance(text));
    }
    if (!method.isStatic && target === undefined) {
        return context.error(node, diagnostics.instanceMethodViaStatic(text));
    }
    return {
        kind: 'userCall',
        dispatch: dispatchOf(method),
        target: method.isStatic ? undefined : target,
        method,
        args: convertArguments(context, args, parameterTypes(method), node),
        type: method.returns,
        line: node.line
    };
}

function dispatchOf(method: MethodSymbol): 'static' | 'virtual' | 'future' {
    if (!method.isStatic) return 'virtual';
    return annotation(method.annotations, 'future') === undefined ? 'static' : 'future';
}

/** Chooses among methods of platform classes. */
export function callNatives(
    context: BodyContext,
    target: BoundExpression | undefined,
    type: ApexType,
    members: readonly PlatformMember[],
    args: readonly BoundExpression[],
    node: CallExpression | MethodCallExpression
): BoundExpression {
    const choice = chooseOverload(context.world, members, (member) => member.parameters, args);
    if (choice.kind === 'none') return unknownMethod(context, node, args, type);
    if (choice.kind === 'ambiguous') {
        return context.error(node, diagnostics.ambiguousMethod(callText(node.name, args)));
    }
    const member = choice.candidate;
    if (isDeprecated(context, member)) return context.error(node, diagnostics.recalculateFormulas());
    const onInterface = isInterface(context.world, platformType(member.className));
    if (member.implementation === undefined && !onInterface) {
        const call = describeCall(`${member.className}.${member.name}`, member.parameters);
        const returns = returnType(member, target, type);
        // What the receiver lacks is the reason, and comes first.
        return target?.kind === 'unsupported'
            ? { ...target, type: returns }
            : context.unsupported(node, diagnostics.notImplemented(call), returns);
    }
    return {
        kind: 'nativeCall',
        dispatch: onInterface ? 'interface' : 'class',
        target,
        className: member.className,
        key: member.implementation,
        name: member.name,
        args: convertArguments(context, args, member.parameters, node),
        variables: queryVariables(context, member, args, node),
        type: returnType(member, target, type),
        line: node.line
    };
}

/** `record.recalculateFormulas()` is gone from API version 57.0 on. */
function isDeprecated({ unit }: BodyContext, { className, name }: PlatformMember): boolean {
    return className === 'System.SObject' && name.toLowerCase() === 'recalculateformulas' && unit.apiVersion >= 57;
}

/** Copies of a record and of its lists keep their type. */
function returnType(member: PlatformMember, target: BoundExpression | undefined, type: ApexType): ApexType {
    const isCopy = member.name.toLowerCase() === 'clone' || member.name.toLowerCase() === 'deepclone';
    return isCopy && target !== undefined && member.returns === SOBJECT ? type : member.returns;
}

export function convertArguments(
    context: BodyContext,
    args: readonly BoundExpression[],
    parameters: readonly ApexType[],
    at: Node
): BoundExpression[] {
    return args.map((arg, index) => convert(context, arg, parameters[index], at));
}

export function parameterTypes(method: MethodSymbol): ApexType[] {
    return method.parameters.map((parameter) => parameter.type);
}

export function callText(name: string, args: readonly BoundExpression[]): string {
    return describeCall(
        name,
        args.map((arg) => arg.type)
    );
}

export function unknownMethod(
    context: BodyContext,
    node: CallExpression | MethodCallExpression,
    args: readonly BoundExpression[],
    type: ApexType
): BoundExpression {
    return context.error(node, diagnostics.unknownMethod(callText(node.name, args), (type as PlatformType).name));
}

export function isError(value: BoundExpression): boolean {
    return value.type === ERROR_TYPE;
}

export function failedCall(at: Node): BoundExpression {
    return { kind: 'error', type: ERROR_TYPE, line: at.line };
}
