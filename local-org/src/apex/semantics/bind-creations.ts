import type {
    AssignExpression,
    Expression,
    NewArrayExpression,
    NewCollectionExpression,
    NewExpression
} from '../syntax/ast.ts';
import {
    INTEGER,
    listElement,
    listOf,
    mapEntry,
    NULL,
    setElement,
    SOBJECT,
    STRING,
    EXCEPTION
} from '../types/apex-types.ts';
import type { ApexType, PlatformType, UserType } from '../types/types.ts';
import { bindArguments } from './bind-calls.ts';
import { convertArguments, parameterTypes } from './call-members.ts';
import { bindExpression } from './bind-expressions.ts';
import { bindSObjectMember } from './bind-sobjects.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression, NewExceptionExpression, NewSObjectExpression } from './bound.ts';
import { assignment } from './conversions.ts';
import { convert, tryConvert } from './convert.ts';
import { diagnostics } from './diagnostics.ts';
import { isException } from './hierarchy.ts';
import { chooseOverload } from './overloads.ts';
import { describeCall, type ClassSymbol } from './symbols.ts';
import { generatedBase, resolveTypeRef, typeRefText } from './type-refs.ts';
import { ERROR_TYPE } from './world.ts';

export function bindNew(context: BodyContext, node: NewExpression): BoundExpression {
    const type = resolveTypeRef(context.world, node.type, context.owner, context.unit);
    if (type === ERROR_TYPE) return { kind: 'error', type, line: node.line };
    // A class of the org may have such a name too.
    if (type.kind === 'platform' && generatedBase(node.type) !== undefined) {
        boundArguments(context, node);
        return context.unsupported(node.type, diagnostics.constructNotImplemented(typeRefText(node.type)), type);
    }
    switch (type.kind) {
        case 'sobject':
            return newSObject(context, type, node);
        case 'user':
            return newUser(context, type, node);
        case 'platform':
            return newPlatform(context, type, node);
        case 'primitive':
            return context.error(node, diagnostics.notConstructable(type.name));
    }
}

function boundArguments(context: BodyContext, node: NewExpression): BoundExpression[] | undefined {
    const pair = node.args.find((arg) => arg.kind === 'assign');
    if (pair !== undefined) {
        context.report(node, diagnostics.nameValuePairs(node.type.parts.map((part) => part.name).join('.')));
        return undefined;
    }
    const args = bindArguments(context, node.args);
    return args.some((arg) => arg.type === ERROR_TYPE) ? undefined : args;
}

function newUser(context: BodyContext, type: UserType, node: NewExpression): BoundExpression {
    const symbol = context.world.classOf(type);
    const args = boundArguments(context, node);
    if (args === undefined) return { kind: 'error', type: ERROR_TYPE, line: node.line };
    if (symbol.kind !== 'class') return context.error(node, diagnostics.notConstructable(type.name));
    if (symbol.isAbstract) return context.error(node, diagnostics.abstractConstructed(type.name));
    return construct(context, symbol, args, node);
}

function construct(
    context: BodyContext,
    symbol: ClassSymbol,
    args: readonly BoundExpression[],
    node: NewExpression
): BoundExpression {
    const { world } = context;
    const choice = chooseOverload(world, symbol.constructors, parameterTypes, args);
    const common = { type: symbol.type, isException: isException(world, symbol.type), line: node.line };
    if (choice.kind === 'found') {
        const constructor_ = choice.candidate;
        if (!context.canSee(symbol, constructor_.visibility, constructor_.annotations)) {
            const call = describeCall(`[${symbol.name}].<Constructor>`, parameterTypes(constructor_));
            return context.error(node, diagnostics.methodNotVisible(call));
        }
        const converted = convertArguments(context, args, parameterTypes(constructor_), node);
        return { kind: 'newUser', symbol, constructor_, args: converted, ...common };
    }
    if (choice.kind === 'ambiguous') {
        return context.error(node, diagnostics.ambiguousMethod(describeCall('<Constructor>', typesOf(args))));
    }
    if (isException(world, symbol.type)) {
        const exception = exceptionArguments(context, symbol, args, node.line);
        if (exception !== undefined) return exception;
    }
    if (args.length === 0 && symbol.constructors.length === 0) {
        return { kind: 'newUser', symbol, constructor_: undefined, args: [], ...common };
    }
    return unknownConstructor(context, symbol.type, args, node);
}

function typesOf(args: readonly BoundExpression[]): ApexType[] {
    return args.map((arg) => arg.type);
}

function unknownConstructor(
    context: BodyContext,
    type: ApexType,
    args: readonly BoundExpression[],
    node: NewExpression
): BoundExpression {
    const list = typesOf(args)
        .map((arg) => arg.name)
        .join(', ');
    return context.error(node, diagnostics.unknownConstructor(type.name, list));
}

/** The four constructors of every exception of the org: `()`, `(String)`, `(Exception)`, `(String, Exception)`. */
export function exceptionArguments(
    context: BodyContext,
    symbol: ClassSymbol,
    args: readonly BoundExpression[],
    line: number
): NewExceptionExpression | undefined {
    const { world } = context;
    const isText = (value: BoundExpression | undefined): boolean =>
        value !== undefined && assignment(world, value.type, STRING) !== undefined;
    const isCause = (value: BoundExpression | undefined): boolean =>
        value !== undefined && (value.type === NULL || isException(world, value.type));
    const text = (value: BoundExpression | undefined): BoundExpression | undefined =>
        value === undefined ? undefined : tryConvert(context, value, STRING);
    const make = (message?: BoundExpression, cause?: BoundExpression): NewExceptionExpression => ({
        kind: 'newException',
        symbol,
        message,
        cause,
        type: symbol.type,
        line
    });
    const [first, second] = args;
    if (args.length === 0) return make();
    if (args.length === 1 && isText(first)) return make(text(first));
    if (args.length === 1 && isCause(first)) return make(undefined, first);
    if (args.length === 2 && isText(first) && isCause(second)) return make(text(first), second);
    return undefined;
}

function newPlatform(context: BodyContext, type: PlatformType, node: NewExpression): BoundExpression {
    const args = boundArguments(context, node);
    if (args === undefined) return { kind: 'error', type: ERROR_TYPE, line: node.line };
    const { members } = context.world;
    const info = members.info(type.key);
    const candidates = members.constructors(type);
    if (info?.kind !== 'class' || candidates.length === 0 || type === EXCEPTION) {
        return context.error(node, diagnostics.notConstructable(type.name));
    }
    const choice = chooseOverload(context.world, candidates, (candidate) => candidate.parameters, args);
    if (choice.kind === 'ambiguous') {
        return context.error(node, diagnostics.ambiguousMethod(describeCall('<Constructor>', typesOf(args))));
    }
    if (choice.kind === 'none') return unknownConstructor(context, type, args, node);
    const { implementation, parameters, className } = choice.candidate;
    if (implementation === undefined) {
        const message = diagnostics.notImplemented(describeCall(`new ${className}`, parameters));
        return context.unsupported(node, message, type);
    }
    return {
        kind: 'newNative',
        className,
        key: implementation,
        args: convertArguments(context, args, parameters, node),
        isException: isException(context.world, type),
        type,
        line: node.line
    };
}

function newSObject(context: BodyContext, type: ApexType, node: NewExpression): BoundExpression {
    if (type === SOBJECT) return context.error(node, diagnostics.notConstructable(type.name));
    const record: BoundExpression = { kind: 'error', type, line: node.line };
    const fields: NewSObjectExpression['fields'][number][] = [];
    const seen = new Set<string>();
    for (const arg of node.args) {
        if (arg.kind !== 'assign' || arg.operator !== '=' || arg.target.kind !== 'name') {
            return context.error(node, diagnostics.needsNameValuePairs(type.name));
        }
        const field = fieldOf(context, record, arg, type);
        const value = bindExpression(context, arg.value);
        if (field === undefined || value.type === ERROR_TYPE) continue;
        if (seen.has(field.name.toLowerCase())) {
            context.report(arg, diagnostics.duplicateFieldInit(field.name));
        }
        seen.add(field.name.toLowerCase());
        fields.push({ role: field.role, name: field.name, value: convert(context, value, field.type, arg) });
    }
    return { kind: 'newSObject', fields, type, line: node.line };
}

function fieldOf(
    context: BodyContext,
    record: BoundExpression,
    arg: AssignExpression,
    type: ApexType
): { readonly role: 'field' | 'parent'; readonly name: string; readonly type: ApexType } | undefined {
    const name = arg.target.kind === 'name' ? arg.target.name : '';
    const object = context.world.object(type);
    const lower = name.toLowerCase();
    if (object?.fields.has(lower) !== true && object?.parentRelationships.has(lower) !== true) {
        context.report(arg, diagnostics.unknownField(name, type.name));
        return undefined;
    }
    const member = bindSObjectMember(context, record, name, arg);
    if (member?.kind !== 'sobjectField' || member.role === 'children') return undefined;
    return { role: member.role, name: member.name, type: member.type };
}

export function bindNewArray(context: BodyContext, node: NewArrayExpression): BoundExpression {
    const element = resolveTypeRef(context.world, node.element, context.owner, context.unit);
    if (element === ERROR_TYPE) return { kind: 'error', type: element, line: node.line };
    const type = listOf(element);
    const size =
        node.size === undefined ? undefined : convert(context, bindExpression(context, node.size), INTEGER, node.size);
    const values = bindElements(context, node.values ?? [], element);
    return { kind: 'newList', values, size, type, line: node.line };
}

function bindElements(context: BodyContext, values: readonly Expression[], element: ApexType): BoundExpression[] {
    return values.map((value) =>
        convert(context, bindExpression(context, value), element, value, (from, to) =>
            diagnostics.initialValue(to, from)
        )
    );
}

export function bindNewCollection(context: BodyContext, node: NewCollectionExpression): BoundExpression {
    const type = resolveTypeRef(context.world, node.type, context.owner, context.unit);
    if (type === ERROR_TYPE) return { kind: 'error', type, line: node.line };
    const element = listElement(type) ?? setElement(type);
    const entry = mapEntry(type);
    const isEmpty = node.values.length === 0 && node.entries === undefined;
    if (element !== undefined && node.entries === undefined) {
        const kind = listElement(type) === undefined ? 'newSet' : 'newList';
        return { kind, values: bindElements(context, node.values, element), size: undefined, type, line: node.line };
    }
    if (entry === undefined || (node.entries === undefined && !isEmpty)) {
        return context.error(node, diagnostics.notConstructable(type.name));
    }
    const [keyType, valueType] = entry;
    const entries = (node.entries ?? []).map(({ key, value }) => ({
        key: convert(context, bindExpression(context, key), keyType, key, (from) => diagnostics.initialKey(from, type)),
        value: convert(context, bindExpression(context, value), valueType, value, (from) =>
            diagnostics.initialMapValue(from, type)
        )
    }));
    return { kind: 'newMap', entries, type, line: node.line };
}
