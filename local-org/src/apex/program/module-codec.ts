import type { EmittedModule } from '../emit/emit-module.ts';
import type { ModulePools } from '../emit/module-writer.ts';
import type { ClassSymbol } from '../semantics/symbols.ts';
import type { World } from '../semantics/world.ts';
import { platformType, primitiveType, qualifiedName, sobjectType, userType } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';

/** A type as data: its kind and name, and the arguments of a platform type. */
type EncodedType = readonly [kind: ApexType['kind'], name: string, args?: readonly EncodedType[]];

/** An emitted module as JSON: types by name, classes by key. */
export interface EncodedModule extends Pick<EmittedModule, 'text' | 'positions'> {
    readonly pools: Omit<ModulePools, 'types' | 'frames'> & {
        readonly types: readonly EncodedType[];
        readonly frames: readonly (readonly [where: string, owner: string])[];
    };
    readonly classes: readonly (readonly [key: string, base: string | null])[];
}

export function encodeModule({ text, positions, pools, classes }: EmittedModule): EncodedModule {
    return {
        text,
        positions,
        pools: {
            ...pools,
            types: pools.types.map(encodeType),
            frames: pools.frames.map(({ where, owner }) => [where, owner.key])
        },
        classes: classes.map(({ symbol, base }) => [symbol.key, base ?? null])
    };
}

/** The module again, with the symbols of the world that it runs in. */
export function decodeModule({ text, positions, pools, classes }: EncodedModule, world: World): EmittedModule {
    return {
        text,
        positions,
        pools: {
            ...pools,
            types: pools.types.map(decodeType),
            frames: pools.frames.map(([where, owner]) => ({ where, owner: symbolOf(world, owner) }))
        },
        classes: classes.map(([key, base]) => ({ symbol: symbolOf(world, key), base: base ?? undefined }))
    };
}

function symbolOf(world: World, key: string): ClassSymbol {
    const symbol = world.class(key);
    if (symbol === undefined) throw new Error(`A module of the cache names ${key}, which the program has not.`);
    return symbol;
}

function encodeType(type: ApexType): EncodedType {
    return type.kind === 'platform' && type.args.length > 0
        ? ['platform', qualifiedName(type), type.args.map(encodeType)]
        : [type.kind, type.kind === 'platform' ? qualifiedName(type) : type.name];
}

function decodeType([kind, name, args]: EncodedType): ApexType {
    switch (kind) {
        case 'platform':
            return platformType(name, args?.map(decodeType));
        case 'sobject':
            return sobjectType(name);
        case 'user':
            return userType(name);
        case 'primitive': {
            const type = primitiveType(name);
            if (type === undefined) throw new Error(`A module of the cache names the type ${name}.`);
            return type;
        }
    }
}
