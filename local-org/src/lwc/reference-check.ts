import { baseComponentModules, HOST_MODULES } from './base-components.ts';
import { bundleReferences, type ModuleReference } from './references.ts';
import { parsePlatformSpecifier } from './platform-specifier.ts';
import type { BundleProblem, LightningBundle } from './bundle.ts';
import type { FieldDef, Schema } from '../schema/types.ts';

/** The org as a bundle finds it after its deploy, its companions in the same deploy included. */
export interface BundleEnvironment {
    readonly schema: Schema;
    hasBundle(name: string): boolean;
    hasApexClass(name: string): boolean;
    /** Whether the class has that method with `@AuraEnabled`; undefined when this is not known. */
    hasAuraMethod(className: string, methodName: string): boolean | undefined;
    /** Of CustomLabels; the name without `c.`. */
    hasLabel(name: string): boolean;
}

/** A problem for each module that is not there, in the platform's words where it has any. */
export function referenceProblems(bundle: LightningBundle, environment: BundleEnvironment): BundleProblem[] {
    return bundleReferences(bundle).flatMap((reference) => {
        const message = referenceFault(bundle, reference, environment);
        const { file, line, column } = reference;
        return message === undefined ? [] : [{ file, line, column, message }];
    });
}

/** Why the module cannot be resolved; undefined when it can. */
function referenceFault(
    bundle: LightningBundle,
    { specifier, file }: ModuleReference,
    environment: BundleEnvironment
): string | undefined {
    if (specifier === 'lwc') {
        return undefined;
    }
    if (specifier.startsWith('.')) {
        return relativeFault(bundle, specifier, file);
    }
    const [namespace, name = ''] = specifier.split('/', 2) as [string, string?];
    if (namespace === 'c') {
        const missing = `No MODULE named markup://c:${name} found : [markup://c:${bundle.name}]`;
        return environment.hasBundle(name) ? undefined : missing;
    }
    if (namespace === 'lightning') {
        const known = baseComponentModules().includes(specifier) || HOST_MODULES.includes(specifier);
        return known ? undefined : `The module ${specifier} is not implemented in the local org`;
    }
    return namespace === '@salesforce'
        ? platformFault(specifier, file, environment)
        : `No MODULE named markup://${namespace}:${name} found : [markup://c:${bundle.name}]`;
}

function relativeFault(bundle: LightningBundle, specifier: string, file: string): string | undefined {
    const target = resolveRelative(file, specifier);
    const local = target.slice(`lwc/${bundle.name}/`.length);
    const found = [local, `${local}.js`].some((candidate) => bundle.files.has(candidate));
    return found
        ? undefined
        : `LWC1011: Failed to resolve import "${specifier}" from "${file}". The file does not exist.`;
}

function resolveRelative(importer: string, specifier: string): string {
    return new URL(specifier, `file:///${importer}`).pathname.slice(1);
}

function platformFault(specifier: string, file: string, environment: BundleEnvironment): string | undefined {
    const parsed = parsePlatformSpecifier(specifier);
    switch (parsed.kind) {
        case 'apex-method':
            if (!environment.hasApexClass(parsed.className)) {
                return `Unable to find Apex action class referenced as '${parsed.className}'.`;
            }
            return environment.hasAuraMethod(parsed.className, parsed.methodName) === false
                ? `Unable to find Apex action method referenced as '${parsed.className}.${parsed.methodName}'.`
                : undefined;
        case 'schema':
            return schemaFault(parsed.object, parsed.path, file, environment.schema);
        case 'label':
            return parsed.namespace !== 'c' || environment.hasLabel(parsed.name)
                ? undefined
                : `Invalid reference c.${parsed.name} of type label in file ${file.split('/').at(-1)}`;
        case 'unknown':
            return `The module ${specifier} is not implemented in the local org`;
        default:
            return undefined;
    }
}

/** Follows `Contact.Account.Name` through the relationships. */
function schemaFault(object: string, path: readonly string[], file: string, schema: Schema): string | undefined {
    const name = file.split('/').at(-1);
    let definition = schema.object(object);
    if (definition === undefined) {
        return `Invalid reference ${object} of type sobjectClass in file ${name}`;
    }
    for (const [index, part] of path.entries()) {
        const last = index === path.length - 1;
        const field: FieldDef | undefined = last
            ? definition.fields.get(part.toLowerCase())
            : definition.parentRelationships.get(part.toLowerCase());
        const parent: string | undefined = field?.referenceTo[0];
        if (field === undefined || (!last && parent === undefined)) {
            return `Invalid reference ${object}.${path.join('.')} of type sobjectField in file ${name}`;
        }
        definition = last ? definition : (schema.object(parent!) ?? definition);
    }
    return undefined;
}
