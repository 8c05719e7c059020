import { basename, dirname } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { transformSync } from '@lwc/compiler';
import type { CompileAnswer, CompileJob } from './compile-pool.ts';

parentPort!.on('message', (job: CompileJob) => parentPort!.postMessage(answer(job)));

function answer({ id, path, source, scopedStyles }: CompileJob): CompileAnswer {
    const directory = dirname(path);
    try {
        const { code } = transformSync(source, path, {
            name: basename(directory),
            namespace: basename(dirname(directory)),
            scopedStyles,
            enableDynamicComponents: true,
            // Base components with form association log errors in synthetic shadow without it.
            enableSyntheticElementInternals: true
        });
        return { id, code };
    } catch (error) {
        return { id, error: `${path}: ${error instanceof Error ? error.message : String(error)}` };
    }
}
