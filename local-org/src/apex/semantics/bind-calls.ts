import type { CallExpression, Expression, MethodCallExpression } from '../syntax/ast.ts';
import { EXCEPTION, OBJECT, platformType } from '../types/apex-types.ts';
import { staticEnumCall, universalCall } from './bind-common-calls.ts';
import { customDataCall } from './bind-custom-data.ts';
import { bindExpression } from './bind-expressions.ts';
import { bindQualifier, navigate, type Qualifier } from './bind-names.ts';
import { objectToken } from './bind-sobjects.ts';
import { valueCall } from './bind-value-calls.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound.ts';
import {
    callMethod,
    callMethods,
    callNatives,
    callText,
    failedCall,
    isError,
    parameterTypes,
    unknownMethod
} from './call-members.ts';
import { diagnostics } from './diagnostics.ts';
import { inheritedNatives, methodsOf, platformMethods } from './method-lookup.ts';
import { chooseOverload } from './overloads.ts';
import { type ClassSymbol, describeCall, describeMethod } from './symbols.ts';

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
    if (args.some(isError)) return failedCall(node);
    const scope = scopeOfCall(context, node.name, args);
    if (scope !== undefined) {
        const self: BoundExpression = { kind: 'this', type: scope.type, line: node.line };
        const isOwn = scope === context.owner;
        const methods = methodsOf(context, scope, node.name);
        return callMethods(context, isOwn && !context.isStatic ? self : undefined, scope, methods, args, node, isOwn);
    }
    const universal = context.isStatic
        ? undefined
        : universalCall(context, { kind: 'this', type: context.owner.type, line: node.line }, node.name, args, node);
    return universal ?? unknownMethod(context, node, args, context.owner.type);
}

/** The class, or the next one around it, with a method that takes the arguments; else the first that has the name. */
function scopeOfCall(context: BodyContext, name: string, args: readonly BoundExpression[]): ClassSymbol | undefined {
    let named: ClassSymbol | undefined;
    for (let scope: ClassSymbol | undefined = context.owner; scope !== undefined; scope = scope.outer) {
        const methods = methodsOf(context, scope, name);
        const isOwn = scope === context.owner && !context.isStatic;
        const inherited = isOwn ? inheritedNatives(context, scope, name) : [];
        if (methods.length === 0 && inherited.length === 0) continue;
        named ??= scope;
        const takesArguments = chooseOverload(context.world, methods, parameterTypes, args).kind !== 'none';
        if (takesArguments || inherited.length > 0) return scope;
    }
    return named;
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
    if (args.some(isError)) return failedCall(node);
    if (qualifier.kind === 'type') return staticCall(context, qualifier, node, args);
    return navigate(qualifier.value, node.safe, node, (receiver) => valueCall(context, receiver, node, args));
}

function staticCall(
    context: BodyContext,
    { type }: Extract<Qualifier, { kind: 'type' }>,
    node: MethodCallExpression,
    args: readonly BoundExpression[]
): BoundExpression {
    if (type === undefined) return unknownMethod(context, node, args, OBJECT);
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

function superCall(context: BodyContext, node: MethodCallExpression): BoundExpression {
    const args = bindArguments(context, node.args);
    if (args.some(isError)) return failedCall(node);
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
        return unknownMethod(context, node, args, base.type);
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
