import type { Access } from '../../../access/types.ts';
import type { Id, SObject } from '../../../values/index.ts';
import type { EnumValue } from '../../runtime/enum-value.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { INTEGER, SOBJECT, setOf, STRING } from '../../types/apex-types.ts';
import type { ApexType } from '../../types/types.ts';
import { mapFrom } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import { ApexSet } from '../collections/apex-set.ts';
import { permissionSetIdOf } from '../database/access-level.ts';
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

/** What is checked, and by whose permissions. */
interface Check {
    readonly rt: Runtime;
    readonly need: Need;
    readonly access: Access;
}

type Need = 'READABLE' | 'CREATABLE' | 'UPDATABLE' | 'UPSERTABLE';

const OBJECT_PERMISSIONS: Readonly<Record<Need, readonly ('read' | 'create' | 'edit')[]>> = {
    READABLE: ['read'],
    CREATABLE: ['create'],
    UPDATABLE: ['edit'],
    UPSERTABLE: ['create', 'edit']
};

function fieldAllowed({ rt, need, access }: Check, object: string, name: string): boolean {
    const field = rt.org.schema.object(object)?.fields.get(name.toLowerCase());
    if (field === undefined || field.type === 'id') {
        return true;
    }
    const writable =
        (need !== 'CREATABLE' && need !== 'UPSERTABLE') || field.createable
            ? (need !== 'UPDATABLE' && need !== 'UPSERTABLE') || field.updateable
            : false;
    const permission = need === 'READABLE' ? 'read' : 'edit';
    return writable && access.fieldAllowed(rt.tx.access.userId, object, field.name, permission);
}

function checkObject({ rt, need, access }: Check, object: string): void {
    if (object === 'AggregateResult') {
        rt.throwNew('System.IllegalArgumentException', 'AggregateResult SObject types are not supported');
    }
    const { userId } = rt.tx.access;
    if (!OBJECT_PERMISSIONS[need].every((permission) => access.objectAllowed(userId, object, permission))) {
        rt.throwNew('System.NoAccessException', `No access to entity: ${object}`);
    }
}

/** Fields that are set, and those that a query has selected though they are empty. */
function namesOf(record: SObject): Set<string> {
    const selected = (record.selection ?? []).filter(({ kind }) => kind === 'field').map(({ name }) => name);
    return new Set([...record.fieldNames(), ...selected]);
}

/** Copies records without the fields the user may not read or write; parents and children are stripped too. */
function strip(check: Check, record: SObject, removed: Map<string, Set<string>>): SObject {
    const copy = record.copy();
    const remove = (name: string): void => {
        const names = removed.get(record.type) ?? new Set<string>();
        removed.set(record.type, names.add(name));
    };
    for (const name of namesOf(copy)) {
        if (!fieldAllowed(check, record.type, name)) {
            copy.unset(name);
            remove(name);
        }
    }
    for (const [relationship, parent] of [...copy.parents()]) {
        if (parent !== null) {
            copy.setParent(relationship, strip(check, parent, removed));
        }
    }
    for (const [relationship, children] of [...copy.childLists()]) {
        if (check.need === 'READABLE' && !childrenReadable(check, record.type, relationship)) {
            copy.unsetChildren(relationship);
            remove(relationship);
            continue;
        }
        copy.setChildren(
            relationship,
            children.map((child) => strip(check, child, removed))
        );
    }
    return copy;
}

function childrenReadable({ rt, access }: Check, object: string, relationship: string): boolean {
    const child = rt.org.schema
        .object(object)
        ?.childRelationships.find(({ relationshipName }) => relationshipName === relationship);
    return child === undefined || access.objectAllowed(rt.tx.access.userId, child.childObject, 'read');
}

function stripInaccessible(
    rt: Runtime,
    access: EnumValue | null,
    source: ApexList | null,
    enforceRootObject: boolean = true,
    permissions: Access = rt.org.access
): AccessDecision {
    if (access === null || source === null) {
        return rt.nullPointer();
    }
    const check = { rt, need: access.name as Need, access: permissions };
    const decision = new AccessDecision(source.elementType);
    source.items.forEach((item, index) => {
        const record = item === null ? rt.nullPointer() : (item as SObject);
        if (enforceRootObject) {
            checkObject(check, record.type);
        }
        const removed = new Map<string, Set<string>>();
        decision.records.push(strip(check, record, removed));
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

/** As in user mode with a permission set: its object and field permissions count besides those of the user. */
function stripWithPermissionSet(
    rt: Runtime,
    access: EnumValue | null,
    source: ApexList | null,
    id: Id | null
): AccessDecision {
    const permissions = rt.org.access.withPermissionSet(permissionSetIdOf(rt, id));
    return stripInaccessible(rt, access, source, true, permissions);
}

/** Security.stripInaccessible (Apex Reference, System.Security and System.SObjectAccessDecision). */
export const securityClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'System.Security',
        statics: {
            'stripInaccessible(AccessType,List)': stripInaccessible,
            'stripInaccessible(AccessType,List,Boolean)': stripInaccessible,
            'stripInaccessible(AccessType,List,Id)': stripWithPermissionSet
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
