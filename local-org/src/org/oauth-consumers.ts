import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

export interface KeyAndSecret {
    readonly consumerKey: string;
    readonly consumerSecret: string;
}

/** What an app's consumer logs in with: one pair, and a slot for a second. */
export interface Consumer extends KeyAndSecret {
    readonly consumerId: string;
    readonly staged: StagedCredentials | undefined;
}

/** `Active`: made, not in use yet. `Rotated`: was the app's own pair before, and still works until it ends. */
export interface StagedCredentials extends KeyAndSecret {
    readonly id: string;
    readonly state: 'Active' | 'Rotated';
    readonly createdById: string;
    /** Milliseconds since 1970. */
    readonly createdAt: number;
    readonly expiresAt: number;
}

/**
 * Keys and secrets of OAuth apps. In memory only: they are new after a restart, so whoever stored them has to read them
 * again. Source: Connect REST API Developer Guide, App OAuth Staged Credentials.
 */
export interface OauthConsumers {
    /** The consumer of an app; made when it is first asked for, with the key that the app's metadata supplies. */
    of(appId: string, suppliedKey: string | undefined): Consumer;
    /** The secret that an app was created with takes the place of the one that the org made. */
    supplySecret(appId: string, secret: string): void;
    /** Forgets the consumers of all other apps. */
    keepOnly(appIds: ReadonlySet<string>): void;
    /** Fills the slot; undefined when it is taken. */
    stage(appId: string, userId: string): StagedCredentials | undefined;
    /** Makes the staged pair the app's own; the pair it had goes to the slot, from where it works for 30 days. */
    rotate(appId: string): StagedCredentials | undefined;
    /** Empties the slot: what was in it works no longer. Answers what it was. */
    discard(appId: string): StagedCredentials | undefined;
    /** Rises with each change. */
    readonly version: number;
}

const STAGED_MS = 30 * 24 * 60 * 60 * 1000;

export interface OauthConsumersOptions {
    readonly clock: Clock;
    readonly newId: (keyPrefix: string) => string;
}

export function createOauthConsumers({ clock, newId }: OauthConsumersOptions): OauthConsumers {
    const consumers = new Map<string, Consumer>();
    let version = 0;

    function put(appId: string, consumer: Consumer): void {
        consumers.set(appId, consumer);
        version += 1;
    }

    /** A pair in the slot ends after its 30 days, whether somebody looks or not. */
    function current(appId: string): Consumer | undefined {
        const found = consumers.get(appId);
        if (found?.staged !== undefined && found.staged.expiresAt <= clock.now()) {
            put(appId, { ...found, staged: undefined });
        }
        return consumers.get(appId);
    }

    return {
        of(appId, suppliedKey) {
            const known = current(appId);
            if (known !== undefined) {
                return known;
            }
            const made = { consumerId: newId('888'), ...newPair(suppliedKey), staged: undefined };
            put(appId, made);
            return made;
        },
        supplySecret(appId, secret) {
            const known = current(appId);
            if (known !== undefined) {
                put(appId, { ...known, consumerSecret: secret });
            }
        },
        keepOnly(appIds) {
            for (const id of consumers.keys()) {
                if (!appIds.has(id)) {
                    consumers.delete(id);
                    version += 1;
                }
            }
        },
        stage(appId, userId) {
            const consumer = current(appId);
            if (consumer === undefined || consumer.staged !== undefined) {
                return undefined;
            }
            const now = clock.now();
            const staged: StagedCredentials = {
                id: newId('1Sc'),
                ...newPair(undefined),
                state: 'Active',
                createdById: userId,
                createdAt: now,
                expiresAt: now + STAGED_MS
            };
            put(appId, { ...consumer, staged });
            return staged;
        },
        rotate(appId) {
            const consumer = current(appId);
            if (consumer?.staged?.state !== 'Active') {
                return undefined;
            }
            const { consumerKey, consumerSecret } = consumer;
            const old: StagedCredentials = {
                ...consumer.staged,
                consumerKey,
                consumerSecret,
                state: 'Rotated',
                expiresAt: clock.now() + STAGED_MS
            };
            const next = { consumerKey: consumer.staged.consumerKey, consumerSecret: consumer.staged.consumerSecret };
            put(appId, { ...consumer, ...next, staged: old });
            return old;
        },
        discard(appId) {
            const consumer = current(appId);
            if (consumer?.staged === undefined) {
                return undefined;
            }
            put(appId, { ...consumer, staged: undefined });
            return consumer.staged;
        },
        get version() {
            return version;
        }
    };
}

/** Key of 85 characters, as the platform's: a fixed start, then letters, digits, `_` and `.`. */
function newPair(suppliedKey: string | undefined): KeyAndSecret {
    return {
        consumerKey: suppliedKey ?? `3MVG9${randomBytes(60).toString('base64url').replaceAll('-', '.')}`,
        consumerSecret: randomBytes(32).toString('hex').toUpperCase()
    };
}
