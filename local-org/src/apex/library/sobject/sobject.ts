import type { ChildRelationship } from '../../../schema/types.ts';
import { SObject, type FieldValue } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { OBJECT, sobjectType, STRING } from '../../types/apex-types.ts';
import type { BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import { ApexMap } from '../collections/apex-map.ts';
import { optionsOfRecord, setRecordOptions } from '../database/dml-options.ts';
import { recalculate } from '../formula/formula.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';
import { sObjectType, type SObjectFieldToken } from '../schema/tokens.ts';
import { cloneRecord, cloneSource, isClone } from './clone.ts';
import { errorMethods } from './errors.ts';
import { fieldNamed, getField, notQueried, putField, relationshipNamed } from './fields.ts';

type FieldArgument = string | SObjectFieldToken | null;

/** The parent record; null when the lookup is empty or was never set, an error when it was not queried. */
function getSObject(rt: Runtime, self: SObject, relationship: FieldArgument): SObject | null {
    const { relationshipName = '' } = relationshipNamed(rt, self, relationship);
    const parent = self.parent(relationshipName);
    if (parent !== undefined || self.isReadable(relationshipName)) return parent ?? null;
    return notQueried(rt, self, relationshipName);
}

function putSObject(rt: Runtime, self: SObject, relationship: FieldArgument, parent: SObject | null): SObject | null {
    const { relationshipName = '' } = relationshipNamed(rt, self, relationship);
    const previous = self.parent(relationshipName) ?? null;
    self.setParent(relationshipName, parent);
    return previous;
}

/**
 * Child records by the name of the relationship or the lookup of the children, `Contact.AccountId`; null when there are
 * none, an error when they were not queried.
 */
function getSObjects(rt: Runtime, self: SObject, relationship: FieldArgument): ApexList | null {
    const named = relationship ?? rt.nullPointer();
    const isMeant = (candidate: ChildRelationship): boolean =>
        typeof named === 'string'
            ? candidate.relationshipName?.toLowerCase() === named.toLowerCase()
            : candidate.childObject === named.object && candidate.field === named.field;
    const child = rt.org.schema.object(self.type)?.childRelationships.find(isMeant);
    if (child?.relationshipName === undefined) {
        return rt.throwNew('System.SObjectException', `Invalid relationship ${rt.toText(named)} for ${self.type}`);
    }
    const records = self.children(child.relationshipName);
    if (records === undefined && !self.isReadable(child.relationshipName)) {
        return notQueried(rt, self, child.relationshipName);
    }
    return records === undefined || records.length === 0
        ? null
        : new ApexList(sobjectType(child.childObject), [...records]);
}

function populatedFields(rt: Runtime, self: SObject): ApexMap {
    const map = new ApexMap(STRING, OBJECT);
    for (const [name, value] of self.entries()) {
        map.put(rt, name, value);
    }
    for (const [name, parent] of self.parents()) {
        map.put(rt, name, parent);
    }
    for (const [name, children] of self.childLists()) {
        map.put(rt, name, new ApexList(sobjectType(children[0]?.type ?? 'SObject'), [...children]));
    }
    return map;
}

function recalculateFormulas(rt: Runtime, self: SObject): void {
    const [error] = recalculate(rt, self);
    if (error !== undefined) rt.throwNew('System.SObjectException', rt.toText(error.get('fieldError')));
}

function clear(_rt: Runtime, self: SObject): void {
    for (const name of [...self.fieldNames()]) {
        self.unset(name);
    }
}

/** Set by code or queried, though empty (Apex Reference, SObject.isSet). */
const isSet: NativeMethod = (rt, self: SObject, field: FieldArgument) => {
    const { name } = fieldNamed(rt, self, field);
    return self.has(name) || self.selects(name);
};

const get: NativeMethod = (rt, self: SObject, field: FieldArgument): FieldValue | SObject => getField(rt, self, field);
const put: NativeMethod = (rt, self: SObject, field: FieldArgument, value): FieldValue =>
    putField(rt, self, field, value);

/** SObject (Apex Reference, System.SObject). */
export const sObjectClass: NativeClass = nativeClass({
    name: 'System.SObject',
    methods: {
        ...errorMethods,
        'clear()': clear,
        'clone/0': cloneRecord,
        'clone/1': cloneRecord,
        'clone/2': cloneRecord,
        'clone/3': cloneRecord,
        'clone/4': cloneRecord,
        'get/1': get,
        'getCloneSourceId()': (_rt, self: SObject) => cloneSource(self),
        'getOptions()': (_rt, self: SObject) => optionsOfRecord(self) ?? null,
        'getQuickActionName()': () => null,
        'getPopulatedFieldsAsMap()': populatedFields,
        'getSObject/1': getSObject,
        'getSObjectType()': (rt, self: SObject) => sObjectType(rt, self.type),
        'getSObjects/1': getSObjects,
        'isClone()': (_rt, self: SObject) => isClone(self),
        'isSet/1': isSet,
        'put/2': put,
        'putSObject/2': putSObject,
        'recalculateFormulas()': recalculateFormulas,
        'setOptions(Object)': (_rt, self: SObject, value: BeanObject | null) => setRecordOptions(self, value)
    },
    isInstance: (value) => value instanceof SObject
});
