import { createAccess } from '../../../src/access/create-access.ts';
import { bootstrapOrg, developerEdition } from '../../../src/org/bootstrap.ts';
import { fixedClock } from '../../../src/org/clock.ts';
import { createDatabase } from '../../../src/org/create-database.ts';
import { createMetadataRegistry } from '../../../src/org/create-metadata-registry.ts';
import { createSchema } from '../../../src/schema/create-schema.ts';
import { metadataRows } from '../../../src/store/derived/derived-rows.ts';
import { createRecordIds } from '../../../src/store/record-ids.ts';
import { createStore } from '../../../src/store/store.ts';
import { Decimal, Id, SObject } from '../../../src/values/index.ts';
import type { AccessContext } from '../../../src/access/types.ts';
import type { DmlOperation, DmlRowResult } from '../../../src/apex/runtime/runtime.ts';
import type { DmlRequest, TriggerDispatch, TriggerEvent } from '../../../src/org/database.ts';
import type { MetadataDocument } from '../../../src/org/metadata-registry.ts';
import type { FieldValue } from '../../../src/values/index.ts';

export type Fields = Readonly<Record<string, FieldValue>>;
export type TestData = ReturnType<typeof testData>;

/** The data half of an org, with a clock that stands (at 2026-03-18, a Wednesday, noon UTC) and an administrator. */
export function testData(at = '2026-03-18T12:00:00Z') {
    const clock = fixedClock(at);
    const ids = createRecordIds('Tt000');
    const metadata = createMetadataRegistry({ clock, newId: (prefix) => ids.next(prefix).value });
    const schema = createSchema(metadata);
    const store = createStore({ ids, derived: metadataRows(metadata, schema, ids) });
    const access = createAccess(metadata, store, schema);
    const handlers = new Map<string, (event: TriggerEvent) => void>();
    const triggers: TriggerDispatch = {
        handles: (object) => handlers.has(object),
        subscribers: () => [],
        fire: (event) => handlers.get(event.object)?.(event),
        within: (_userId, work) => work()
    };
    const database = createDatabase({ store, metadata, schema, access, clock, triggers: () => triggers });
    const admin = { adminUsername: 'admin@example.com', adminEmail: 'admin@example.com' };
    const bootstrap = { store, organization: developerEdition('Test'), ...admin, now: clock.now() };
    const adminId = bootstrapOrg({ ...bootstrap, orgId: ids.next('00D').value });
    const system: AccessContext = { userId: adminId, mode: 'system', sharing: false };

    function deploy(type: string, fullName: string, document: MetadataDocument = {}): string {
        return metadata.put({ type, fullName, files: new Map(), document }).id;
    }

    function dml(operation: DmlOperation, records: SObject | readonly SObject[], request: Partial<DmlRequest> = {}) {
        const list = records instanceof SObject ? [records] : records;
        return database.dml(operation, list, { access: system, allOrNone: false, origin: 'apex', ...request });
    }

    /** Inserts one record, which must succeed, and answers its id. */
    function insert(type: string, fields: Fields): Id {
        const [result] = dml('insert', record(type, fields));
        if (result?.id === null || result?.id === undefined) throw new Error(JSON.stringify(result));
        return Id.of(result.id);
    }

    function query(soql: string, options: Partial<Parameters<typeof database.query>[1]> = {}): readonly SObject[] {
        return database.query(soql, { access: system, ...options }).records;
    }

    /** The values of one field over the rows of a query, as text. */
    function column(soql: string, field = 'Name', options: Parameters<typeof query>[1] = {}): string[] {
        return query(soql, options).map((row) => String(row.get(field)));
    }

    function user(username: string, profile: string): AccessContext {
        const [row] = query('SELECT Id FROM Profile WHERE Name = :name', { binds: new Map([['name', profile]]) });
        const locale = { TimeZoneSidKey: 'GMT', LocaleSidKey: 'en_US', LanguageLocaleKey: 'en_US' };
        const id = insert('User', {
            Username: username,
            LastName: username,
            Alias: 'test',
            Email: username,
            EmailEncodingKey: 'UTF-8',
            ProfileId: row?.id ?? null,
            ...locale
        });
        return { userId: id.value, mode: 'user', sharing: true };
    }

    function assign(userId: string, permissionSetId: string): Id {
        const ids = { AssigneeId: Id.of(userId), PermissionSetId: Id.of(permissionSetId) };
        return insert('PermissionSetAssignment', ids);
    }

    function onTrigger(object: string, handler: (event: TriggerEvent) => void): void {
        handlers.set(object, handler);
    }

    const helpers = { deploy, dml, insert, query, column, user, assign, onTrigger };
    return { clock, metadata, schema, store, access, database, adminId, system, ...helpers };
}

export function record(type: string, fields: Fields): SObject {
    const made = new SObject(type);
    for (const [name, value] of Object.entries(fields)) made.set(name, value);
    return made;
}

export function decimal(text: string): Decimal {
    return Decimal.parse(text);
}

/** Errors as `CODE: text [fields]`. */
export function errorsOf(results: readonly DmlRowResult[]): string[][] {
    return results.map(({ errors }) =>
        errors.map(({ statusCode, message, fields }) => `${statusCode}: ${message} [${fields.join(', ')}]`)
    );
}

/** The first errors of the result of one record. */
export function firstError(results: readonly DmlRowResult[]): string | undefined {
    return errorsOf(results)[0]?.[0];
}

export const EXTERNAL_KEY: MetadataDocument = {
    type: 'Text',
    label: 'External Key',
    length: '80',
    unique: 'true',
    externalId: 'true',
    caseSensitive: 'true'
};
