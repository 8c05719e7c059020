import inspector from 'node:inspector';
import type { ApexDebugging } from '../apex/engine.ts';
import type { DebuggerSettings } from './channel.ts';

export interface OpenDebugger extends ApexDebugging {
    /** `ws://127.0.0.1:9229/…` */
    readonly url: string;
    close(): void;
}

/**
 * Opens Node's inspector for this thread, on loopback, and holds the first run of tests until a debugger is attached (Node.js
 * documentation, "Inspector"). Throws when the port is taken.
 */
export function openDebugger({ port, sources }: DebuggerSettings): OpenDebugger {
    inspector.open(port, '127.0.0.1');
    const url = inspector.url();
    if (url === undefined) throw new Error(`The debugger cannot listen on port ${port}: it is taken.`);
    let hasWaited = false;
    return {
        url,
        sourceUrl: (fileName) => sources[fileName] ?? `apex://${fileName}`,
        beforeTests() {
            if (!hasWaited) inspector.waitForDebugger();
            hasWaited = true;
        },
        close: () => inspector.close()
    };
}
