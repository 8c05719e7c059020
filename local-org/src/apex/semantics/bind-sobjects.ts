import { isCompound } from '../../schema/field.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import type { Node } from '../syntax/ast.ts';
import { ID, listOf, platformType, SOBJECT, sobjectType, STRING } from '../types/apex-types.ts';
import { apexTypeOfField } from '../types/field-types.ts';
import type { ApexType } from '../types/types.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound.ts';
import { diagnostics } from './diagnostics.ts';
import { elementOfQuery } from './query-values.ts';
import { tryConvert } from './convert.ts';
import type { World } from './world.ts';

export const OBJECT_TOKEN = platformType('Schema.SObjectType');
export const FIELD_TOKEN = platformType('Schema.SObjectField');
const DESCRIBE = platformType('Schema.DescribeSObjectResult');
const FIELD_DESCRIBE = platformType('Schema.DescribeFieldResult');
const FIELDS = platformType('Schema.SObjectTypeFields');
const FIELD_SETS = platformType('Schema.SObjectTypeFieldSets');

/** Object a relationship leads to: the generic SObject's stand-in `Name` when it may be several. */
function parentType(world: World, field: FieldDef): ApexType {
    const [first, ...others] = field.referenceTo;
    if (first === undefined) return SOBJECT;
    if (others.length === 0) return sobjectType(world.schema.object(first)?.name ?? first);
    return world.schema.object('Name') === undefined ? SOBJECT : sobjectType('Name');
}

/** The token class whose static members are the org's objects: `Schema.SObjectType.Account`. */
export function isObjectTypes(type: ApexType): boolean {
    return type === OBJECT_TOKEN;
}

/** `Account.SObjectType`, `Account.Name`, `Schema.SObjectType.Account`. */
export function bindObjectStatic(
    context: BodyContext,
    type: ApexType,
    name: string,
    at: Node
): BoundExpression | undefined {
    if (isObjectTypes(type)) {
        const object = context.world.schema.object(name);
        return object === undefined ? undefined : describe(context, object, at);
    }
    const object = context.world.object(type);
    if (name.toLowerCase() === 'sobjecttype') return objectToken(type.name, at);
    if (object === undefined) return undefined;
    // `Account.fields` is short for `Account.SObjectType.fields`.
    if (name.toLowerCase() === 'fields') return tokenFields(context, objectToken(object.name, at), name, at);
    const field = findField(object, name) ?? relationshipField(object, name);
    if (field === undefined) return context.error(at, diagnostics.unknownField(name, object.name));
    return fieldToken(object.name, field.name, at);
}

function describe(context: BodyContext, object: ObjectDef, at: Node): BoundExpression {
    const token = objectToken(object.name, at);
    const method = context.world.members.methods(OBJECT_TOKEN, 'getDescribe').find((m) => m.parameters.length === 0);
    if (method?.implementation === undefined) {
        return context.error(at, diagnostics.notImplemented('Schema.SObjectType.getDescribe()'));
    }
    return {
        kind: 'nativeCall',
        dispatch: 'class',
        target: token,
        className: method.className,
        key: method.implementation,
        name: method.name,
        args: [],
        type: DESCRIBE,
        line: at.line
    };
}

export function objectToken(object: string, at: Node): BoundExpression {
    return { kind: 'objectToken', object, type: OBJECT_TOKEN, line: at.line };
}

export function fieldToken(object: string, field: string, at: Node): BoundExpression {
    return { kind: 'fieldToken', object, field, type: FIELD_TOKEN, line: at.line };
}

function findField(object: ObjectDef, name: string): FieldDef | undefined {
    return object.fields.get(name.toLowerCase());
}

function relationshipField(object: ObjectDef, name: string): FieldDef | undefined {
    return object.parentRelationships.get(name.toLowerCase());
}

/** A field, parent or child list of a record; undefined when the value is no record. */
export function bindSObjectMember(
    context: BodyContext,
    value: BoundExpression,
    name: string,
    at: Node
): BoundExpression | undefined {
    const described =
        rowCause(context, value, name, at) ??
        describedField(context, value, name, at) ??
        tokenFields(context, value, name, at) ??
        fieldSetNamed(value, name, at);
    if (described !== undefined) return described;
    const row = elementOfQuery(value);
    const target = row === undefined ? value : (tryConvert(context, value, row) ?? value);
    if (target.type.kind !== 'sobject') return undefined;
    const object = context.world.object(target.type);
    const common = { kind: 'sobjectField' as const, target, line: at.line };
    if (object === undefined) {
        return genericMember(context, target, name, at);
    }
    const field = findField(object, name);
    if (field !== undefined) {
        // A compound field is kept as a record of its parts.
        const role = isCompound(field) ? 'parent' : 'field';
        return { ...common, role, name: field.name, type: apexTypeOfField(field) };
    }
    const parent = relationshipField(object, name);
    if (parent !== undefined) {
        const type = parentType(context.world, parent);
        return { ...common, role: 'parent', name: parent.relationshipName ?? parent.name, type };
    }
    const lower = name.toLowerCase();
    const children = object.childRelationships.find((child) => child.relationshipName?.toLowerCase() === lower);
    if (children?.relationshipName !== undefined) {
        const child = context.world.schema.object(children.childObject);
        const type = listOf(sobjectType(child?.name ?? children.childObject));
        return { ...common, role: 'children', name: children.relationshipName, type };
    }
    return context.error(at, diagnostics.unknownVariable(name));
}

/** On a record of unknown object only the Id can be named. */
function genericMember(context: BodyContext, target: BoundExpression, name: string, at: Node): BoundExpression {
    if (name.toLowerCase() === 'id') {
        return { kind: 'sobjectField', target, role: 'field', name: 'Id', type: ID, line: at.line };
    }
    if (name.toLowerCase() === 'name' && target.kind === 'sobjectField') {
        return { kind: 'sobjectField', target, role: 'field', name: 'Name', type: STRING, line: at.line };
    }
    return context.error(at, diagnostics.unknownVariable(name));
}

/** `fields` of tokens: what follows gives tokens, where `fields` of describe results gives describe results. */
const TOKEN_FIELDS = new WeakSet<BoundExpression>();

/** `Account.SObjectType.fields`. */
function tokenFields(
    context: BodyContext,
    value: BoundExpression,
    name: string,
    at: Node
): BoundExpression | undefined {
    if (value.kind !== 'objectToken' || name.toLowerCase() !== 'fields') return undefined;
    const object = context.world.schema.object(value.object);
    const property = context.world.members.property(DESCRIBE, 'fields');
    if (object === undefined || property?.implementation === undefined) return undefined;
    const target = describe(context, object, at);
    const { className, type, implementation } = property;
    const fields: BoundExpression = {
        kind: 'nativeProperty',
        target,
        className,
        key: implementation.key,
        type,
        line: at.line
    };
    TOKEN_FIELDS.add(fields);
    return fields;
}

/** Why a share exists, beside an object's own reasons (Object Reference, AccountShare). */
const STANDARD_CAUSES =
    'Owner Manual Rule ImplicitChild ImplicitParent Team Territory TerritoryManual TerritoryRule'.split(' ');

/** `Schema.Invoice__Share.RowCause.Auditor__c` is the name of a reason as text. */
function rowCause(context: BodyContext, value: BoundExpression, name: string, at: Node): BoundExpression | undefined {
    if (value.kind !== 'fieldToken' || value.field !== 'RowCause') return undefined;
    const field = context.world.schema.object(value.object)?.fields.get('rowcause');
    const listed = field?.picklistValues.map((cause) => cause.value) ?? [];
    const causes = listed.length === 0 ? STANDARD_CAUSES : listed;
    const cause = causes.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    return cause === undefined ? undefined : { kind: 'constant', text: cause, type: STRING, line: at.line };
}

/** `Schema.SObjectType.Account.FieldSets.Name`. */
function fieldSetNamed(value: BoundExpression, name: string, at: Node): BoundExpression | undefined {
    if (value.type !== FIELD_SETS) return undefined;
    return {
        kind: 'nativeCall',
        dispatch: 'class',
        target: undefined,
        className: '$FieldSets',
        key: 'named/2',
        name: 'named',
        args: [value, { kind: 'constant', text: name, type: STRING, line: at.line }],
        type: platformType('Schema.FieldSet'),
        line: at.line
    };
}

/** `Schema.SObjectType.Account.fields.Name`: the describe result of a field. */
function describedField(
    context: BodyContext,
    value: BoundExpression,
    name: string,
    at: Node
): BoundExpression | undefined {
    if (value.type !== FIELDS || value.kind !== 'nativeProperty') return undefined;
    const { target } = value;
    if (target?.kind !== 'nativeCall' || target.target?.kind !== 'objectToken') return undefined;
    const object = context.world.schema.object(target.target.object);
    const field = object === undefined ? undefined : findField(object, name);
    const method = context.world.members.methods(FIELD_TOKEN, 'getDescribe').find((m) => m.parameters.length === 0);
    if (object === undefined || field === undefined || method === undefined) return undefined;
    if (TOKEN_FIELDS.has(value)) return fieldToken(object.name, field.name, at);
    if (method.implementation === undefined) {
        return context.error(at, diagnostics.notImplemented('Schema.SObjectField.getDescribe()'));
    }
    return {
        kind: 'nativeCall',
        dispatch: 'class',
        target: fieldToken(object.name, field.name, at),
        className: method.className,
        key: method.implementation,
        name: method.name,
        args: [],
        type: FIELD_DESCRIBE,
        line: at.line
    };
}
