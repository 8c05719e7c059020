import { annotation, type ClassSymbol, type MethodSymbol } from '../semantics/symbols.ts';
import type { Linker } from './link.ts';

/** Classes with @RestResource and how paths find them (Apex Developer Guide, "RestResource Annotation"). */
export interface RestResource {
    readonly symbol: ClassSymbol;
    /** `/Account/*`, as written. */
    readonly mapping: string;
    /** By HTTP method in upper case. */
    readonly methods: ReadonlyMap<string, MethodSymbol>;
}

const METHODS: Readonly<Record<string, string>> = {
    httpget: 'GET',
    httppost: 'POST',
    httpput: 'PUT',
    httppatch: 'PATCH',
    httpdelete: 'DELETE'
};

export function restResources(linker: Linker): RestResource[] {
    return linker.units.flatMap(({ compiled }) => {
        const { root } = compiled.unit;
        const mapping = root && annotation(root.annotations, 'restresource')?.values.urlmapping;
        if (root === undefined || typeof mapping !== 'string') return [];
        return [{ symbol: root, mapping, methods: restMethods(root) }];
    });
}

function restMethods(symbol: ClassSymbol): Map<string, MethodSymbol> {
    const found = new Map<string, MethodSymbol>();
    for (const method of [...symbol.methods.values()].flat()) {
        for (const { name } of method.annotations) {
            const verb = METHODS[name];
            if (verb !== undefined) found.set(verb, method);
        }
    }
    return found;
}

/** The resource of a path: an exact mapping before a wildcard, a longer wildcard before a shorter one. */
export function matchResource(resources: readonly RestResource[], path: string): RestResource | undefined {
    const matching = resources.filter(({ mapping }) => matches(mapping, path));
    return matching.sort((left, right) => specificity(right.mapping) - specificity(left.mapping))[0];
}

function specificity(mapping: string): number {
    return mapping.includes('*') ? mapping.indexOf('*') : Number.MAX_SAFE_INTEGER;
}

function matches(mapping: string, path: string): boolean {
    const wanted = segments(mapping);
    const given = segments(path);
    const isOpen = wanted.at(-1) === '*';
    const fixed = isOpen ? wanted.slice(0, -1) : wanted;
    if (given.length < fixed.length || (!isOpen && given.length !== fixed.length)) return false;
    return fixed.every((segment, index) => segment === '*' || segment === given[index]?.toLowerCase());
}

function segments(path: string): string[] {
    return path
        .split('/')
        .filter((segment) => segment !== '')
        .map((segment) => segment.toLowerCase());
}
