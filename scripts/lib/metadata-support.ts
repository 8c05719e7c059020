import type { BridgeOrg } from './org-connection.ts';
import { sourceApiVersion } from './project.ts';

/** A component that was left out of a deploy because the org does not take its type. */
export interface IgnoredRow {
    readonly type: string;
    readonly fullName: string;
}

export interface SupportFilter {
    /** False, and noted, for a component of a type that the org does not list. */
    readonly include: (component: IgnoredRow) => boolean;
    readonly ignored: () => readonly IgnoredRow[];
}

/**
 * Keeps what an org says that it takes: the types of its own description and their children (Metadata API Developer
 * Guide, describeMetadata).
 */
export async function supportFilter(org: BridgeOrg): Promise<SupportFilter> {
    const { metadataObjects } = await org.connection.metadata.describe(sourceApiVersion());
    const supported = new Set(metadataObjects.flatMap(({ xmlName, childXmlNames }) => [xmlName, ...childXmlNames]));
    const ignored = new Map<string, IgnoredRow>();
    return {
        include: ({ type, fullName }) => {
            if (supported.has(type)) return true;
            ignored.set(`${type} ${fullName}`, { type, fullName });
            return false;
        },
        ignored: () => [...ignored.values()]
    };
}
