import { createRequestHandler } from '../../../src/engine/request-handler.ts';
import { fixedClock } from '../../../src/org/clock.ts';
import { createOrg } from '../../../src/org/create-org.ts';
import { SURFACES } from '../../../src/surfaces/index.ts';
import { Id, type FieldValue } from '../../../src/values/index.ts';
import type { Access } from '../../../src/access/types.ts';
import type { AuraOutcome } from '../../../src/apex/engine.ts';
import type { CalloutTransport, WireRequest, WireResponse } from '../../../src/http/types.ts';
import type { LocalOrg } from '../../../src/org/local-org.ts';
import type { MetadataDocument, TransactionalMetadataRegistry } from '../../../src/org/metadata-registry.ts';

type Aura = (className: string, methodName: string, args: Readonly<Record<string, unknown>>) => AuraOutcome;

export interface PageOrgOptions {
    /** Answers the Apex calls of components. */
    readonly aura?: Aura;
    /** `Account` or `Account.Phone`: what users may not read. */
    readonly hidden?: readonly string[];
}

export interface PageOrg {
    readonly org: LocalOrg;
    readonly metadata: TransactionalMetadataRegistry;
    /** Faults of the local org. */
    readonly log: string[];
    readonly handle: (request: WireRequest) => WireResponse;
    get(url: string, headers?: Record<string, string>): WireResponse;
    post(url: string, body: string, headers?: Record<string, string>): WireResponse;
    /** Inserts a record and gives its id. */
    insert(object: string, fields: Record<string, FieldValue>): string;
    update(object: string, id: string, fields: Record<string, FieldValue>): void;
}

const UNREACHABLE: CalloutTransport = { send: () => ({ ok: false, reason: 'unreachable', detail: 'ECONNREFUSED' }) };
const NO_APEX: Aura = () => ({ ok: false, message: 'no Apex here', exceptionType: 'Test', stackTrace: '' });

/** A whole org whose Apex a test answers itself. Its clock stands at 2026-11-22, 10:00 GMT. */
export function createPageOrg({ aura = NO_APEX, hidden = [] }: PageOrgOptions = {}): PageOrg {
    const { org: plain } = createOrg({
        name: 'source',
        baseUrl: 'http://localhost:8080',
        apiVersion: '67.0',
        adminUsername: 'admin@source.local',
        clock: fixedClock('2026-11-22T10:00:00Z'),
        callouts: UNREACHABLE
    });
    const { access, apex } = plain;
    const org: LocalOrg = {
        ...plain,
        apex: { ...apex, triggers: apex.triggers, aura },
        access: restricted(access, hidden)
    };
    const log: string[] = [];
    const handle = createRequestHandler({ org, surfaces: SURFACES, log: (text) => void log.push(text) });
    const send = (method: string, url: string, body: string, headers: Record<string, string>): WireResponse =>
        handle({ method, url, headers, body: new TextEncoder().encode(body), remoteAddress: '127.0.0.1' });
    return {
        org,
        metadata: org.metadata,
        log,
        handle,
        get: (url, headers = {}) => send('GET', url, '', headers),
        post: (url, body, headers = {}) => send('POST', url, body, headers),
        insert: (object, fields) => save(org, 'insert', object, fields),
        update: (object, id, fields) => void save(org, 'update', object, { Id: Id.of(id), ...fields })
    };
}

/** The org's own access, less what is hidden. */
function restricted(access: Access, hidden: readonly string[]): Access {
    const limits: Partial<Access> = {
        objectAllowed: (user, object, permission) =>
            !hidden.includes(object) && access.objectAllowed(user, object, permission),
        fieldAllowed: (user, object, field, permission) =>
            !hidden.includes(`${object}.${field}`) && access.fieldAllowed(user, object, field, permission)
    };
    return new Proxy(access, {
        get: (target, name: keyof Access) => limits[name] ?? target[name].bind(target)
    });
}

function save(
    org: LocalOrg,
    operation: 'insert' | 'update',
    object: string,
    fields: Record<string, FieldValue>
): string {
    const record = org.database.newRecord(object);
    for (const [name, value] of Object.entries(fields)) {
        record.set(name, value);
    }
    const access = { userId: org.admin.userId, mode: 'system', sharing: false } as const;
    const [result] = org.database.dml(operation, [record], { access, allOrNone: true, origin: 'api' });
    if (result?.success !== true) {
        throw new Error(JSON.stringify(result));
    }
    return String(result.id);
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
        document: { apiVersion: '67.0', isExposed: 'true', ...document }
    });
}

interface PlacedComponent {
    readonly name: string;
    readonly properties?: Record<string, string>;
}

export interface PageDeployment {
    readonly type?: 'RecordPage' | 'AppPage' | 'HomePage';
    readonly regions: Record<string, readonly PlacedComponent[]>;
    readonly facets?: Record<string, readonly PlacedComponent[]>;
}

/** Puts a Lightning page into the org; a record page is one of Account. */
export function deployPage(metadata: TransactionalMetadataRegistry, name: string, deployment: PageDeployment): void {
    const { type = 'RecordPage', regions, facets = {} } = deployment;
    const flexiPageRegions = [...regionDocuments(regions, 'Region'), ...regionDocuments(facets, 'Facet')];
    const sobjectType = type === 'RecordPage' ? { sobjectType: 'Account' } : {};
    const document = { masterLabel: `The ${name}`, type, ...sobjectType, flexiPageRegions };
    metadata.put({ type: 'FlexiPage', fullName: name, files: new Map(), document });
}

function regionDocuments(regions: Record<string, readonly PlacedComponent[]>, type: string): MetadataDocument[] {
    return Object.entries(regions).map(([name, components]) => ({
        name,
        type,
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
}
