import type { MemberExpression, NameExpression, Node } from '../syntax/ast.ts';
import { ID, listOf, mapOf, platformType, STRING } from '../types/apex-types.ts';
import type { ApexType, PlatformType, UserType } from '../types/types.ts';
import type { BodyContext } from './body-context.ts';
import { bindExpression } from './bind-expressions.ts';
import type { BoundExpression } from './bound.ts';
import { diagnostics } from './diagnostics.ts';
import { chain } from './hierarchy.ts';
import { bindObjectStatic, bindSObjectMember, isObjectTypes } from './bind-sobjects.ts';
import { elementOfQuery } from './query-values.ts';
import type { ClassSymbol, FieldSymbol } from './symbols.ts';
import { ERROR_TYPE } from './world.ts';

const LABELS = platformType('System.Label');
const PAGE_REFERENCE = platformType('System.PageReference');

/** What stands left of a point: a value, a type, or a namespace (a name may be type and namespace at once). */
export type Qualifier =
    | { readonly kind: 'value'; readonly value: BoundExpression }
    | { readonly kind: 'type'; readonly type: ApexType | undefined; readonly namespace: string | undefined };

export function bindName(context: BodyContext, node: NameExpression): BoundExpression {
    const value = variable(context, node.name, node);
    return value ?? context.error(node, diagnostics.unknownVariable(node.name));
}

export function bindMember(context: BodyContext, node: MemberExpression): BoundExpression {
    const qualifier = bindQualifier(context, node);
    if (qualifier?.kind === 'value') return qualifier.value;
    return context.error(node, diagnostics.unknownVariable(node.name));
}

/** Resolves a name or path as far as it goes; undefined when it means nothing (nothing is reported then). */
export function bindQualifier(context: BodyContext, node: NameExpression | MemberExpression): Qualifier | undefined {
    if (node.kind === 'name') {
        // Where no object is at hand, a name in front of a point passes over instance fields to the type of that name,
        // and over static fields of bases where there is such a type.
        const isHidden = context.isStatic && namesInstanceField(context, node.name);
        const isOfBase = context.isStatic && namesFieldOfBase(context, node.name);
        const typeBehind = isOfBase
            ? context.world.simpleType(node.name, context.owner, context.unit, node)
            : undefined;
        const value = isHidden || typeBehind !== undefined ? undefined : variable(context, node.name, node);
        if (value !== undefined) return { kind: 'value', value };
        const type = typeBehind ?? context.world.simpleType(node.name, context.owner, context.unit, node);
        const namespace = isNamespace(context, node.name) ? node.name : undefined;
        if (type === ERROR_TYPE) return errorValue(node);
        return type === undefined && namespace === undefined ? undefined : { kind: 'type', type, namespace };
    }
    const { target } = node;
    const left =
        target.kind === 'name' || target.kind === 'member'
            ? bindQualifier(context, target)
            : { kind: 'value' as const, value: bindExpression(context, target) };
    if (left === undefined) {
        const page = pageReference(context, target as NameExpression | MemberExpression, node);
        if (page !== undefined) return { kind: 'value', value: page };
        return { kind: 'value', value: unknownPath(context, target as NameExpression | MemberExpression) };
    }
    if (left.kind === 'value') {
        return { kind: 'value', value: bindValueMember(context, left.value, node.name, node, node.safe) };
    }
    return bindTypeMember(context, left, node.name, node);
}

/** `Page.Name`: a reference to a Visualforce page of the org. */
function pageReference(
    context: BodyContext,
    target: NameExpression | MemberExpression,
    { name, line }: MemberExpression
): BoundExpression | undefined {
    const isPage = target.kind === 'name' && target.name.toLowerCase() === 'page';
    if (!isPage || !context.world.names.hasPage(name)) return undefined;
    return {
        kind: 'newNative',
        className: PAGE_REFERENCE.name,
        key: '(String)',
        args: [{ kind: 'constant', text: `/apex/${name}`, type: STRING, line }],
        isException: false,
        type: PAGE_REFERENCE,
        line
    };
}

function unknownPath(context: BodyContext, node: NameExpression | MemberExpression): BoundExpression {
    return context.error(node, diagnostics.unknownVariable(node.name));
}

function errorValue(at: Node): Qualifier {
    return { kind: 'value', value: { kind: 'error', type: ERROR_TYPE, line: at.line } };
}

function isNamespace(context: BodyContext, name: string): boolean {
    return context.world.table.isNamespace(name);
}

function namesInstanceField(context: BodyContext, name: string): boolean {
    return context.local(name) === undefined && findField(context, context.owner, name)?.isStatic === false;
}

function namesFieldOfBase(context: BodyContext, name: string): boolean {
    const field = context.local(name) === undefined ? findField(context, context.owner, name) : undefined;
    return field !== undefined && field.owner !== context.owner;
}

/** A local variable, a field of the class or its bases, a static field of the outer class. */
function variable(context: BodyContext, name: string, at: Node): BoundExpression | undefined {
    const local = context.local(name);
    if (local !== undefined) return { kind: 'local', local, type: local.type, line: at.line };
    for (let scope: ClassSymbol | undefined = context.owner; scope !== undefined; scope = scope.outer) {
        const field = findField(context, scope, name);
        if (field === undefined) continue;
        if (field.isStatic) return accessField(context, undefined, field, at);
        if (scope !== context.owner) continue;
        if (context.isStatic) return context.error(at, diagnostics.unknownVariable(name));
        if (context.inConstructorCall) return context.error(at, diagnostics.instanceVariableInCall(name));
        const self: BoundExpression = { kind: 'this', type: context.owner.type, line: at.line, isImplied: true };
        return accessField(context, self, field, at);
    }
    return undefined;
}

export function findField(context: BodyContext, symbol: ClassSymbol, name: string): FieldSymbol | undefined {
    const lower = name.toLowerCase();
    for (const current of chain(context.world, symbol)) {
        const field = current.fields.get(lower);
        if (field !== undefined) return field;
    }
    return undefined;
}

/** A field or property of the org's code; plain automatic properties are fields. */
export function accessField(
    context: BodyContext,
    target: BoundExpression | undefined,
    field: FieldSymbol,
    at: Node
): BoundExpression {
    if (!context.canSee(field.owner, field.visibility, field.annotations)) {
        return context.error(at, diagnostics.variableNotVisible(field.name));
    }
    const common = { target, field, type: field.type, line: at.line };
    const { property } = field;
    const isPlain = property === undefined || (isAutomatic(field) && !property.isVirtual);
    const isOwnAccessor = context.options.accessorOf === field && (target === undefined || target.kind === 'this');
    return isPlain || isOwnAccessor ? { kind: 'field', ...common } : { kind: 'property', viaSuper: false, ...common };
}

function isAutomatic({ property }: FieldSymbol): boolean {
    return property?.getter !== undefined && property.getter.body === undefined && property.setter?.body === undefined;
}

/** A member of a type or namespace: static variable, enum value, token, or the next type of a path. */
function bindTypeMember(
    context: BodyContext,
    left: Extract<Qualifier, { kind: 'type' }>,
    name: string,
    at: Node
): Qualifier | undefined {
    const { world, unit } = context;
    if (left.type !== undefined) {
        const inner = world.memberType(left.type, name, unit, at);
        const isHidden = inner !== undefined && left.type.kind === 'user' && hasInstanceField(context, left.type, name);
        const value = isHidden ? undefined : staticMember(context, left.type, name, at);
        if (value !== undefined) return { kind: 'value', value };
        if (inner === ERROR_TYPE) return errorValue(at);
        if (inner !== undefined) return { kind: 'type', type: inner, namespace: undefined };
    }
    const type = left.namespace === undefined ? undefined : world.namespaceType(left.namespace, name);
    return type === undefined ? undefined : { kind: 'type', type, namespace: undefined };
}

/** An instance field is no member of the type, so it does not hide an inner type of its name. */
function hasInstanceField(context: BodyContext, type: UserType, name: string): boolean {
    return findField(context, context.world.classOf(type), name)?.isStatic === false;
}

function staticMember(context: BodyContext, type: ApexType, name: string, at: Node): BoundExpression | undefined {
    switch (type.kind) {
        case 'user':
            return userStatic(context, context.world.classOf(type), name, at);
        case 'platform':
            return platformStatic(context, type, name, at);
        case 'sobject':
            return bindObjectStatic(context, type, name, at);
        case 'primitive':
            return undefined;
    }
}

function userStatic(context: BodyContext, symbol: ClassSymbol, name: string, at: Node): BoundExpression | undefined {
    if (symbol.kind === 'enum') {
        const lower = name.toLowerCase();
        const ordinal = symbol.enumValues.findIndex((value) => value.toLowerCase() === lower);
        if (ordinal >= 0) return { kind: 'enumValue', owner: symbol, ordinal, type: symbol.type, line: at.line };
    }
    const field = findField(context, symbol, name);
    if (field === undefined) return undefined;
    if (!field.isStatic) return context.error(at, diagnostics.instanceFieldViaStatic(field.name, symbol.name));
    return accessField(context, undefined, field, at);
}

function platformStatic(context: BodyContext, type: PlatformType, name: string, at: Node): BoundExpression | undefined {
    const { members } = context.world;
    const lower = name.toLowerCase();
    const enumValue = members.enumValues(type.key).find((value) => value.toLowerCase() === lower);
    if (enumValue !== undefined) return { kind: 'platformEnum', name: enumValue, type, line: at.line };
    if (type === LABELS) {
        return context.world.names.hasLabel(name)
            ? { kind: 'label', name, type: STRING, line: at.line }
            : context.error(at, diagnostics.unknownLabel(name));
    }
    if (isObjectTypes(type)) {
        const described = bindObjectStatic(context, type, name, at);
        if (described !== undefined) return described;
    }
    const property = members.property(type, name);
    if (property === undefined || !property.isStatic) return undefined;
    return nativeProperty(context, undefined, triggerTyped(context, property), at);
}

type Property = NonNullable<ReturnType<BodyContext['world']['members']['property']>>;

/** Inside a trigger its records have the trigger's object. */
function triggerTyped(context: BodyContext, property: Property): Property {
    const { triggerObject } = context.unit;
    if (triggerObject === undefined || property.className !== 'System.Trigger') return property;
    switch (property.name.toLowerCase()) {
        case 'new':
        case 'old':
            return { ...property, type: listOf(triggerObject) };
        case 'newmap':
        case 'oldmap':
            return { ...property, type: mapOf(ID, triggerObject) };
        default:
            return property;
    }
}

function nativeProperty(
    context: BodyContext,
    target: BoundExpression | undefined,
    property: Property,
    at: Node
): BoundExpression {
    if (property.implementation === undefined) {
        const message = diagnostics.variableNotImplemented(`${property.className}.${property.name}`);
        return context.unsupported(at, message, property.type);
    }
    return {
        kind: 'nativeProperty',
        target,
        className: property.className,
        key: property.implementation.key,
        type: property.type,
        line: at.line
    };
}

/** `value.name`, or `value?.name`. A safe step makes the rest of its path safe. */
export function bindValueMember(
    context: BodyContext,
    value: BoundExpression,
    name: string,
    at: Node,
    safe: boolean
): BoundExpression {
    const row = safe && value.kind === 'query' ? elementOfQuery(value) : undefined;
    const start: BoundExpression =
        row === undefined || value.kind !== 'query' ? value : { ...value, shape: 'singleOrNull', type: row };
    return navigate(start, safe, at, (receiver) => valueMember(context, receiver, name, at));
}

export function navigate(
    value: BoundExpression,
    safe: boolean,
    at: Node,
    access: (receiver: BoundExpression) => BoundExpression
): BoundExpression {
    if (value.kind === 'error') return value;
    if (value.kind === 'safe') {
        const inner = navigate(value.access, safe, at, access);
        return { ...value, access: inner, type: inner.type };
    }
    if (!safe) return access(value);
    const placeholder: BoundExpression = { kind: 'safeReceiver', type: value.type, line: at.line };
    const result = access(placeholder);
    return { kind: 'safe', receiver: value, access: result, type: result.type, line: at.line };
}

function valueMember(context: BodyContext, value: BoundExpression, name: string, at: Node): BoundExpression {
    const { type } = value;
    if (type === ERROR_TYPE) return { kind: 'error', type: ERROR_TYPE, line: at.line };
    const record = bindSObjectMember(context, value, name, at);
    if (record !== undefined) return record;
    if (type.kind === 'user') {
        const field = findField(context, context.world.classOf(type), name);
        if (field !== undefined) {
            return field.isStatic
                ? context.error(at, diagnostics.staticFieldViaInstance(field.name, field.owner.name))
                : accessField(context, value, field, at);
        }
    }
    if (type.kind === 'platform') {
        const property = context.world.members.property(type, name);
        if (property !== undefined && !property.isStatic) return nativeProperty(context, value, property, at);
    }
    return context.error(at, diagnostics.unknownVariable(name));
}
