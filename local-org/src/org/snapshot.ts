import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StoreSnapshot } from '../store/store.ts';
import type { RegistrySnapshot } from './metadata-registry.ts';

/**
 * An org on disk: its rows and its deployed metadata. Secrets are no part of it: consumer secrets, stored credentials and
 * sessions end with the process, and `bridge connect` puts new ones in place after a restart.
 */
export interface OrgSnapshot {
    readonly format: 1;
    readonly orgId: string;
    readonly adminId: string;
    readonly store: StoreSnapshot;
    readonly metadata: RegistrySnapshot;
    /** Ids of the connected apps that are blocked. Data files of earlier versions lack it. */
    readonly blockedApps?: readonly string[];
}

/** undefined when there is no file. Throws when the file is not a snapshot of this format. */
export function readSnapshot(file: string): OrgSnapshot | undefined {
    let text: string;
    try {
        text = readFileSync(file, 'utf8');
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
            return undefined;
        }
        throw error;
    }
    const snapshot = JSON.parse(text) as Partial<OrgSnapshot>;
    if (snapshot.format !== 1) {
        throw new Error(`${file} is not an org that this version can read. Remove the file to start with a fresh org.`);
    }
    return snapshot as OrgSnapshot;
}

/** Replaces the file as a whole: a crash leaves the old or the new one, never half of one. */
export function writeSnapshot(file: string, snapshot: OrgSnapshot): void {
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}.tmp`;
    writeFileSync(draft, JSON.stringify(snapshot), { mode: 0o600 });
    renameSync(draft, file);
}
