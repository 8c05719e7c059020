import type { PlatformMethod, PlatformProperty } from './signatures.ts';

export type ExtraSignature =
    | (PlatformMethod & { readonly kind: 'method' })
    | (PlatformMethod & { readonly kind: 'constructor' })
    | (PlatformProperty & { readonly kind: 'property' });

/**
 * Reads a signature of `NativeClass.extraSignatures`: `static Boolean equals(Object other)`, `String name` for a
 * property, `(String message)` for a constructor. Throws SyntaxError when it is none of these.
 */
export function parseSignature(text: string): ExtraSignature {
    const open = text.indexOf('(');
    const close = text.lastIndexOf(')');
    const head = words(open === -1 ? text : text.slice(0, open));
    const isStatic = head[0]?.toLowerCase() === 'static';
    const [type, name] = isStatic ? head.slice(1) : head;
    if (open === -1) {
        if (type === undefined || name === undefined) throw new SyntaxError(`Not a signature: ${text}`);
        return { kind: 'property', name, isStatic, type };
    }
    const parameters = splitTopLevel(text.slice(open + 1, close)).map(parameterType);
    if (type === undefined || name === undefined) {
        return { kind: 'constructor', name: '<init>', isStatic: false, isAbstract: false, parameters, returns: 'void' };
    }
    return { kind: 'method', name, isStatic, isAbstract: false, parameters, returns: type };
}

/** Words apart by spaces, type arguments kept together: `Map<String, Object> get` has two. */
function words(text: string): string[] {
    return split(text, ' ');
}

function splitTopLevel(text: string): string[] {
    return split(text, ',');
}

function split(text: string, separator: string): string[] {
    const parts: string[] = [];
    let depth = 0;
    let current = '';
    for (const character of text) {
        if (character === '<') depth += 1;
        if (character === '>') depth -= 1;
        if (character === separator && depth === 0) {
            parts.push(current);
            current = '';
        } else {
            current += character;
        }
    }
    parts.push(current);
    return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** `Object other` is a type and a name, `Object` only a type. */
function parameterType(text: string): string {
    return words(text)[0];
}
