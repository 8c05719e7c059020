import type { World } from '../semantics/world.ts';
import type { RuntimeClass } from './runtime-class.ts';

/** The installed program as the runtime sees it. */
export interface LinkedProgram {
    readonly world: World;
    /** By qualified name in lower case. */
    readonly classes: ReadonlyMap<string, RuntimeClass>;
    /** Makes the static state of a class and runs its static initialisers; by the class's number. */
    readonly statics: readonly StaticState[];
}

export interface StaticState {
    allocate(): object;
    initialize(state: object): void;
}
