import { json } from '../../http/responses.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { WireResponse } from '../../http/types.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { SessionContext } from '../surface.ts';

/**
 * What an org may use, by the names and numbers of a Developer Edition org.
 * Source: REST API Developer Guide, Limits; the answer of the resource itself.
 */
const MAXIMA: Readonly<Record<string, number>> = {
    ActiveScratchOrgs: 3,
    AnalyticsExternalDataSizeMB: 40_960,
    ConcurrentAsyncGetReportInstances: 200,
    ConcurrentEinsteinDataInsightsStoryCreation: 5,
    ConcurrentEinsteinDiscoveryStoryCreation: 2,
    ConcurrentSyncReportRuns: 20,
    DailyAnalyticsDataflowJobExecutions: 60,
    DailyAnalyticsUploadedFilesSizeMB: 51_200,
    DailyAsyncApexExecutions: 250_000,
    DailyAsyncApexTests: 500,
    DailyBulkApiBatches: 15_000,
    DailyBulkV2QueryFileStorageMB: 976_562,
    DailyBulkV2QueryJobs: 10_000,
    DailyDeliveredPlatformEvents: 10_000,
    DailyDurableGenericStreamingApiEvents: 10_000,
    DailyDurableStreamingApiEvents: 10_000,
    DailyEinsteinDataInsightsStoryCreation: 1000,
    DailyEinsteinDiscoveryPredictAPICalls: 50_000,
    DailyEinsteinDiscoveryPredictionsByCDC: 500_000,
    DailyEinsteinDiscoveryStoryCreation: 100,
    DailyFunctionsApiCallLimit: 235_000,
    DailyGenericStreamingApiEvents: 10_000,
    DailyScratchOrgs: 6,
    DailyStandardVolumePlatformEvents: 10_000,
    DailyStreamingApiEvents: 10_000,
    DailyWorkflowEmails: 100_000,
    DurableStreamingApiConcurrentClients: 20,
    FileStorageMB: 20,
    HourlyAsyncReportRuns: 1200,
    HourlyDashboardRefreshes: 200,
    HourlyDashboardResults: 5000,
    HourlyDashboardStatuses: 999_999_999,
    HourlyLongTermIdMapping: 100_000,
    HourlyManagedContentPublicRequests: 50_000,
    HourlyODataCallout: 1000,
    HourlyPublishedPlatformEvents: 50_000,
    HourlyPublishedStandardVolumePlatformEvents: 1000,
    HourlyShortTermIdMapping: 100_000,
    HourlySyncReportRuns: 500,
    HourlyTimeBasedWorkflow: 50,
    MassEmail: 10,
    MonthlyEinsteinDiscoveryStoryCreation: 500,
    MonthlyPlatformEventsUsageEntitlement: 0,
    Package2VersionCreates: 6,
    Package2VersionCreatesWithoutValidation: 500,
    PrivateConnectOutboundCalloutHourlyLimitMB: 0,
    SingleEmail: 15,
    StreamingApiConcurrentClients: 20
};

const PERMISSION_SETS = 1500;
const CUSTOM_PERMISSION_SETS = 1000;
const DATA_STORAGE_MB = 5;
/** A record counts as two kilobytes, whatever is in it. Source: help "Data and File Storage Allocations". */
const RECORDS_IN_A_MB = 512;

/** GET /limits. Requests, records and permission sets are counted; the others are shown as unused. */
export function limits(_request: unknown, _parameters: unknown, { org }: SessionContext): WireResponse {
    const { apiUsage } = org;
    const unused = Object.entries(MAXIMA).map(([name, maximum]) => [name, limit(maximum, 0)] as const);
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
