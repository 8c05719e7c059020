import type { BoundExpression, BoundStatement } from '../semantics/bound.ts';
import type { InitializerSymbol } from '../semantics/symbols.ts';

/**
 * True for code that calls nothing and asks for nothing of the org, so that the only thing that can end it early is a
 * null: it needs no stack frame until that happens. Getters, setters and small computations are such code.
 */
export function isLeaf(statement: BoundStatement): boolean {
    switch (statement.kind) {
        case 'block':
            return statement.statements.every(isLeaf);
        case 'expression':
            return isLeafValue(statement.value);
        case 'local':
        case 'return':
            return statement.value === undefined || isLeafValue(statement.value);
        case 'if':
            return (
                isLeafValue(statement.condition) &&
                isLeaf(statement.then) &&
                (statement.otherwise === undefined || isLeaf(statement.otherwise))
            );
        case 'constructorCall':
            return statement.owner === undefined && statement.exceptionArgs === undefined;
        default:
            return false;
    }
}

/** False when the fields of a class all start as null, so that nothing has to run for it. */
export function hasInstanceInitializers(initializers: readonly InitializerSymbol[]): boolean {
    return initializers.some(
        ({ isStatic, field, block }) => !isStatic && (block !== undefined || field?.initializer !== undefined)
    );
}

const INTRINSICS: ReadonlySet<string> = new Set([
    'System.List.size()',
    'System.List.isEmpty()',
    'System.String.length()'
]);

/** True when an expression changes nothing, and the only thing that can end it early is a null. */
export function onlyReads(value: BoundExpression): boolean {
    return isLeafValue(value, false);
}

export function isLeafValue(value: BoundExpression, mayAssign = true): boolean {
    const areLeaves = (...values: readonly BoundExpression[]): boolean =>
        values.every((one) => isLeafValue(one, mayAssign));
    switch (value.kind) {
        case 'constant':
        case 'local':
        case 'this':
        case 'oldValue':
        case 'enumValue':
        case 'safeReceiver':
            return true;
        case 'field':
            // The first use of a static field runs initialisers.
            return value.target !== undefined && areLeaves(value.target);
        case 'arithmetic':
            return value.domain === 'integer' && value.operator !== '/' && areLeaves(value.left, value.right);
        case 'bitwise':
        case 'comparison':
            return value.domain !== 'value' && value.domain !== 'string' && areLeaves(value.left, value.right);
        case 'equality':
            return value.domain !== 'value' && areLeaves(value.left, value.right);
        case 'logical':
        case 'coalesce':
            return areLeaves(value.left, value.right);
        case 'not':
            return areLeaves(value.operand);
        case 'conditional':
            return areLeaves(value.condition, value.then, value.otherwise);
        case 'assign':
        case 'compound':
            return (
                mayAssign &&
                (value.target.kind === 'local' || value.target.kind === 'field') &&
                areLeaves(value.target, value.value)
            );
        case 'convert':
            return value.conversion === 'none' && areLeaves(value.value);
        case 'nativeCall': {
            const name = `${value.className}.${value.key ?? ''}`;
            return INTRINSICS.has(name) && value.target !== undefined && areLeaves(value.target);
        }
        case 'safe':
            return areLeaves(value.receiver, value.access);
        default:
            return false;
    }
}
