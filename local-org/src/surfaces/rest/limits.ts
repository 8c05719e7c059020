import { json } from '../../http/responses.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { WireResponse } from '../../http/types.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import { ORG_LIMITS } from '../../org/org-limits.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { SessionContext } from '../surface.ts';

const PERMISSION_SETS = 1500;
const CUSTOM_PERMISSION_SETS = 1000;
const DATA_STORAGE_MB = 5;
/** A record counts as two kilobytes, whatever is in it. Source: help "Data and File Storage Allocations". */
const RECORDS_IN_A_MB = 512;

/** GET /limits. Requests, records and permission sets are counted; the others are shown as unused. */
export function limits(_request: unknown, _parameters: unknown, { org }: SessionContext): WireResponse {
    const { apiUsage } = org;
    const unused = Object.entries(ORG_LIMITS).map(([name, maximum]) => [name, limit(maximum, 0)] as const);
    const records = dataObjects(org).reduce((sum, { name }) => sum + recordCount(org, name), 0);
    const storage = Math.floor(records / RECORDS_IN_A_MB);
    const permissionSets = org.metadata.list('PermissionSet').length;
    return json(200, {
        ...Object.fromEntries(unused),
        DailyApiRequests: limit(apiUsage.maximum, apiUsage.used),
        DataStorageMB: limit(DATA_STORAGE_MB, storage),
        PermissionSets: {
            ...limit(PERMISSION_SETS, permissionSets),
            CreateCustom: limit(CUSTOM_PERMISSION_SETS, permissionSets)
        }
    });
}

function limit(maximum: number, used: number): { readonly Max: number; readonly Remaining: number } {
    return { Max: maximum, Remaining: Math.max(0, maximum - used) };
}

/** GET /limits/recordCount?sObjects=Account,Contact: all objects with records when none are named. */
export function recordCounts(request: HttpRequest, _parameters: unknown, { org }: SessionContext): WireResponse {
    const names = request.query
        .get('sObjects')
        ?.split(',')
        .map((name) => name.trim().toLowerCase());
    const wanted = dataObjects(org).filter(({ name }) => names?.includes(name.toLowerCase()) ?? true);
    const counted = wanted.map(({ name }) => ({ count: recordCount(org, name), name }));
    return json(200, { sObjects: counted.filter(({ count }) => names !== undefined || count > 0) });
}

function dataObjects(org: LocalOrg): ObjectDef[] {
    const hasRecords = ({ kind, queryable }: ObjectDef): boolean =>
        queryable && (kind === 'standard' || kind === 'custom');
    return [...org.schema.objects()].filter(hasRecords);
}

function recordCount(org: LocalOrg, object: string): number {
    const access = { userId: org.admin.userId, mode: 'system', sharing: false } as const;
    return org.database.query(`SELECT COUNT() FROM ${object}`, { access }).totalSize;
}
