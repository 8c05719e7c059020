import { BridgeError } from './errors.ts';
import { findLocalPair, type LocalSessions } from './local-pair.ts';
import { connectByAlias, connectLocal, type BridgeOrg } from './org-connection.ts';
import { sideBySide } from './side-by-side.ts';

/** The two orgs a command works on. */
export interface LinkedOrgs {
    readonly source: BridgeOrg;
    readonly target: BridgeOrg;
}

/** `--source ALIAS --target ALIAS`, or neither for the local pair. */
export interface OrgFlags {
    readonly source?: string;
    readonly target?: string;
}

export function namesRealOrgs(flags: OrgFlags): boolean {
    if ((flags.source === undefined) !== (flags.target === undefined)) {
        const missing = flags.source === undefined ? '--source' : '--target';
        throw new BridgeError('user', 'ORG_FLAG_MISSING', `${missing} is missing: a link has two ends.`, [
            'Pass both --source ALIAS and --target ALIAS, or neither to use the local pair.'
        ]);
    }
    return flags.source !== undefined;
}

/** The orgs named by the flags, or those of the local pair that runs. */
export async function openOrgs(flags: OrgFlags): Promise<LinkedOrgs> {
    if (namesRealOrgs(flags)) {
        const [source, target] = await sideBySide([
            connectByAlias('source', flags.source as string),
            connectByAlias('target', flags.target as string)
        ]);
        return refuseSameOrg({ source, target });
    }
    const sessions = await findLocalPair();
    if (sessions === undefined) {
        throw new BridgeError('user', 'NO_LOCAL_PAIR', 'No local org pair runs, and no orgs were named.', [
            'Start the pair: npm start',
            'Or name two authorised orgs: --source ALIAS --target ALIAS'
        ]);
    }
    return openLocalOrgs(sessions);
}

/** A target by its alias, beside a source that is open. */
export async function openTarget(source: BridgeOrg, alias: string): Promise<LinkedOrgs> {
    return refuseSameOrg({ source, target: await connectByAlias('target', alias) });
}

export async function openLocalOrgs(sessions: LocalSessions): Promise<LinkedOrgs> {
    const [source, target] = await sideBySide([
        connectLocal('source', sessions.source),
        connectLocal('target', sessions.target)
    ]);
    return { source, target };
}

function refuseSameOrg(orgs: LinkedOrgs): LinkedOrgs {
    if (orgs.source.orgId === orgs.target.orgId) {
        throw new BridgeError(
            'user',
            'SAME_ORG',
            `"${orgs.source.label}" and "${orgs.target.label}" are the same org.`,
            ['Name two different orgs; see: sf org list']
        );
    }
    return orgs;
}
