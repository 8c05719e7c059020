import { isDeleted } from '../store/row.ts';
import { Id } from '../values/index.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';

type Wanted = 'read' | 'edit';

/** Record access by owner, role, group and share rows, for objects whose default does not give it to everybody. */
export class Sharing {
    readonly #store: Store;
    readonly #schema: Schema;

    constructor(store: Store, schema: Schema) {
        this.#store = store;
        this.#schema = schema;
    }

    /** The user has this access by owning the record, by being above its owner, or by a share. */
    sharedWith(userId: string, object: ObjectDef, row: Row, wanted: Wanted): boolean {
        const owner = row.OwnerId;
        if (!(owner instanceof Id)) return true;
        const members = this.#groupsOf(userId).add(userId);
        if (members.has(owner.value) || this.#isAbove(userId, owner.value)) return true;
        return this.#hasShare(members, object, (row.Id as Id).value, wanted);
    }

    /** Lookups that decide about a record controlled by its parent. */
    masters(object: ObjectDef): FieldDef[] {
        const references = [...object.fields.values()].filter((field) => field.type === 'reference');
        const owning = references.filter((field) => field.cascadeDelete);
        return owning.length > 0 ? owning : references.filter((field) => !field.nillable && !field.updateable);
    }

    /** Ids of the groups and queues the user belongs to, nested ones included. */
    #groupsOf(userId: string): Set<string> {
        const groups = new Set<string>();
        for (const row of this.#store.table('Group').rows()) {
            if (row.Type === 'Organization' && !isDeleted(row)) groups.add((row.Id as Id).value);
        }
        const pending = [userId, ...groups];
        for (let member = pending.pop(); member !== undefined; member = pending.pop()) {
            for (const row of this.#children('GroupMember', 'UserOrGroupId', member)) {
                const group = (row.GroupId as Id).value;
                if (groups.has(group)) continue;
                groups.add(group);
                pending.push(group);
            }
        }
        return groups;
    }

    #isAbove(userId: string, ownerId: string): boolean {
        const mine = this.#roleOf(userId);
        let role = this.#roleOf(ownerId);
        while (mine !== undefined && role !== undefined) {
            const parent = this.#store.table('UserRole').get(role)?.ParentRoleId;
            role = parent instanceof Id ? parent.value : undefined;
            if (role === mine) return true;
        }
        return false;
    }

    #roleOf(userId: string): string | undefined {
        const role = this.#store.table('User').get(userId)?.UserRoleId;
        return role instanceof Id ? role.value : undefined;
    }

    #hasShare(members: ReadonlySet<string>, object: ObjectDef, id: string, wanted: Wanted): boolean {
        const custom = object.kind === 'custom';
        const share = custom ? object.name.replace(/__c$/i, '__Share') : `${object.name}Share`;
        const lookup = custom ? 'ParentId' : `${object.name}Id`;
        const level = custom ? 'AccessLevel' : `${object.name}AccessLevel`;
        return this.#children(share, lookup, id).some((row) => {
            const enough = wanted === 'read' || row[level] === 'Edit' || row[level] === 'All';
            return enough && row.UserOrGroupId instanceof Id && members.has(row.UserOrGroupId.value);
        });
    }

    #children(object: string, lookup: string, id: string): Row[] {
        const field = this.#schema.object(object)?.fields.get(lookup.toLowerCase());
        if (field === undefined) return [];
        const table = this.#store.table(object);
        return [...table.find(field, id)].map((child) => table.get(child)).filter((row) => row !== undefined);
    }
}
