import type { Org } from '../../org/org.ts';
import type { ApexDebugging, ApexEngine, UnsupportedApex } from '../engine.ts';
import { createLibraryCatalog } from '../library/catalog.ts';
import { ApexRuntime } from '../runtime/create-runtime.ts';
import { compileProgram, type ApexProgram, type CompileContext } from './compile.ts';
import { CompileCache } from './compile-cache.ts';
import { createSchemaKey } from './schema-key.ts';
import { executeAnonymous } from './anonymous.ts';
import { callAura } from './aura.ts';
import { callRest } from './rest.ts';
import { resumeJobs } from './resume-jobs.ts';
import { runTests } from './tests.ts';
import { createTriggerDispatch } from './triggers.ts';
import { Linker } from './link.ts';
import type { EngineState } from './engine-state.ts';

export interface ApexEngineOptions {
    readonly debugging?: ApexDebugging | undefined;
    /** Code that uses what the local org lacks is refused when absent. */
    readonly unsupported?: UnsupportedApex | undefined;
    /** Results of the compiler to use again; those of this installation when absent. */
    readonly cache?: CompileCache | undefined;
}

const sharedResults = new CompileCache();

/** The Apex of one org. The org is asked for when Apex runs, since the engine is part of it. */
export function createApexEngine(
    org: () => Org,
    { debugging, unsupported, cache }: ApexEngineOptions = {}
): ApexEngine {
    const results = cache ?? sharedResults;
    const schemaKey = createSchemaKey();
    const library = createLibraryCatalog();
    let state: EngineState | undefined;

    function context(): CompileContext {
        const { schema, metadata } = org();
        const has = (type: string, name: string): boolean => metadata.get(type, name) !== undefined;
        return {
            schema,
            natives: library,
            names: {
                hasLabel: (name) => has('CustomLabel', name),
                hasPage: (name) => has('ApexPage', name),
                hasComponent: (name) => has('LightningComponentBundle', name),
                hasStaticResource: (name) => has('StaticResource', name)
            },
            unsupported,
            cache: { results, schemaKey: `${schemaKey(metadata)} ${unsupported ?? 'refuse'}` }
        };
    }

    function current(): EngineState {
        if (state === undefined) {
            const { program } = compileProgram([], context());
            const runtime = new ApexRuntime(org, library, { world: program.world, classes: new Map(), statics: [] });
            state = { org: org(), runtime, linker: new Linker(program, runtime, debugging) };
            runtime.program = state.linker;
        }
        return state;
    }

    return {
        compile: (sources) => compileProgram(sources, context()),
        install(program) {
            const { runtime } = current();
            const linker = new Linker(program as ApexProgram, runtime, debugging);
            runtime.program = linker;
            state = { org: org(), runtime, linker };
        },
        executeAnonymous: (code, userId) => executeAnonymous(current(), code, userId),
        runTests(request, userId) {
            debugging?.beforeTests();
            return runTests(current(), request, userId);
        },
        rest: (call, userId) => callRest(current(), call, userId),
        aura: (className, method, args, userId) => callAura(current(), className, method, args, userId),
        resumeJobs: () => resumeJobs(current()),
        triggers: createTriggerDispatch(current)
    };
}
