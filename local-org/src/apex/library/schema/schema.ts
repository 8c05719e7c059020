import { randomUUID } from 'node:crypto';
import { SObject, type Id } from '../../../values/index.ts';
import { defaultValue } from '../../../schema/formula/default-value.ts';
import { cast } from '../../runtime/cast.ts';
import type { FieldValue } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType, STRING } from '../../types/apex-types.ts';
import { elementsOf, noNulls } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import type { ApexMap } from '../collections/apex-map.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { userTimeZone } from '../system/user-context.ts';
import { CaseInsensitiveMap } from './case-insensitive-map.ts';
import { describeField } from './describe-field.ts';
import { describeObject, type ObjectDescribe } from './describe-object.ts';
import { apexTypeOfField } from '../../types/field-types.ts';
import { findSObjectType, objectOf, sObjectType, type SObjectTypeToken } from './tokens.ts';

const OBJECT_TOKEN = platformType('Schema.SObjectType');
const OBJECT_DESCRIBE = platformType('Schema.DescribeSObjectResult');

function globalDescribe(rt: Runtime): ApexMap {
    const map = new CaseInsensitiveMap(STRING, OBJECT_TOKEN);
    for (const object of rt.org.schema.objects()) {
        map.put(rt, object.name, sObjectType(rt, object.name));
    }
    return map;
}

function describeSObjects(rt: Runtime, names: unknown): ApexList {
    const describes = elementsOf(rt, names).map((name): ObjectDescribe => {
        const token = findSObjectType(rt, name === null ? rt.nullPointer() : (name as string));
        return token === undefined
            ? rt.throwNew('System.InvalidParameterValueException', `Invalid sobject provided: ${rt.toText(name)}`)
            : describeObject(rt, token);
    });
    return new ApexList(OBJECT_DESCRIBE, describes);
}

function newSObject(
    rt: Runtime,
    token: SObjectTypeToken,
    id: Id | null = null,
    loadDefaults: boolean | null = false
): SObject {
    const record = new SObject(token.object);
    if (id !== null) {
        record.id = id;
    }
    if (loadDefaults === true) {
        loadDefaultValues(rt, record, token);
    }
    return record;
}

/** The defaults that a save would fill in. */
function loadDefaultValues(rt: Runtime, record: SObject, token: SObjectTypeToken): void {
    const at = { now: rt.org.clock.now(), timeZone: userTimeZone(rt) };
    for (const field of objectOf(rt, token).fields.values()) {
        if (!field.createable || field.autoNumber) continue;
        const value = defaultValue(field, at);
        if (value !== null) record.set(field.name, cast(rt, value, apexTypeOfField(field)) as FieldValue);
    }
    // By which a publish callback tells the event.
    if (objectOf(rt, token).kind === 'platformEvent') {
        record.set('EventUuid', randomUUID());
    }
}

/** Schema, SObjectType and SObjectField (Apex Reference, Schema namespace). */
export const schemaClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'System.Schema',
        statics: {
            'describeSObjects(List)': describeSObjects,
            'describeSObjects(List,Object)': describeSObjects,
            'getGlobalDescribe()': globalDescribe
        }
    }),
    nativeClass({
        name: 'Schema.SObjectType',
        methods: {
            'getDescribe()': describeObject,
            'getDescribe(Object)': describeObject,
            'newSObject()': newSObject,
            'newSObject(Id)': newSObject,
            'newSObject(Id,Boolean)': newSObject,
            'toString()': (_rt, self: SObjectTypeToken) => self.object
        },
        extraSignatures: ['String toString()']
    }),
    nativeClass({
        name: 'Schema.SObjectField',
        methods: {
            'getDescribe()': noNulls(describeField),
            'getDescribe(Object)': noNulls(describeField),
            'toString()': (rt, self) => rt.toText(self)
        },
        extraSignatures: ['String toString()']
    })
];
