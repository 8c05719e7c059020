import { readApiFacts } from './api-facts.ts';
import { compareCode, type CodeComparison } from './deployed-code.ts';
import { queryOne, type BridgeOrg } from './org-connection.ts';
import type { OrgKind } from './org-kind.ts';

export interface OrgSummary {
    readonly orgId: string;
    readonly url: string;
    readonly username: string;
}

/** An org of a link as it is now. What the org does not tell is null. */
export interface OrgStatus extends OrgSummary {
    readonly kind: OrgKind;
    /** `CS42`, `USA792S`. */
    readonly instance: string | null;
    /** Of the last 24 hours. */
    readonly apiRequests: { readonly maximum: number; readonly remaining: number } | null;
    /** Why the API does not answer, `REQUEST_LIMIT_EXCEEDED: …`. */
    readonly apiRefusal: string | null;
    /** Apex and other metadata of the org against those of this project. */
    readonly code: CodeComparison | null;
}

export function summary({ orgId, url, username }: BridgeOrg): OrgSummary {
    return { orgId, url, username };
}

export async function readOrgStatus(org: BridgeOrg): Promise<OrgStatus> {
    const [organization, api, code] = await Promise.all([
        queryOne<{ InstanceName: string | null }>(org, 'SELECT InstanceName FROM Organization').catch(() => undefined),
        readApiFacts(org),
        compareCode(org).catch(() => null)
    ]);
    return {
        ...summary(org),
        kind: org.kind,
        instance: organization?.InstanceName ?? null,
        apiRequests: api.requests ?? null,
        apiRefusal: api.refusal ?? null,
        code
    };
}

/** Whether the org has all of the project's code and metadata, as it is in the project. */
export function isUpToDate({ code }: OrgStatus): boolean {
    return [code, code?.metadata].every((part) => part?.missing.length === 0 && part.different.length === 0);
}
