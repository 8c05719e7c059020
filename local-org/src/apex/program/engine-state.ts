import type { Org } from '../../org/org.ts';
import type { ApexRuntime } from '../runtime/create-runtime.ts';
import type { Linker } from './link.ts';

/** The installed program and the runtime it runs in. */
export interface EngineState {
    readonly org: Org;
    readonly runtime: ApexRuntime;
    readonly linker: Linker;
}
