import type { CompiledProgram, CompileProblem } from '../apex/engine.ts';
import { APEX_INPUTS, compileDeployedApex, metadataTypeOf } from './apex-compilation.ts';
import type { DeployContext } from './handlers/metadata-handler.ts';
import { METADATA_HANDLERS } from './handlers/index.ts';
import { checkLightningBundles } from './lightning-compilation.ts';
import type { PackageProblem } from './package/package-components.ts';
import { unstageComponent, type StagedComponent } from './stage.ts';

export interface CheckOutcome {
    /** Undefined when nothing changed that Apex depends on. */
    readonly program: CompiledProgram | undefined;
    /** Problems in classes of the org that are not in the package. */
    readonly brokenElsewhere: readonly CompileProblem[];
}

/**
 * Checks what is staged. When the deploy keeps the components without errors (`keepOthers`), the ones with errors are
 * taken out and the rest is checked again, until nothing new fails: what refers to a failed component fails too.
 */
export function checkStaged(
    staged: readonly StagedComponent[],
    context: DeployContext,
    apexBefore: string,
    keepOthers: boolean
): CheckOutcome {
    for (;;) {
        const candidates = staged.filter(({ problems }) => problems.length === 0);
        for (const { component, previous, problems } of candidates) {
            problems.push(...(METADATA_HANDLERS.get(component.type)?.check?.(component, context, previous) ?? []));
        }
        checkLightningBundles(candidates, context);
        const outcome = checkApex(candidates, context, apexBefore);
        const failed = candidates.filter(({ problems }) => problems.length > 0);
        if (failed.length === 0 || !keepOthers) {
            return outcome;
        }
        failed.forEach((entry) => unstageComponent(entry, context));
    }
}

/** Versions of everything that Apex code is compiled against. */
export function apexInputs({ org }: DeployContext): string {
    return APEX_INPUTS.map((type) => org.metadata.version(type)).join(' ');
}

function checkApex(candidates: readonly StagedComponent[], context: DeployContext, apexBefore: string): CheckOutcome {
    if (apexInputs(context) === apexBefore) {
        return { program: undefined, brokenElsewhere: [] };
    }
    const { program, problems, unsupported } = compileDeployedApex(context.org);
    const brokenElsewhere = problems.filter((problem) => {
        const owner = ownerOf(problem, candidates);
        owner?.problems.push(toPackageProblem(problem));
        return owner === undefined;
    });
    candidates.forEach(({ warnings }) => warnings.splice(0));
    unsupported.forEach((use) => ownerOf(use, candidates)?.warnings.push(toPackageProblem(use)));
    return { program, brokenElsewhere };
}

function ownerOf(problem: CompileProblem, candidates: readonly StagedComponent[]): StagedComponent | undefined {
    return candidates.find(
        ({ component }) =>
            component.type === metadataTypeOf(problem) &&
            component.fullName.toLowerCase() === problem.name.toLowerCase()
    );
}

function toPackageProblem({ message, line, column, fileName }: CompileProblem): PackageProblem {
    return { message, line, column, fileName };
}
