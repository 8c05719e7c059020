import type { CompileProblem } from '../apex/engine.ts';
import { metadataTypeOf } from './apex-compilation.ts';
import type { DeployMessage } from './deploy-types.ts';
import type { DeployContext } from './handlers/metadata-handler.ts';
import { MANIFEST } from './package/package-files.ts';
import type { PackageProblem } from './package/package-components.ts';
import type { StagedComponent } from './stage.ts';

/** The message for package.xml itself, which every deploy has; it names no component type. */
export function packageMessage(createdDate: string): DeployMessage {
    return message('', MANIFEST, MANIFEST, createdDate, { changed: true });
}

/** One message for a component without problems, else one for each problem. */
export function componentMessages(
    { component, change, problems, warnings }: StagedComponent,
    { org }: DeployContext,
    createdDate: string
): DeployMessage[] {
    const { type, fullName, fileName } = component;
    if (problems.length === 0) {
        const flags = { changed: change !== 'unchanged', created: change === 'created' };
        const id = org.metadata.get(type, fullName)?.id;
        const done = message(type, fullName, fileName, createdDate, { ...flags, ...(id !== undefined && { id }) });
        return [done, ...warnings.map((warning) => warningMessage(component, warning, createdDate))];
    }
    return problems.map((problem) =>
        message(type, fullName, problem.fileName ?? fileName, createdDate, {
            success: false,
            problem: problem.message,
            problemType: 'Error',
            ...(problem.line !== undefined && { lineNumber: problem.line }),
            ...(problem.column !== undefined && { columnNumber: problem.column })
        })
    );
}

function warningMessage(
    { type, fullName, fileName }: StagedComponent['component'],
    { message: problem, line, column }: PackageProblem,
    createdDate: string
): DeployMessage {
    const place = {
        ...(line !== undefined && { lineNumber: line }),
        ...(column !== undefined && { columnNumber: column })
    };
    return message(type, fullName, fileName, createdDate, { problem, problemType: 'Warning', ...place });
}

/** A class of the org, not of the package, that the package makes invalid. */
export function brokenMessage(problem: CompileProblem, createdDate: string): DeployMessage {
    const kind = problem.kind === 'trigger' ? 'Trigger' : 'Class';
    const text = `Dependent class is invalid and needs recompilation:\n ${kind} ${problem.name} : ${problem.message}`;
    return message(metadataTypeOf(problem), problem.name, problem.fileName, createdDate, {
        success: false,
        problem: text,
        problemType: 'Error',
        lineNumber: problem.line,
        columnNumber: problem.column
    });
}

/** A file of the zip that no member of package.xml asks for. */
export function unlistedMessage(
    { type, fullName, fileName }: { readonly type: string; readonly fullName: string; readonly fileName: string },
    createdDate: string
): DeployMessage {
    const warning = { problem: 'Not in package.xml', problemType: 'Warning' } as const;
    return message(type, fullName, fileName, createdDate, warning);
}

/** Whether the message speaks of a component, and is not one more about a line of it. */
export function isComponentMessage({ componentType, problemType, lineNumber }: DeployMessage): boolean {
    return componentType !== '' && !(problemType === 'Warning' && lineNumber !== undefined);
}

function message(
    componentType: string,
    fullName: string,
    fileName: string,
    createdDate: string,
    rest: Partial<DeployMessage>
): DeployMessage {
    const flags = { success: true, changed: false, created: false, deleted: false };
    return { componentType, fullName, fileName, createdDate, ...flags, ...rest };
}
