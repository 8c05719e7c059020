import type { SignupRequest } from '../org/dev-hub.ts';
import type { OrgThread, OrgThreadOptions, ScratchOrgs } from './org-thread.ts';

export interface HostedScratchOrgs extends ScratchOrgs {
    /** Stops all of them. */
    close(): Promise<void>;
}

/** Scratch orgs of one Dev Hub, each on a port of its own. They live in memory and end with the hub. */
export function hostScratchOrgs(launch: (request: SignupRequest) => Promise<OrgThread>, log: (text: string) => void) {
    const threads = new Map<string, Promise<OrgThread>>();

    async function stop(infoId: string): Promise<void> {
        const thread = threads.get(infoId);
        threads.delete(infoId);
        await (await thread?.catch(() => undefined))?.stop();
    }

    const hosted: HostedScratchOrgs = {
        async start(request) {
            const started = launch(request);
            threads.set(request.infoId, started);
            try {
                const { url, org } = await started;
                return { ok: true, orgId: org.id, url };
            } catch (error) {
                const reason = error instanceof Error ? error.message : String(error);
                threads.delete(request.infoId);
                log(`The scratch org of ${request.infoId} did not start: ${reason}`);
                return { ok: false, reason };
            }
        },
        stop,
        async close() {
            await Promise.all([...threads.keys()].map(stop));
        }
    };
    return hosted;
}

/** What a scratch org has that an org of a pair has not. */
export function scratchOrgSettings({ organization, username, email, signup }: SignupRequest) {
    return { organization, adminUsername: username, adminEmail: email, signup } satisfies Partial<OrgThreadOptions>;
}
