import type { BoundExpression, Local } from '../semantics/bound.ts';

/** Library methods that never give null. */
const NEVER_NULL: ReadonlySet<string> = new Set([
    'System.List.size()',
    'System.List.isEmpty()',
    'System.Set.size()',
    'System.Set.isEmpty()',
    'System.Set.contains(T)',
    'System.Map.size()',
    'System.Map.isEmpty()',
    'System.Map.containsKey(K)',
    'System.Map.keySet()',
    'System.Map.values()',
    'System.Math.mod(Integer,Integer)',
    'System.Math.abs(Integer)',
    'System.Math.max(Integer,Integer)',
    'System.Math.min(Integer,Integer)',
    'System.String.length()',
    'System.String.contains(String)',
    'System.String.startsWith(String)',
    'System.String.indexOf(String)',
    'System.String.substring(Integer,Integer)',
    'System.String.isBlank(String)',
    'System.String.isNotBlank(String)'
]);

/** True when an expression can be shown never to be null, so that no check is needed. */
export function neverNull(value: BoundExpression): boolean {
    switch (value.kind) {
        case 'constant':
            return value.type.name !== 'null';
        case 'local':
            return localNeverNull(value.local);
        case 'oldValue':
            return neverNull(value.target);
        case 'this':
        case 'enumValue':
        case 'platformEnum':
        case 'newUser':
        case 'newNative':
        case 'newException':
        case 'newSObject':
        case 'newList':
        case 'newSet':
        case 'newMap':
        case 'arithmetic':
        case 'concatenation':
        case 'comparison':
        case 'equality':
        case 'logical':
        case 'not':
        case 'bitwise':
        case 'negate':
        case 'complement':
        case 'instanceOf':
        case 'typeLiteral':
        case 'objectToken':
        case 'fieldToken':
            return true;
        case 'query':
            return value.shape !== 'singleOrNull';
        case 'nativeCall':
            return value.key !== undefined && NEVER_NULL.has(`${value.className}.${value.key}`);
        case 'convert':
            return neverNull(value.value);
        case 'assign':
            return neverNull(value.value);
        case 'compound':
            return value.givesOld ? neverNull(value.target) : neverNull(value.value);
        case 'conditional':
            return neverNull(value.then) && neverNull(value.otherwise);
        case 'coalesce':
            return neverNull(value.right);
        default:
            return false;
    }
}

const known = new WeakMap<Local, boolean>();

/** A variable is never null when nothing assigned to it is; while one is looked at it counts as such. */
function localNeverNull(local: Local): boolean {
    const earlier = known.get(local);
    if (earlier !== undefined) return earlier;
    if (local.values.length === 0) return false;
    known.set(local, true);
    const result = local.values.every((value) => value !== undefined && neverNull(value));
    known.set(local, result);
    return result;
}

/** True when evaluating an expression cannot end in an exception of any kind. */
export function cannotThrow(value: BoundExpression): boolean {
    switch (value.kind) {
        case 'constant':
        case 'local':
        case 'this':
        case 'oldValue':
            return true;
        case 'arithmetic':
            return (
                value.domain === 'integer' &&
                value.operator !== '/' &&
                [value.left, value.right].every((side) => neverNull(side) && cannotThrow(side))
            );
        case 'comparison':
        case 'equality':
            return value.domain !== 'value' && cannotThrow(value.left) && cannotThrow(value.right);
        case 'logical':
            return [value.left, value.right].every((side) => neverNull(side) && cannotThrow(side));
        case 'not':
            return neverNull(value.operand) && cannotThrow(value.operand);
        case 'assign':
        case 'compound':
            return value.target.kind === 'local' && cannotThrow(value.value);
        case 'nativeCall':
            return isSafeModulo(value) || isSafeSize(value);
        default:
            return false;
    }
}

/** The size of a variable that is a list for certain. */
function isSafeSize({ className, key, target }: Extract<BoundExpression, { kind: 'nativeCall' }>): boolean {
    const isSize = className === 'System.List' && (key === 'size()' || key === 'isEmpty()');
    return isSize && target?.kind === 'local' && neverNull(target);
}

/** The remainder by a constant other than zero. */
export function isSafeModulo({ className, key, args }: Extract<BoundExpression, { kind: 'nativeCall' }>): boolean {
    const [dividend, divisor] = args;
    if (className !== 'System.Math' || key !== 'mod(Integer,Integer)' || dividend === undefined) return false;
    return neverNull(dividend) && cannotThrow(dividend) && divisor?.kind === 'constant' && Number(divisor.text) !== 0;
}
