import { compileBundle, readBundle, type BundleEnvironment, type BundleProblem } from '../lwc/compile.ts';
import type { DeployContext } from './handlers/metadata-handler.ts';
import type { PackageProblem } from './package/package-components.ts';
import type { StagedComponent } from './stage.ts';

const BUNDLE = 'LightningComponentBundle';

/** Compiles the bundles of the package, with what the org has after the deploy in reach. */
export function checkLightningBundles(candidates: readonly StagedComponent[], context: DeployContext): void {
    const environment = environmentOf(context);
    for (const { component, problems } of candidates) {
        if (component.type === BUNDLE && problems.length === 0) {
            const bundle = readBundle(component.fullName, component.files, component.document);
            problems.push(...compileBundle(bundle, environment).map(toPackageProblem));
        }
    }
}

function environmentOf({ org }: DeployContext): BundleEnvironment {
    return {
        schema: org.schema,
        hasBundle: (name) => org.metadata.get(BUNDLE, name)?.fullName === name,
        hasApexClass: (name) => org.metadata.get('ApexClass', name) !== undefined,
        // Which methods are @AuraEnabled is known to the Apex compiler alone; a call finds out.
        hasAuraMethod: () => undefined,
        hasLabel: (name) => org.metadata.get('CustomLabel', name) !== undefined
    };
}

/** The platform puts the place in front of what its compiler reports: `[Line: 3, Col: 5] LWC1503: …`. */
function toPackageProblem({ file, line, column, message }: BundleProblem): PackageProblem {
    const place = message.startsWith('LWC') ? `[Line: ${line}, Col: ${column}] ` : '';
    return { message: place + message, fileName: file, line, column };
}
