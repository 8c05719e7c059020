import { isDeepStrictEqual } from 'node:util';
import type { MetadataComponent } from '../org/metadata-registry.ts';
import type { PackageComponent, PackageProblem } from './package/package-components.ts';
import { unsupportedType } from './package/package-components.ts';
import { packagedType, parentType } from './package/type-registry.ts';
import type { DeployContext } from './handlers/metadata-handler.ts';
import { METADATA_HANDLERS } from './handlers/index.ts';

/** A component of the package on its way into the org. */
export interface StagedComponent {
    readonly component: PackageComponent;
    /** What the org had before the deploy. */
    readonly previous: MetadataComponent | undefined;
    readonly change: 'created' | 'changed' | 'unchanged';
    /** Errors found so far; with one of them the component does not stay in the org. */
    readonly problems: PackageProblem[];
    /** What does not keep the component out of the org. */
    readonly warnings: PackageProblem[];
}

/**
 * Puts every readable component into the registry, before any check: what components refer to is then found no matter
 * in which order the package lists them.
 */
export function stageComponents(components: readonly PackageComponent[], context: DeployContext): StagedComponent[] {
    const staged = components.map((component) => stageComponent(component, context));
    for (const { component, change, problems } of staged) {
        if (problems.length === 0 && change !== 'unchanged') {
            METADATA_HANDLERS.get(component.type)?.stageParts?.(component, context);
        }
    }
    return staged;
}

function stageComponent(component: PackageComponent, context: DeployContext): StagedComponent {
    const { org } = context;
    const handler = METADATA_HANDLERS.get(component.type);
    const previous = org.metadata.get(component.type, component.fullName);
    if (!handler || component.problems.length > 0) {
        const isKnown = packagedType(component.type) ?? parentType(component.type);
        const isUnsupported = !handler && isKnown;
        const problems = isUnsupported ? [{ message: unsupportedType(component.type) }] : [...component.problems];
        return { component, previous, change: 'unchanged', problems, warnings: [] };
    }
    const document = component.document && (handler.prepare?.(component.document, previous) ?? component.document);
    const { type, fullName } = component;
    const files = handler.prepareFiles?.(component, previous, context) ?? component.files;
    const isSame = previous && isDeepStrictEqual([document, files], [previous.document, previous.files]);
    if (!isSame) {
        org.metadata.put({ type, fullName, files, document });
    }
    return {
        component,
        previous,
        change: isSame ? 'unchanged' : previous ? 'changed' : 'created',
        problems: [],
        warnings: []
    };
}

/** Takes a component that failed out again, for deploys that keep the others. */
export function unstageComponent({ component, previous }: StagedComponent, { org }: DeployContext): void {
    if (previous) {
        org.metadata.put(previous);
    } else {
        org.metadata.remove(component.type, component.fullName);
    }
}
