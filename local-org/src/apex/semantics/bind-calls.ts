import type { CallExpression, Expression, MethodCallExpression, Node } from '../syntax/ast.ts';
import { BOOLEAN, EXCEPTION, INTEGER, listOf, OBJECT, platformType, SOBJECT, STRING } from '../types/apex-types.ts';
import type { ApexType, PlatformType } from '../types/types.ts';
import type { BodyContext } from './body-context.ts';
import { customDataCall } from './bind-custom-data.ts';
import { bindExpression } from './bind-expressions.ts';
import { bindQualifier, navigate, type Qualifier } from './bind-names.ts';
import { fieldToken, objectToken } from './bind-sobjects.ts';
import type { BoundExpression } from './bound.ts';
import { convert, tryConvert } from './convert.ts';
import { diagnostics } from './diagnostics.ts';
import { isEnum, isInterface } from './hierarchy.ts';
import { inheritedFrom, inheritedNatives, methodsOf, platformMethods } from './method-lookup.ts';
import { isObjectMethod } from './object-methods.ts';
import { chooseOverload } from './overloads.ts';
import type { PlatformMember } from './platform-members.ts';
import { elementOfQuery } from './query-values.ts';
import { annotation, describeCall, describeMethod, type ClassSymbol, type MethodSymbol } from './symbols.ts';
import { queryVariables } from './visible-variables.ts';
import { ERROR_TYPE } from './world.ts';

export function bindArguments(context: BodyContext, args: readonly Expression[]): BoundExpression[] {
    return args.map((arg) => bindExpression(context, arg));
}

/** `run(1)`: a method of this class or its bases, else a static one of the outer class. */
export function bindCall(context: BodyContext, node: CallExpression): BoundExpression {
    const call = bindOwnCall(context, node);
    const method = context.inConstructorCall ? methodOfThis(call) : undefined;
    return method === undefined ? call : context.error(node, diagnostics.instanceMethodInCall(method));
}

/** The method called, as the platform's compiler writes it, when its receiver is the object of the code. */
function methodOfThis(call: BoundExpression): string | undefined {
    if (!('target' in call) || call.target?.kind !== 'this') return undefined;
    if (call.kind === 'userCall') return describeMethod(call.method);
    if (call.kind === 'universalCall') return `${call.type.name} Object.${call.name}()`;
    if (call.kind !== 'nativeCall') return undefined;
    const owner = call.className === 'System.Exception' ? 'System.ApexBaseException' : call.className;
    const types = call.args.map((arg) => arg.type);
    return `${call.type.name} ${describeCall(`${owner}.${call.name}`, types)}`;
}

function bindOwnCall(context: BodyContext, node: CallExpression): BoundExpression {
    const args = bindArguments(context, node.args);
    if (args.some(isError)) return failed(node);
    for (let scope: ClassSymbol | undefined = context.owner; scope !== undefined; scope = scope.outer) {
        const methods = methodsOf(context, scope, node.name);
        const inherited =
            scope === context.owner && !context.isStatic ? inheritedNatives(context, scope, node.name) : [];
        if (methods.length === 0 && inherited.length === 0) continue;
        const self: BoundExpression = { kind: 'this', type: scope.type, line: node.line };
        const isOwn = scope === context.owner;
        return callMethods(context, isOwn && !context.isStatic ? self : undefined, scope, methods, args, node, isOwn);
    }
    const universal = context.isStatic
        ? undefined
        : universalCall(context, { kind: 'this', type: context.owner.type, line: node.line }, node.name, args, node);
    return universal ?? unknown(context, node, args, context.owner.type);
}

export function bindMethodCall(context: BodyContext, node: MethodCallExpression): BoundExpression {
    const { target } = node;
    if (target.kind === 'super') return superCall(context, node);
    const qualifier: Qualifier | undefined =
        target.kind === 'name' || target.kind === 'member'
            ? bindQualifier(context, target)
            : { kind: 'value', value: bindExpression(context, target) };
    const args = bindArguments(context, node.args);
    if (qualifier === undefined) {
        const name = target.kind === 'name' || target.kind === 'member' ? target.name : '';
        return context.error(target, diagnostics.unknownVariable(name));
    }
    if (args.some(isError)) return failed(node);
    if (qualifier.kind === 'type') return staticCall(context, qualifier, node, args);
    return navigate(qualifier.value, node.safe, node, (receiver) => valueCall(context, receiver, node, args));
}

function staticCall(
    context: BodyContext,
    { type }: Extract<Qualifier, { kind: 'type' }>,
    node: MethodCallExpression,
    args: readonly BoundExpression[]
): BoundExpression {
    if (type === undefined) return unknown(context, node, args, OBJECT);
    const enumMethod = staticEnumCall(context, type, node, args);
    if (enumMethod !== undefined) return enumMethod;
    if (type.kind === 'user') {
        const symbol = context.world.classOf(type);
        const methods = methodsOf(context, symbol, node.name);
        return callMethods(context, undefined, symbol, methods, args, node, false);
    }
    if (type.kind === 'sobject' && node.name.toLowerCase() === 'getsobjecttype' && args.length === 0) {
        return objectToken(type.name, node);
    }
    const customData = customDataCall(context, type, node.name, args, node);
    if (customData !== undefined) return customData;
    const members = platformMethods(context, type, node.name);
    const namesake = type.kind === 'sobject' ? platformType(`System.${type.name}`) : undefined;
    const ofClass = namesake === undefined ? [] : platformMethods(context, namesake, node.name);
    if (namesake !== undefined && ofClass.length > 0) {
        return callNatives(context, undefined, namesake, ofClass, args, node);
    }
    const statics = members.filter((member) => member.isStatic);
    if (statics.length === 0 && members.length > 0) {
        return context.error(node, diagnostics.instanceMethodViaStatic(callText(node.name, args)));
    }
    return callNatives(context, undefined, type, statics, args, node);
}

function staticEnumCall(
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

/** `value.name(args)`. */
function valueCall(
    context: BodyContext,
    receiver: BoundExpression,
    node: MethodCallExpression,
    args: readonly BoundExpression[]
): BoundExpression {
    if (receiver.type === ERROR_TYPE) return failed(node);
    const fieldError = addFieldError(context, receiver, node, args);
    if (fieldError !== undefined) return fieldError;
    const { type } = receiver;
    const enumMethod = instanceEnumCall(context, receiver, node, args);
    if (enumMethod !== undefined) return enumMethod;
    if (type.kind === 'user') {
        const symbol = context.world.classOf(type);
        const methods = methodsOf(context, symbol, node.name);
        if (methods.length > 0) return callMethods(context, receiver, symbol, methods, args, node, true);
    }
    const members = platformMethods(context, type, node.name).filter((member) => !member.isStatic);
    if (members.length > 0) {
        const chosen = chooseOverload(context.world, members, (member) => member.parameters, args);
        if (chosen.kind === 'found') return callNatives(context, receiver, type, members, args, node);
    }
    const single = singleRowCall(context, receiver, node, args);
    if (single !== undefined) return single;
    const universal = universalCall(context, receiver, node.name, args, node);
    if (universal !== undefined) return universal;
    return callNatives(context, receiver, type, members, args, node);
}

/** A method of the row itself: `[SELECT Id FROM Account LIMIT 1].getSObjectType()`. */
function singleRowCall(
    context: BodyContext,
    receiver: BoundExpression,
    node: MethodCallExpression,
    args: readonly BoundExpression[]
): BoundExpression | undefined {
    const row = elementOfQuery(receiver);
    const single = row === undefined ? undefined : tryConvert(context, receiver, row);
    if (single === undefined || platformMethods(context, SOBJECT, node.name).length === 0) return undefined;
    return valueCall(context, single, node, args);
}

/** `record.Name.addError('…')` puts the error on the field, so the record is the receiver. */
function addFieldError(
    context: BodyContext,
    receiver: BoundExpression,
    node: MethodCallExpression,
    args: readonly BoundExpression[]
): BoundExpression | undefined {
    if (node.name.toLowerCase() !== 'adderror' || receiver.type.kind === 'sobject') return undefined;
    if (receiver.kind !== 'sobjectField' || receiver.role !== 'field') return undefined;
    const token = fieldToken(receiver.target.type.name, receiver.name, node);
    const [message, ...rest] = args;
    const text =
        message === undefined || message.type === STRING
            ? message
            : universalCall(context, message, 'toString', [], node);
    const all = text === undefined ? [token] : [token, text, ...rest];
    const members = platformMethods(context, SOBJECT, 'addError');
    return callNatives(context, receiver.target, SOBJECT, members, all, node);
}

function instanceEnumCall(
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
function universalCall(
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

/** Chooses among methods of the org's code and calls it. `target` is undefined for a call through the class. */
function callMethods(
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
        return unknown(context, node, args, symbol.type);
    }
    const { owner, name } = choice.candidate;
    if (owner.kind === 'interface' && target !== undefined && isObjectMethod(name, args.length)) {
        // The class behind the interface may leave it to what every object has.
        const universal = universalCall(context, target, name, args, node);
        if (universal !== undefined) return universal;
    }
    return callMethod(context, target, choice.candidate, args, node);
}

function callMethod(
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

function superCall(context: BodyContext, node: MethodCallExpression): BoundExpression {
    const args = bindArguments(context, node.args);
    if (args.some(isError)) return failed(node);
    const self: BoundExpression = { kind: 'this', type: context.owner.type, line: node.line };
    if (context.isStatic) return context.error(node.target, diagnostics.thisInStatic());
    if (context.inConstructorCall) return context.error(node.target, diagnostics.instanceVariableInCall('super'));
    const base = context.world.superclass(context.owner);
    if (base === undefined) {
        const natives = inheritedNatives(context, context.owner, node.name);
        if (natives.length > 0) return callNatives(context, self, EXCEPTION, natives, args, node);
        const universal = universalCall(context, self, node.name, args, node);
        return universal ?? context.error(node.target, diagnostics.noSuperType(context.owner.name));
    }
    const methods = methodsOf(context, base, node.name);
    const choice = chooseOverload(context.world, methods, parameterTypes, args);
    if (choice.kind !== 'found') {
        const natives = inheritedNatives(context, base, node.name);
        if (natives.length > 0) return callNatives(context, self, EXCEPTION, natives, args, node);
        return unknown(context, node, args, base.type);
    }
    const call = callMethod(context, self, choice.candidate, args, node);
    if (call.kind !== 'userCall' || call.dispatch !== 'virtual') return call;
    if (choice.candidate.isAbstract) {
        return context.error(
            node,
            diagnostics.abstractCalled(describeCall(node.name, parameterTypes(choice.candidate)))
        );
    }
    return { ...call, dispatch: 'super' };
}

/** Chooses among methods of platform classes. */
function callNatives(
    context: BodyContext,
    target: BoundExpression | undefined,
    type: ApexType,
    members: readonly PlatformMember[],
    args: readonly BoundExpression[],
    node: CallExpression | MethodCallExpression
): BoundExpression {
    const choice = chooseOverload(context.world, members, (member) => member.parameters, args);
    if (choice.kind === 'none') return unknown(context, node, args, type);
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

function callText(name: string, args: readonly BoundExpression[]): string {
    return describeCall(
        name,
        args.map((arg) => arg.type)
    );
}

function unknown(
    context: BodyContext,
    node: CallExpression | MethodCallExpression,
    args: readonly BoundExpression[],
    type: ApexType
): BoundExpression {
    return context.error(node, diagnostics.unknownMethod(callText(node.name, args), (type as PlatformType).name));
}

function isError(value: BoundExpression): boolean {
    return value.type === ERROR_TYPE;
}

function failed(at: Node): BoundExpression {
    return { kind: 'error', type: ERROR_TYPE, line: at.line };
}
