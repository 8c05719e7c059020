import type { CreatorContext } from '@apexdevtools/apex-parser';
import type { Expression } from './ast.ts';
import { lowerArguments, lowerExpression } from './lower-expressions.ts';
import { lowerCreatedName } from './lower-types.ts';
import { at } from './positions.ts';

/** What stands behind `new`. */
export function lowerCreator(context: CreatorContext): Expression {
    const type = lowerCreatedName(context.createdName());
    const position = at(context);
    const call = context.classCreatorRest();
    if (call !== null) {
        return { kind: 'new', ...position, type, args: lowerArguments(call.arguments().expressionList()) };
    }
    const array = context.arrayCreatorRest();
    if (array !== null) {
        const size = array.expression();
        return {
            kind: 'newArray',
            ...position,
            element: type,
            size: size === null ? undefined : lowerExpression(size),
            values: array.arrayInitializer()?.expression_list().map(lowerExpression)
        };
    }
    const map = context.mapCreatorRest();
    if (map !== null) {
        const entries = map.mapCreatorRestPair_list().map((pair) => ({
            key: lowerExpression(pair.expression(0)),
            value: lowerExpression(pair.expression(1))
        }));
        return { kind: 'newCollection', ...position, type, values: [], entries };
    }
    const values = context.setCreatorRest()?.expression_list().map(lowerExpression) ?? [];
    return { kind: 'newCollection', ...position, type, values, entries: undefined };
}
