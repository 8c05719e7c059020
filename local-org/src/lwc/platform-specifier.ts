/** What a module name in `@salesforce/` asks for (LWC guide, "@salesforce Modules"). */
export type PlatformSpecifier =
    | { readonly kind: 'apex' }
    | { readonly kind: 'apex-method'; readonly className: string; readonly methodName: string }
    | { readonly kind: 'schema'; readonly object: string; readonly path: readonly string[] }
    | { readonly kind: 'label'; readonly namespace: string; readonly name: string }
    | { readonly kind: 'user'; readonly member: 'Id' | 'isGuest' }
    | { readonly kind: 'resource-url'; readonly name: string }
    | { readonly kind: 'custom-permission'; readonly name: string }
    | { readonly kind: 'user-permission'; readonly name: string }
    | { readonly kind: 'i18n'; readonly name: string }
    | { readonly kind: 'form-factor' }
    | { readonly kind: 'unknown' };

export const PLATFORM_PREFIX = '@salesforce/';

/** @param specifier starts with `@salesforce/` */
export function parsePlatformSpecifier(specifier: string): PlatformSpecifier {
    const [area = '', rest] = splitAt(specifier.slice(PLATFORM_PREFIX.length), '/');
    if (rest === undefined) {
        return area === 'apex' ? { kind: 'apex' } : { kind: 'unknown' };
    }
    switch (area) {
        case 'apex':
            return apexMethod(rest);
        case 'schema': {
            const [object = '', ...path] = rest.split('.');
            return { kind: 'schema', object, path };
        }
        case 'label': {
            const [namespace, name] = splitAt(rest, '.');
            return name === undefined ? { kind: 'unknown' } : { kind: 'label', namespace, name };
        }
        case 'user':
            return rest === 'Id' || rest === 'isGuest' ? { kind: 'user', member: rest } : { kind: 'unknown' };
        case 'resourceUrl':
            return { kind: 'resource-url', name: rest };
        case 'customPermission':
            return { kind: 'custom-permission', name: rest };
        case 'userPermission':
            return { kind: 'user-permission', name: rest };
        case 'i18n':
            return { kind: 'i18n', name: rest };
        case 'client':
            return rest === 'formFactor' ? { kind: 'form-factor' } : { kind: 'unknown' };
        default:
            // Experience Cloud sites (community, site), message channels and content assets are not in the local org.
            return { kind: 'unknown' };
    }
}

function apexMethod(reference: string): PlatformSpecifier {
    const dot = reference.lastIndexOf('.');
    return dot < 0
        ? { kind: 'unknown' }
        : { kind: 'apex-method', className: reference.slice(0, dot), methodName: reference.slice(dot + 1) };
}

function splitAt(text: string, separator: string): [string, string | undefined] {
    const index = text.indexOf(separator);
    return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + separator.length)];
}
