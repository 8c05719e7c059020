import type { AppCredentials } from '../lib/app-credentials.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';

/** The second pair of an app: `Active` waits to be taken into use, `Rotated` was in use before and still works. */
export interface StagedPair extends AppCredentials {
    readonly id: string;
    readonly state: 'Active' | 'Expired' | 'Rotated';
    /** When a rotated pair ends by itself. */
    readonly expirationDate: string;
}

interface Answer {
    readonly stagedCredentials?: readonly StagedPair[];
}

/*
 * `consumer` is the path of the app's consumer; see `consumerUrl`. Secrets must be reachable.
 * Source: Connect REST API Developer Guide, OAuth Credentials Resources, since version 65.
 */

/** What the slot holds; there is one for each consumer. */
export async function readStaged(org: BridgeOrg, consumer: string): Promise<StagedPair | undefined> {
    const { stagedCredentials } = await org.connection.requestGet<Answer>(`${consumer}/staged`);
    return stagedCredentials?.[0];
}

export async function stagePair(org: BridgeOrg, consumer: string): Promise<StagedPair> {
    // An empty body would leave the request hanging.
    const answer = await org.connection.requestPost<Answer & Partial<StagedPair>>(`${consumer}/staged`, {});
    return (answer.stagedCredentials?.[0] ?? answer) as StagedPair;
}

/** The staged pair becomes the app's own; the pair before goes to the slot. */
export async function rotatePair(org: BridgeOrg, consumer: string, id: string): Promise<void> {
    await org.connection.requestPatch(`${consumer}/staged/${id}`, { command: 'rotate' });
}

/** The pair in the slot works no longer. */
export async function deleteStaged(org: BridgeOrg, consumer: string, id: string): Promise<void> {
    await org.connection.requestDelete(`${consumer}/staged/${id}`);
}
