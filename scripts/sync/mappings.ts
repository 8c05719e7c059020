import { BridgeError } from '../lib/errors.ts';
import { queryAll, type BridgeOrg } from '../lib/org-connection.ts';

/** An object mapping as the custom metadata of an org has it. */
export interface SyncMapping {
    readonly name: string;
    readonly sourceObject: string;
    readonly targetObject: string;
    readonly direction: string;
    /** SOQL condition on the sending side; empty when there is none. */
    readonly filter: string;
    /** Source, Target, Newest or Ask. */
    readonly policy: string;
    readonly order: number;
    readonly fields: readonly SyncFieldMapping[];
}

export interface SyncFieldMapping {
    readonly sourceField: string | undefined;
    readonly targetField: string | undefined;
    readonly direction: string;
    readonly transform: string;
    /** The object's when the field has none. */
    readonly policy: string;
}

interface ObjectRow {
    readonly DeveloperName: string;
    readonly Source_Object__c: string;
    readonly Target_Object__c: string;
    readonly Direction__c: string;
    readonly Filter__c: string | null;
    readonly Conflict_Policy__c: string | null;
    readonly Order__c: number | null;
}

interface FieldRow {
    readonly Object__r: { readonly DeveloperName: string };
    readonly Source_Field__c: string | null;
    readonly Target_Field__c: string | null;
    readonly Direction__c: string | null;
    readonly Transform__c: string | null;
    readonly Conflict_Policy__c: string | null;
}

/** What an org says of an object or a field that it lacks, or that the user may not see. */
const NOT_THERE: ReadonlySet<string> = new Set(['INVALID_TYPE', 'INVALID_FIELD']);

/** Active mappings of an org, parents first. Throws SYNC_MISSING when the engine is not there. */
export async function readMappings(org: BridgeOrg): Promise<readonly SyncMapping[]> {
    try {
        const objects = await queryAll<ObjectRow>(
            org,
            'SELECT DeveloperName, Source_Object__c, Target_Object__c, Direction__c, Filter__c, Conflict_Policy__c, ' +
                'Order__c ' +
                'FROM Sync_Object__mdt WHERE Active__c = TRUE'
        );
        const fields = await queryAll<FieldRow>(
            org,
            'SELECT Object__r.DeveloperName, Source_Field__c, Target_Field__c, Direction__c, Transform__c, ' +
                'Conflict_Policy__c ' +
                'FROM Sync_Field__mdt'
        );
        return objects.map((row) => mappingOf(row, fields)).sort((left, right) => left.order - right.order);
    } catch (cause) {
        if (!NOT_THERE.has((cause as { errorCode?: string }).errorCode ?? '')) {
            throw cause;
        }
        throw new BridgeError(
            'org',
            'SYNC_MISSING',
            `The ${org.role} org has no sync engine, or you may not read its mappings: ${String(cause)}`,
            ['Run: npm run bridge -- up --sync'],
            cause
        );
    }
}

function mappingOf(row: ObjectRow, fields: readonly FieldRow[]): SyncMapping {
    const direction = row.Direction__c;
    const policy = row.Conflict_Policy__c ?? 'Newest';
    return {
        name: row.DeveloperName,
        sourceObject: row.Source_Object__c,
        targetObject: row.Target_Object__c,
        direction,
        filter: row.Filter__c ?? '',
        policy,
        order: row.Order__c ?? 0,
        fields: fields
            .filter((field) => field.Object__r.DeveloperName === row.DeveloperName)
            .map((field) => ({
                sourceField: field.Source_Field__c ?? undefined,
                targetField: field.Target_Field__c ?? undefined,
                direction: field.Direction__c ?? direction,
                transform: field.Transform__c ?? 'None',
                policy: field.Conflict_Policy__c ?? policy
            }))
    };
}
