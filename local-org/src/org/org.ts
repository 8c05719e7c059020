import type { Access } from '../access/types.ts';
import type { ApexEngine } from '../apex/engine.ts';
import type { CalloutGateway } from '../callout/types.ts';
import type { Consents } from '../callout/consents.ts';
import type { CalloutTransport } from '../http/types.ts';
import type { Schema } from '../schema/types.ts';
import type { Certificates } from './certificates.ts';
import type { Sessions } from './sessions.ts';
import type { Clock } from './clock.ts';
import type { JobQueue } from './job-queue.ts';
import type { Database } from './database.ts';
import type { TransactionalMetadataRegistry } from './metadata-registry.ts';
import type { PrincipalCredentials } from './principal-credentials.ts';
import type { ProviderSecrets } from './provider-secrets.ts';

/**
 * One org: the parts that every surface and the Apex runtime share. Nothing in it is asynchronous.
 */
export interface Org {
    /** 18 characters, prefix 00D. */
    readonly id: string;
    readonly name: string;
    /** `http://localhost:<port>`; the org's My Domain. Known once the listener is up. */
    readonly baseUrl: string;
    readonly clock: Clock;
    readonly schema: Schema;
    readonly access: Access;
    readonly database: Database;
    readonly metadata: TransactionalMetadataRegistry;
    readonly apex: ApexEngine;
    /** Asynchronous work that waits for its turn. */
    readonly jobs: JobQueue;
    /** Named credentials, principals and tokens of outgoing calls. */
    readonly calloutGateway: CalloutGateway;
    /** For `UserInfo.getSessionId()`. */
    readonly sessions: Pick<Sessions, 'open'>;
    /** Browser logins at other orgs that are under way. */
    readonly consents: Consents;
    readonly certificates: Certificates;
    /** What named credentials log in with; see `org/principal-credentials.ts`. */
    readonly principalCredentials: PrincipalCredentials;
    readonly providerSecrets: ProviderSecrets;
    /** The wire below it. */
    readonly callouts: CalloutTransport;
    /** Release the org answers as, "67.0"; requests may name an older version. */
    readonly apiVersion: string;
}
