import { textOf } from '../schema/document.ts';
import { i18nValue } from './i18n.ts';
import { APEX_HOST_MODULE } from './import-map.ts';
import { parsePlatformSpecifier, type PlatformSpecifier } from './platform-specifier.ts';
import type { Access } from '../access/types.ts';
import type { MetadataRegistry } from '../org/metadata-registry.ts';
import type { Schema } from '../schema/types.ts';
import type { ServedModule } from './modules.ts';

/** For whom the modules are made. */
export interface PlatformContext {
    readonly metadata: MetadataRegistry;
    readonly schema: Schema;
    readonly access: Access;
    readonly user: ModuleUser;
}

export interface ModuleUser {
    readonly id: string;
    /** `en_US` */
    readonly locale: string;
    /** `en_US` */
    readonly language: string;
    /** `America/Los_Angeles` */
    readonly timeZone: string;
}

/** Code of a `@salesforce/…` module. What the org does not have is named, never left empty. */
export function platformModule(specifier: string, context: PlatformContext): ServedModule {
    const parsed = parsePlatformSpecifier(specifier);
    if (parsed.kind === 'apex') {
        return { kind: 'code', code: `export { refreshApex, getSObjectValue } from '${APEX_HOST_MODULE}';` };
    }
    if (parsed.kind === 'apex-method') {
        const names = [parsed.className, parsed.methodName].map((name) => JSON.stringify(name)).join(', ');
        const code = `import { apexMethod } from '${APEX_HOST_MODULE}';\nexport default apexMethod(${names});`;
        return { kind: 'code', code };
    }
    const found = valueOf(parsed, context);
    return found === undefined
        ? { kind: 'unknown', message: `The module ${specifier} does not exist in this org` }
        : { kind: 'code', code: `export default ${JSON.stringify(found.value) ?? 'undefined'};` };
}

type ValueSpecifier = Exclude<PlatformSpecifier, { kind: 'apex' | 'apex-method' }>;

/** The default export; undefined when the module does not exist. */
function valueOf(parsed: ValueSpecifier, context: PlatformContext): { readonly value: unknown } | undefined {
    const { access, metadata, user } = context;
    switch (parsed.kind) {
        case 'schema':
            return schemaReference(parsed.object, parsed.path, context.schema);
        case 'label': {
            const label = parsed.namespace === 'c' ? metadata.get('CustomLabel', parsed.name) : undefined;
            return label && { value: textOf(label.document, 'value') ?? '' };
        }
        case 'user':
            return { value: parsed.member === 'Id' ? user.id : false };
        case 'resource-url': {
            const resource = metadata.get('StaticResource', parsed.name);
            return resource && { value: `/resource/${resource.lastModified}/${resource.fullName}` };
        }
        case 'custom-permission': {
            // A permission that the user lacks is undefined, not false (LWC guide, "Check Permissions").
            const permission = metadata.get('CustomPermission', parsed.name);
            return permission && { value: access.customPermission(user.id, parsed.name) || undefined };
        }
        case 'user-permission':
            return { value: access.userPermission(user.id, parsed.name) || undefined };
        case 'i18n':
            return i18nValue(parsed.name, user);
        case 'form-factor':
            return { value: 'Large' };
        case 'unknown':
            return undefined;
    }
}

function schemaReference(name: string, path: readonly string[], schema: Schema): { value: object } | undefined {
    const object = schema.object(name);
    if (object === undefined) {
        return undefined;
    }
    return {
        value:
            path.length === 0
                ? { objectApiName: object.name }
                : { fieldApiName: path.join('.'), objectApiName: object.name }
    };
}
