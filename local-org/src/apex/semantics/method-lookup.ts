import { platformType } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import type { BodyContext } from './body-context.ts';
import { sameParameterTypes } from './declare-members.ts';
import { allInterfaces, chain } from './hierarchy.ts';
import type { PlatformMember } from './platform-members.ts';
import type { ClassSymbol, MethodSymbol } from './symbols.ts';

/** Methods of a platform base class: those of Exception. */
export function inheritedNatives(context: BodyContext, symbol: ClassSymbol, name: string): PlatformMember[] {
    for (const current of chain(context.world, symbol)) {
        if (current.superclass?.kind === 'platform') return context.world.members.methods(current.superclass, name);
    }
    return [];
}

/** Overloads by name up the chain of bases; an overridden method appears once. Interfaces give theirs too. */
export function methodsOf(context: BodyContext, symbol: ClassSymbol, name: string): MethodSymbol[] {
    const lower = name.toLowerCase();
    const found: MethodSymbol[] = [];
    const add = (owner: ClassSymbol): void => {
        for (const method of owner.methods.get(lower) ?? []) {
            if (!found.some((other) => sameParameterTypes(other, method))) found.push(method);
        }
    };
    for (const current of chain(context.world, symbol)) add(current);
    for (const type of allInterfaces(context.world, symbol)) {
        if (type.kind === 'user') add(context.world.classOf(type));
    }
    return found;
}

/** Overloads of a platform type, with those of its stand-in class in the table: `system.string` for String. */
export function platformMethods(context: BodyContext, type: ApexType, name: string): PlatformMember[] {
    const { members } = context.world;
    switch (type.kind) {
        case 'platform':
            return members.methods(type, name);
        case 'sobject':
            return members.methods(platformType('System.SObject'), name);
        case 'primitive':
            return members.methods(platformType(`System.${type.name}`), name);
        case 'user':
            return inheritedFrom(context, type, name);
    }
}

export function inheritedFrom(context: BodyContext, type: ApexType, name: string): PlatformMember[] {
    if (type.kind !== 'user') return [];
    const symbol = context.world.classOf(type);
    const found = inheritedNatives(context, symbol, name);
    for (const implemented of allInterfaces(context.world, symbol)) {
        if (implemented.kind === 'platform') found.push(...context.world.members.methods(implemented, name));
    }
    return found;
}
