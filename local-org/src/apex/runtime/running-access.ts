import type { AccessContext } from '../../access/types.ts';
import type { ClassSymbol } from '../semantics/symbols.ts';

/** Since this version classes run in user mode and, without a keyword, with sharing. */
const SECURE_BY_DEFAULT = 67;

/**
 * What is enforced for the code that runs now: the class where the innermost method is defined decides; a class without
 * a keyword (before version 67) and one with `inherited sharing` take over from their caller (Apex Developer Guide,
 * "Using the with sharing, without sharing, and inherited sharing Keywords"; Apex Reference, "Versioned Behavior
 * Changes").
 */
export function runningAccess(userId: string, owners: Iterable<ClassSymbol>): AccessContext {
    let innermost: ClassSymbol | undefined;
    let outermost: ClassSymbol | undefined;
    for (const owner of owners) {
        innermost ??= owner;
        outermost = owner;
        const sharing = ownSharing(owner);
        if (sharing !== undefined) {
            return { userId, mode: modeOf(innermost), sharing };
        }
    }
    if (innermost === undefined || outermost === undefined) {
        return { userId, mode: 'system', sharing: false };
    }
    // At an entry point `inherited sharing` means with, no keyword means without.
    return { userId, mode: modeOf(innermost), sharing: outermost.sharing === 'inherited' };
}

function ownSharing(owner: ClassSymbol): boolean | undefined {
    if (owner.unit.kind === 'trigger') return false;
    // Anonymous code always runs with the sharing of its user.
    if (owner.unit.kind === 'anonymous') return true;
    switch (owner.sharing) {
        case 'with':
            return true;
        case 'without':
            return false;
        case 'inherited':
            return undefined;
        case 'none':
            return owner.unit.apiVersion >= SECURE_BY_DEFAULT ? true : undefined;
    }
}

function modeOf(owner: ClassSymbol): AccessContext['mode'] {
    return owner.unit.kind === 'class' && owner.unit.apiVersion >= SECURE_BY_DEFAULT ? 'user' : 'system';
}
