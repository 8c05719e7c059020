import type { SObject } from '../../../values/index.ts';
import type { EnumValue } from '../../runtime/enum-value.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { INTEGER, SOBJECT, setOf, STRING } from '../../types/apex-types.ts';
import type { ApexType } from '../../types/types.ts';
import { mapFrom } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import { ApexSet } from '../collections/apex-set.ts';
import { nativeClass, type NativeClass } from '../native.ts';

class AccessDecision extends NativeObject {
    readonly className = 'System.SObjectAccessDecision';
    readonly elementType: ApexType;
    readonly records: SObject[] = [];
    readonly modifiedIndexes: number[] = [];
    readonly removedFields = new Map<string, Set<string>>();

    constructor(elementType: ApexType) {
        super();
        this.elementType = elementType;
    }
}

type Need = 'READABLE' | 'CREATABLE' | 'UPDATABLE' | 'UPSERTABLE';

const OBJECT_PERMISSIONS: Readonly<Record<Need, readonly ('read' | 'create' | 'edit')[]>> = {
    READABLE: ['read'],
    CREATABLE: ['create'],
    UPDATABLE: ['edit'],
    UPSERTABLE: ['create', 'edit']
};

function fieldAllowed(rt: Runtime, need: Need, object: string, name: string): boolean {
    const field = rt.org.schema.object(object)?.fields.get(name.toLowerCase());
    if (field === undefined || field.type === 'id') {
        return true;
    }
    const writable =
        (need !== 'CREATABLE' && need !== 'UPSERTABLE') || field.createable
            ? (need !== 'UPDATABLE' && need !== 'UPSERTABLE') || field.updateable
            : false;
    const permission = need === 'READABLE' ? 'read' : 'edit';
    return writable && rt.org.access.fieldAllowed(rt.tx.access.userId, object, field.name, permission);
}

function checkObject(rt: Runtime, need: Need, object: string): void {
    if (object === 'AggregateResult') {
        rt.throwNew('System.IllegalArgumentException', 'AggregateResult SObject types are not supported');
    }
    const { userId } = rt.tx.access;
    if (!OBJECT_PERMISSIONS[need].every((permission) => rt.org.access.objectAllowed(userId, object, permission))) {
        rt.throwNew('System.NoAccessException', `No access to entity: ${object}`);
    }
}

/** Fields that are set, and those that a query has selected though they are empty. */
function namesOf(record: SObject): Set<string> {
    const selected = (record.selection ?? []).filter(({ kind }) => kind === 'field').map(({ name }) => name);
    return new Set([...record.fieldNames(), ...selected]);
}

/** Copies records without the fields the user may not read or write; parents and children are stripped too. */
function strip(rt: Runtime, need: Need, record: SObject, removed: Map<string, Set<string>>): SObject {
    const copy = record.copy();
    const remove = (name: string): void => {
        const names = removed.get(record.type) ?? new Set<string>();
        removed.set(record.type, names.add(name));
    };
    for (const name of namesOf(copy)) {
        if (!fieldAllowed(rt, need, record.type, name)) {
            copy.unset(name);
            remove(name);
        }
    }
    for (const [relationship, parent] of [...copy.parents()]) {
        if (parent !== null) {
            copy.setParent(relationship, strip(rt, need, parent, removed));
        }
    }
    for (const [relationship, children] of [...copy.childLists()]) {
        if (need === 'READABLE' && !childrenReadable(rt, record.type, relationship)) {
            copy.unsetChildren(relationship);
            remove(relationship);
            continue;
        }
        copy.setChildren(
            relationship,
            children.map((child) => strip(rt, need, child, removed))
        );
    }
    return copy;
}

function childrenReadable(rt: Runtime, object: string, relationship: string): boolean {
    const child = rt.org.schema
        .object(object)
        ?.childRelationships.find(({ relationshipName }) => relationshipName === relationship);
    return child === undefined || rt.org.access.objectAllowed(rt.tx.access.userId, child.childObject, 'read');
}

function stripInaccessible(
    rt: Runtime,
    access: EnumValue | null,
    source: ApexList | null,
    enforceRootObject: boolean = true
): AccessDecision {
    if (access === null || source === null) {
        return rt.nullPointer();
    }
    const need = access.name as Need;
    const decision = new AccessDecision(source.elementType);
    source.items.forEach((item, index) => {
        const record = item === null ? rt.nullPointer() : (item as SObject);
        if (enforceRootObject) {
            checkObject(rt, need, record.type);
        }
        const removed = new Map<string, Set<string>>();
        decision.records.push(strip(rt, need, record, removed));
        if (removed.size > 0) {
            decision.modifiedIndexes.push(index);
        }
        for (const [object, names] of removed) {
            const all = decision.removedFields.get(object) ?? new Set<string>();
            names.forEach((name) => all.add(name));
            decision.removedFields.set(object, all);
        }
    });
    return decision;
}

/** Security.stripInaccessible (Apex Reference, System.Security and System.SObjectAccessDecision). */
export const securityClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'System.Security',
        statics: {
            'stripInaccessible(AccessType,List)': stripInaccessible,
            'stripInaccessible(AccessType,List,Boolean)': stripInaccessible
        }
    }),
    nativeClass({
        name: 'System.SObjectAccessDecision',
        methods: {
            'getModifiedIndexes()': (rt, self: AccessDecision) => ApexSet.of(rt, INTEGER, self.modifiedIndexes),
            'getRecords()': (_rt, self: AccessDecision) => new ApexList(self.elementType ?? SOBJECT, self.records),
            'getRemovedFields()': (rt, self: AccessDecision) =>
                mapFrom(
                    rt,
                    STRING,
                    setOf(STRING),
                    Array.from(
                        self.removedFields,
                        ([object, names]) => [object, ApexSet.of(rt, STRING, names)] as const
                    )
                )
        }
    })
];
