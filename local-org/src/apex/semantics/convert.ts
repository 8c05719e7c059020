import type { Node } from '../syntax/ast.ts';
import { DECIMAL, DOUBLE, INTEGER, LONG, SOBJECT } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound.ts';
import { assignment } from './conversions.ts';
import { diagnostics } from './diagnostics.ts';
import { isSubtype } from './hierarchy.ts';
import { elementOfQuery } from './query-values.ts';

/** `value` as the type wants it, with a conversion where the representation differs; reports what cannot be assigned. */
export function convert(
    context: BodyContext,
    value: BoundExpression,
    to: ApexType,
    at: Node,
    message: (from: ApexType, to: ApexType) => string = diagnostics.illegalAssignment
): BoundExpression {
    const converted = tryConvert(context, value, to);
    if (converted !== undefined) return converted;
    return context.error(at, message(value.type, to));
}

export function tryConvert(context: BodyContext, value: BoundExpression, to: ApexType): BoundExpression | undefined {
    const folded = foldConstant(value, to);
    if (folded !== undefined) return folded;
    const conversion = assignment(context.world, value.type, to);
    if (conversion === 'none') return value;
    if (conversion !== undefined) return { kind: 'convert', conversion, value, type: to, line: value.line };
    return singleRow(context, value, to);
}

function singleRow(context: BodyContext, value: BoundExpression, to: ApexType): BoundExpression | undefined {
    const element = elementOfQuery(value);
    if (element === undefined || to.kind !== 'sobject') return undefined;
    if (value.kind === 'query') {
        return isSubtype(context.world, element, to) || to === SOBJECT
            ? { ...value, shape: 'single', type: element }
            : undefined;
    }
    // The object of a dynamic query is only known when it has run.
    const row: BoundExpression = { kind: 'rowOfQuery', value, type: SOBJECT, line: value.line };
    return to === SOBJECT ? row : { kind: 'cast', value: row, type: to, line: value.line };
}

const FOLDED: ReadonlyMap<ApexType, readonly ApexType[]> = new Map([
    [INTEGER, [LONG, DOUBLE, DECIMAL]],
    [LONG, [DOUBLE, DECIMAL]],
    [DECIMAL, [DOUBLE]],
    [DOUBLE, [DECIMAL]]
]);

/** A number literal takes the type it is converted to. */
function foldConstant(value: BoundExpression, to: ApexType): BoundExpression | undefined {
    if (value.kind !== 'constant' || FOLDED.get(value.type)?.includes(to) !== true) return undefined;
    return { ...value, type: to };
}
