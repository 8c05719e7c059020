import type { LocalOrg } from '../org/local-org.ts';
import type { ManifestMember } from './package/manifest.ts';
import { retrieve, type RetrieveResult } from './retrieve.ts';

/** Retrieves of one org. They run at once and are kept until the client has read them. */
export interface Retrievals {
    /** Id of the retrieve, `09S…`. */
    start(members: readonly ManifestMember[], version: string): string;
    result(id: string): RetrieveResult | undefined;
}

const RETRIEVE_PREFIX = '09S';
/** Zips that an org keeps in memory; a client reads its own at once. */
const KEPT = 20;

const retrievalsOfOrg = new WeakMap<LocalOrg, Retrievals>();

export function retrievalsOf(org: LocalOrg): Retrievals {
    const existing = retrievalsOfOrg.get(org);
    if (existing) {
        return existing;
    }
    const results = new Map<string, RetrieveResult>();
    const created: Retrievals = {
        start(members, version) {
            const id = org.newId(RETRIEVE_PREFIX);
            results.set(id, retrieve(org, members, version));
            [...results.keys()].slice(0, -KEPT).forEach((old) => results.delete(old));
            return id;
        },
        result: (id) => results.get(id)
    };
    retrievalsOfOrg.set(org, created);
    return created;
}
