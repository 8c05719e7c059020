import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** One source file of an LWC bundle. */
export interface CompileJob {
    readonly id: number;
    readonly path: string;
    readonly source: string;
    readonly scopedStyles: boolean;
}

export type CompileAnswer =
    { readonly id: number; readonly code: string } | { readonly id: number; readonly error: string };

export interface CompilePool {
    readonly compile: (path: string, source: string, scopedStyles: boolean) => Promise<string>;
    readonly close: () => void;
}

/** Runs the LWC compiler, which is synchronous and slow, on every core. */
export function openCompilePool(): CompilePool {
    const waiting = new Map<number, PromiseWithResolvers<string>>();
    let lastId = 0;

    function settle(answer: CompileAnswer): void {
        const job = waiting.get(answer.id);
        waiting.delete(answer.id);
        if ('code' in answer) {
            job?.resolve(answer.code);
        } else {
            job?.reject(new Error(answer.error));
        }
    }

    const workers = Array.from({ length: availableParallelism() }, () => {
        const worker = new Worker(new URL('./compile-worker.ts', import.meta.url));
        worker.on('message', settle);
        worker.on('error', (error: Error) => waiting.forEach((job) => job.reject(error)));
        return worker;
    });

    return {
        compile(path, source, scopedStyles) {
            lastId += 1;
            const job = Promise.withResolvers<string>();
            waiting.set(lastId, job);
            const request: CompileJob = { id: lastId, path, source, scopedStyles };
            workers[lastId % workers.length].postMessage(request);
            return job.promise;
        },
        close: () => workers.forEach((worker) => void worker.terminate())
    };
}
