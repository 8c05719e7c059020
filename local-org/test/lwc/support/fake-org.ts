import { createRequestHandler } from '../../../src/engine/request-handler.ts';
import { createMetadataRegistry } from '../../../src/org/create-metadata-registry.ts';
import { fixedClock } from '../../../src/org/clock.ts';
import { createSessions } from '../../../src/org/sessions.ts';
import { createSchema } from '../../../src/schema/create-schema.ts';
import { pageSurface } from '../../../src/surfaces/page/routes.ts';
import { uiApiSurface } from '../../../src/surfaces/ui-api/routes.ts';
import { Id, SObject, type FieldValue } from '../../../src/values/index.ts';
import type { AuraOutcome } from '../../../src/apex/engine.ts';
import type { WireRequest, WireResponse } from '../../../src/http/types.ts';
import type { LocalOrg } from '../../../src/org/local-org.ts';
import type { TransactionalMetadataRegistry } from '../../../src/org/metadata-registry.ts';
import type { QueryResult } from '../../../src/org/database.ts';

type Aura = (className: string, methodName: string, args: Readonly<Record<string, unknown>>) => AuraOutcome;

export interface FakeOrgOptions {
    readonly records?: readonly SObject[];
    readonly aura?: Aura;
    /** `Account` or `Account.Phone`: what users may not read. */
    readonly hidden?: readonly string[];
}

export interface FakeOrg {
    readonly org: LocalOrg;
    readonly metadata: TransactionalMetadataRegistry;
    readonly log: string[];
    handle(request: WireRequest): WireResponse;
    get(url: string, headers?: Record<string, string>): WireResponse;
    post(url: string, body: string, headers?: Record<string, string>): WireResponse;
}

export const ADMIN_ID = '005000000000001AAA';
export const ACCOUNT_ID = '001000000000001AAA';
export const ORG_ID = '00D000000000001EAA';

export function recordOf(type: string, fields: Record<string, FieldValue>): SObject {
    const record = new SObject(type);
    for (const [name, value] of Object.entries(fields)) {
        record.set(name, typeof value === 'string' && (name === 'Id' || name.endsWith('Id')) ? Id.of(value) : value);
    }
    return record;
}

/** An org with the real registry, schema, sessions and pages over a database that only finds rows by object. */
export function createFakeOrg({ records = [], aura, hidden = [] }: FakeOrgOptions = {}): FakeOrg {
    const clock = fixedClock('2026-11-22T10:00:00Z');
    let lastId = 0;
    const newId = (prefix: string): string => {
        lastId += 1;
        return Id.of(`${prefix}${String(lastId).padStart(12, '0')}`).value;
    };
    const metadata = createMetadataRegistry({ clock, newId });
    const admin = recordOf('User', {
        Id: ADMIN_ID,
        Name: 'Local Admin',
        Username: 'admin@source.local',
        IsActive: true
    });
    const rows = [admin, ...records];
    const org = {
        id: ORG_ID,
        name: 'source',
        baseUrl: 'http://localhost:8080',
        apiVersion: '67.0',
        clock,
        metadata,
        schema: createSchema(metadata),
        access: {
            objectAllowed: (_user: string, object: string) => !hidden.includes(object),
            fieldAllowed: (_user: string, object: string, field: string) => !hidden.includes(`${object}.${field}`),
            customPermission: () => true,
            userPermission: () => false
        },
        database: {
            query: (soql: string, { binds }: { binds?: ReadonlyMap<string, unknown> }) => find(rows, soql, binds)
        },
        apex: { aura: (className: string, method: string, args: object) => aura?.(className, method, { ...args }) },
        sessions: createSessions(ORG_ID, clock),
        users: {
            byId: (id: string) =>
                rows
                    .filter((row) => row.type === 'User' && String(row.get('Id')) === id)
                    .map((record) => ({
                        id,
                        name: String(record.get('Name')),
                        username: String(record.get('Username')),
                        active: true,
                        profileName: 'System Administrator',
                        record
                    }))[0]
        },
        admin: { userId: ADMIN_ID, username: 'admin@source.local' },
        apiUsage: { used: 0, maximum: 15_000 }
    } as unknown as LocalOrg;
    const log: string[] = [];
    const surfaces = [pageSurface, uiApiSurface];
    const handle = createRequestHandler({ org, surfaces, log: (text) => void log.push(text) });
    const send = (method: string, url: string, body: string, headers: Record<string, string>): WireResponse =>
        handle({ method, url, headers, body: new TextEncoder().encode(body), remoteAddress: '127.0.0.1' });
    return {
        org,
        metadata,
        log,
        handle,
        get: (url, headers = {}) => send('GET', url, '', headers),
        post: (url, body, headers = {}) => send('POST', url, body, headers)
    };
}

/** Rows of the object after FROM; `WHERE Id = :id` and `LIKE :pattern` are understood, nothing else. */
function find(rows: readonly SObject[], soql: string, binds: ReadonlyMap<string, unknown> = new Map()): QueryResult {
    const object = soql.split(' FROM ')[1]!.split(' ', 1)[0]!;
    const pattern = soql.includes(' LIKE :pattern')
        ? String(binds.get('pattern')).replaceAll('%', '').toLowerCase()
        : '';
    const found = rows
        .filter((row) => row.type === object)
        .filter((row) => !soql.includes('WHERE Id = :id') || String(row.get('Id')) === String(binds.get('id')))
        .filter((row) =>
            String(row.get('Name') ?? '')
                .toLowerCase()
                .includes(pattern)
        );
    const selected = soql.slice('SELECT '.length).split(' FROM ')[0]!.split(', ');
    for (const row of found) {
        row.selection = selected.filter((name) => !name.includes('.')).map((name) => ({ kind: 'field', name }));
    }
    return { records: found, totalSize: found.length, object };
}

/** Puts a Lightning component bundle into the org. */
export function deployBundle(
    metadata: TransactionalMetadataRegistry,
    name: string,
    files: Record<string, string>,
    document: Record<string, unknown> = {}
): void {
    const encoder = new TextEncoder();
    metadata.put({
        type: 'LightningComponentBundle',
        fullName: name,
        files: new Map(Object.entries(files).map(([path, text]) => [`lwc/${name}/${path}`, encoder.encode(text)])),
        document: { apiVersion: '67.0', isExposed: 'true', ...document } as never
    });
}

/** Puts a record page with one component per region into the org. */
export function deployRecordPage(
    metadata: TransactionalMetadataRegistry,
    name: string,
    regions: Record<string, readonly { name: string; properties?: Record<string, string> }[]>
): void {
    const flexiPageRegions = Object.entries(regions).map(([region, components]) => ({
        name: region,
        type: 'Region',
        itemInstances: components.map((component) => ({
            componentInstance: {
                componentName: component.name,
                componentInstanceProperties: Object.entries(component.properties ?? {}).map(([key, value]) => ({
                    name: key,
                    value
                }))
            }
        }))
    }));
    const document = { masterLabel: name, sobjectType: 'Account', type: 'RecordPage', flexiPageRegions };
    metadata.put({ type: 'FlexiPage', fullName: name, files: new Map(), document });
}
