import { Id } from '../values/index.ts';
import { comparisonValues } from './bind-values.ts';
import { SoqlError } from './errors.ts';
import { requiredParts } from './plan.ts';
import type { Row } from '../store/row.ts';
import type { AnalyzedQuery } from './analyzed.ts';
import type { QueryContext } from './query-context.ts';

/** The object whose rows say what a user may do with a record. */
export const USER_RECORD_ACCESS = 'UserRecordAccess';

/** Records that one query may ask about (Object Reference, UserRecordAccess). */
const MAXIMUM_RECORDS = 200;

/** One row for each user and record that the query names; the platform wants both named. */
export function userRecordAccessRows(query: AnalyzedQuery, context: QueryContext): Row[] {
    const users = idsNamed(query, 'UserId', context);
    const records = idsNamed(query, 'RecordId', context);
    if (users.length !== 1 || records.length > MAXIMUM_RECORDS) {
        const detail = `${USER_RECORD_ACCESS} is queried for one UserId and for up to ${MAXIMUM_RECORDS} RecordIds`;
        throw new SoqlError({ code: 'MALFORMED_QUERY', detail });
    }
    return users.flatMap((user) => records.map((record) => accessRow(user, record, context)));
}

function idsNamed(query: AnalyzedQuery, name: string, context: QueryContext): Id[] {
    const parts = query.where === undefined ? [] : requiredParts(query.where);
    for (const part of parts) {
        if (part.kind !== 'comparison' || (part.operator !== '=' && part.operator !== 'IN')) continue;
        if (part.operand.kind !== 'field' || part.operand.path.field.name !== name) continue;
        if (part.value.kind === 'dateLiteral') continue;
        const values = comparisonValues(part.value, part.operand.path.field.type, context);
        return values.flatMap((value) => (value instanceof Id ? value : (Id.tryParse(String(value)) ?? [])));
    }
    return [];
}

function accessRow(user: Id, record: Id, { schema, access }: QueryContext): Row {
    const definition = schema.objectByKeyPrefix(record.prefix);
    const object = definition?.name ?? '';
    const userId = user.value;
    const canRead = access.objectAllowed(userId, object, 'read') && access.recordVisible(userId, object, record.value);
    const editable = canRead && access.recordEditable(userId, object, record.value);
    const canEdit = editable && access.objectAllowed(userId, object, 'edit');
    const canDelete = editable && definition?.deletable === true && access.objectAllowed(userId, object, 'delete');
    const level = canDelete ? 'Delete' : canEdit ? 'Edit' : canRead ? 'Read' : 'None';
    return {
        UserId: user,
        RecordId: record,
        HasReadAccess: canRead,
        HasEditAccess: canEdit,
        HasDeleteAccess: canDelete,
        HasTransferAccess: canDelete,
        HasAllAccess: canDelete,
        MaxAccessLevel: level
    };
}
