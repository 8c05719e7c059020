import { Id } from '../values/index.ts';
import { defaultValue } from '../schema/formula/default-value.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { FieldValue } from '../values/index.ts';
import type { DmlContext } from './dml-context.ts';
import type { WorkItem } from './work-item.ts';

/** Fields with a default, found once per call; a record then pays only for those. */
export interface Defaults {
    readonly object: ObjectDef;
    readonly fields: readonly FieldDef[];
    readonly owner: boolean;
}

export function defaultsOf(object: ObjectDef): Defaults {
    const fields = [...object.fields.values()].filter(
        (field) => !field.autoNumber && !field.calculated && (field.type === 'boolean' || hasDefault(field))
    );
    return { object, fields, owner: object.fields.has('ownerid') };
}

function hasDefault(field: FieldDef): boolean {
    return field.defaultValue !== undefined || field.picklistValues.some((choice) => choice.defaultValue);
}

/** Fills fields the caller left unset; a field set to null stays null. */
export function applyDefaults({ values }: WorkItem, { fields, owner, object }: Defaults, context: DmlContext): void {
    for (const field of fields) {
        if (field.name in values) continue;
        const value = defaultValue(field, context);
        if (value !== null) values[field.name] = value;
    }
    if (owner && !('OwnerId' in values)) values.OwnerId = Id.of(context.caller.userId);
    if (object.name === 'User' && !('CommunityNickname' in values)) values.CommunityNickname = nickname(context);
    if (object.kind === 'customSetting' && !('SetupOwnerId' in values)) values.SetupOwnerId = organizationId(context);
}

/** The platform makes one up too when a user is created over the API without it. */
function nickname({ store, now }: DmlContext): string {
    return `User${now}${store.nextNumber('User.CommunityNickname')}`;
}

function organizationId({ store }: DmlContext): FieldValue {
    const [organization] = store.table('Organization').rows();
    return organization?.Id ?? null;
}
