import { requestJson } from '../http.ts';
import { deepFreeze, stableKey, type DataCallback, type WireAdapter } from '../wire.ts';

/** UI API Developer Guide, "Record" and "Field Value". */
export interface RecordRepresentation {
    readonly id: string;
    readonly apiName: string;
    readonly fields: Readonly<Record<string, FieldValue>>;
}

interface FieldValue {
    readonly value: unknown;
    readonly displayValue: string | null;
}

/** `import NAME from '@salesforce/schema/Account.Name'`, or the text `Account.Name`. */
type FieldReference = string | { readonly fieldApiName: string; readonly objectApiName: string };

interface GetRecordConfig {
    readonly recordId?: string | null;
    readonly fields?: FieldReference | readonly FieldReference[];
    readonly optionalFields?: FieldReference | readonly FieldReference[];
    readonly layoutTypes?: unknown;
    readonly modes?: unknown;
}

interface RecordInput {
    readonly apiName?: string;
    readonly fields: Readonly<Record<string, unknown>>;
}

/** Told to the page, so that what it shows outside of components follows. */
export const RECORDS_CHANGED = 'localorg__recordschanged';

const liveWires = new Set<RecordWire>();

class RecordWire implements WireAdapter<GetRecordConfig> {
    readonly #callback: DataCallback<RecordRepresentation>;
    #config: GetRecordConfig | undefined;
    #key = '';
    #shown = '';

    constructor(callback: DataCallback<RecordRepresentation>) {
        this.#callback = callback;
        callback({ data: undefined, error: undefined });
    }

    get recordId(): string | null | undefined {
        return this.#config?.recordId;
    }

    connect(): void {
        liveWires.add(this);
    }

    disconnect(): void {
        liveWires.delete(this);
    }

    update(config: GetRecordConfig): void {
        const key = stableKey(config);
        if (key !== this.#key) {
            this.#key = key;
            this.#config = config;
            void this.load();
        }
    }

    /** A record id or a list of fields that is not there yet keeps the wire waiting, as on the platform. */
    async load(): Promise<void> {
        const config = this.#config;
        if (!config?.recordId || (config.fields === undefined && config.optionalFields === undefined)) {
            this.#refuseLayouts(config);
            return;
        }
        const key = this.#key;
        const query = new URLSearchParams();
        appendFields(query, 'fields', config.fields);
        appendFields(query, 'optionalFields', config.optionalFields);
        try {
            const url = `${recordsUrl()}/${encodeURIComponent(config.recordId)}?${query}`;
            const data = deepFreeze((await requestJson('GET', url)) as RecordRepresentation);
            const text = JSON.stringify(data);
            if (key === this.#key && text !== this.#shown) {
                this.#shown = text;
                this.#callback({ data, error: undefined });
            }
        } catch (error) {
            if (key === this.#key) {
                this.#shown = '';
                this.#callback({ data: undefined, error });
            }
        }
    }

    #refuseLayouts(config: GetRecordConfig | undefined): void {
        if (config?.layoutTypes !== undefined) {
            const message = 'getRecord with layoutTypes is not implemented in the local org; name the fields';
            this.#callback({ data: undefined, error: { body: { message }, status: 501, ok: false } });
        }
    }
}

/** Wire adapter: the record with the fields, read anew when this page changes it. */
export const getRecord = RecordWire;

/** The value of a field, over relationships too (`Account.Owner.Name`); undefined when the record lacks it. */
export function getFieldValue(record: RecordRepresentation | undefined, field: FieldReference): unknown {
    return fieldOf(record, field)?.value;
}

/** The value as the user's locale writes it; null where it has no form of its own. */
export function getFieldDisplayValue(record: RecordRepresentation | undefined, field: FieldReference): unknown {
    return fieldOf(record, field)?.displayValue;
}

export async function createRecord(input: RecordInput): Promise<RecordRepresentation> {
    const record = (await requestJson('POST', recordsUrl(), input)) as RecordRepresentation;
    announce([record.id]);
    return deepFreeze(record);
}

/** `fields` holds `Id` and what changes. */
export async function updateRecord({ fields }: RecordInput): Promise<RecordRepresentation> {
    const { Id: id, ...changes } = fields;
    const url = `${recordsUrl()}/${encodeURIComponent(String(id))}`;
    const record = (await requestJson('PATCH', url, { fields: changes })) as RecordRepresentation;
    await notifyRecordUpdateAvailable([{ recordId: record.id }]);
    return deepFreeze(record);
}

export async function deleteRecord(recordId: string): Promise<void> {
    await requestJson('DELETE', `${recordsUrl()}/${encodeURIComponent(recordId)}`);
    announce([recordId]);
}

/** Says that records changed behind the page's back, by Apex for example: their wires read them again. */
export async function notifyRecordUpdateAvailable(records: readonly { readonly recordId: string }[]): Promise<void> {
    const ids = records.map(({ recordId }) => recordId);
    const keys = new Set(ids.map(shortId));
    const touched = [...liveWires].filter(({ recordId }) => keys.has(shortId(recordId ?? '')));
    await Promise.all(touched.map((wire) => wire.load()));
    announce(ids);
}

/** The older form of notifyRecordUpdateAvailable. */
export function getRecordNotifyChange(records: readonly { readonly recordId: string }[]): void {
    void notifyRecordUpdateAvailable(records);
}

/** For the page: every record wire reads again. */
export async function refreshAllRecords(): Promise<void> {
    await Promise.all([...liveWires].map((wire) => wire.load()));
}

function announce(recordIds: readonly string[]): void {
    window.dispatchEvent(new CustomEvent(RECORDS_CHANGED, { detail: recordIds }));
}

function fieldOf(record: RecordRepresentation | undefined, reference: FieldReference): FieldValue | undefined {
    const path = fieldText(reference).split('.').slice(1);
    let current = record;
    for (const relationship of path.slice(0, -1)) {
        current = current?.fields[relationship]?.value as RecordRepresentation | undefined;
    }
    return current?.fields[path.at(-1) ?? ''];
}

function appendFields(query: URLSearchParams, name: string, fields: GetRecordConfig['fields']): void {
    const references = fields === undefined ? [] : [fields].flat();
    if (references.length > 0) {
        query.set(name, references.map((reference) => fieldText(reference)).join(','));
    }
}

function fieldText(reference: FieldReference): string {
    return typeof reference === 'string' ? reference : `${reference.objectApiName}.${reference.fieldApiName}`;
}

/** Ids of 15 and of 18 characters name the same record. */
function shortId(id: string): string {
    return id.slice(0, 15);
}

function recordsUrl(): string {
    return `/services/data/v${document.documentElement.dataset['apiVersion']}/ui-api/records`;
}
