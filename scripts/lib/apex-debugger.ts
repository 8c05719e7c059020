import { once } from 'node:events';
import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Agent } from 'undici';
import { BridgeError } from './errors.ts';
import type { OrgOptions } from '../../local-org/src/index.ts';

/** Where debuggers of Node look when they are told nothing. */
export const DEBUGGER_PORT = 9229;

const FOLDERS: Readonly<Record<string, string>> = { cls: 'classes', trigger: 'triggers' };

/**
 * How the org opens its debugger, with the files behind the Apex it will get, so that a breakpoint in one of them is found.
 * From now on no request of this process ends for want of an answer: an org that stands at a breakpoint gives none.
 */
export async function debuggerSettings(
    port: number,
    sourceDirs: readonly string[]
): Promise<NonNullable<OrgOptions['debugger']>> {
    await requireFree(port);
    waitForAnswers();
    const files = sourceDirs.flatMap((folder) =>
        globSync('**/*.{cls,trigger}', { cwd: folder }).map((file) => join(folder, file))
    );
    return { port, sources: Object.fromEntries(files.map((file) => [packageName(file), pathToFileURL(file).href])) };
}

/** `classes/X.cls` */
function packageName(file: string): string {
    const name = basename(file);
    return `${FOLDERS[name.slice(name.lastIndexOf('.') + 1)]}/${name}`;
}

async function requireFree(port: number): Promise<void> {
    const probe = createServer().listen(port, '127.0.0.1');
    try {
        await once(probe, 'listening');
    } catch (cause) {
        throw new BridgeError(
            'user',
            'PORT_TAKEN',
            `Something else listens on port ${port}.`,
            ['End the other debugging session, or pass another port: --debug 9230'],
            cause
        );
    } finally {
        probe.close();
    }
}

interface ClientRequests {
    setDispatcher(dispatcher: Agent): void;
}

/** Takes the five minutes off that the platform's client waits for the head of an answer. */
function waitForAnswers(): void {
    const client = createRequire(import.meta.url)('@jsforce/jsforce-node/lib/request') as ClientRequests;
    client.setDispatcher(new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { allowH2: false } }));
}
