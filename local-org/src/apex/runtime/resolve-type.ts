import { platformType, qualifiedName } from '../types/apex-types.ts';
import { parseTypeName, type TypeName } from '../types/type-names.ts';
import type { ApexType } from '../types/types.ts';
import type { World } from '../semantics/world.ts';

/** A type by its name at run time: `Type.forName('Outer.Inner')`, `List<Account>`. undefined when there is none. */
export function resolveTypeName(world: World, text: string): ApexType | undefined {
    let name: TypeName;
    try {
        name = parseTypeName(text);
    } catch (error) {
        if (error instanceof SyntaxError) return undefined;
        throw error;
    }
    return resolve(world, name);
}

function resolve(world: World, { name, args }: TypeName): ApexType | undefined {
    const type = named(world, name);
    if (type === undefined || args.length === 0) return type;
    const resolved = args.map((arg) => resolve(world, arg));
    const isComplete = resolved.every((arg) => arg !== undefined);
    return type.kind === 'platform' && isComplete ? platformType(qualifiedName(type), resolved) : undefined;
}

function named(world: World, name: string): ApexType | undefined {
    const own = world.class(name.toLowerCase());
    // A class that does not compile is in the world for messages only.
    if (own !== undefined) return own.unit.problems.length === 0 ? own.type : undefined;
    const dot = name.indexOf('.');
    return dot === -1 ? world.platformSimpleType(name) : world.namespaceType(name.slice(0, dot), name.slice(dot + 1));
}
