import { listElement, SOBJECT } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import type { BoundExpression } from './bound.ts';

const QUERY_METHODS = new Set(['query', 'querywithbinds']);

/** Row type of an expression that may stand for one row as well: a SOQL literal or `Database.query(…)`. */
export function elementOfQuery(value: BoundExpression): ApexType | undefined {
    if (value.kind === 'query' && value.shape === 'list') return listElement(value.type);
    return isDynamicQuery(value) ? SOBJECT : undefined;
}

/** `Database.query` gives rows of any object, so it may be assigned to a list or record of any. */
export function isDynamicQuery(value: BoundExpression): boolean {
    return (
        value.kind === 'nativeCall' &&
        value.className === 'System.Database' &&
        QUERY_METHODS.has(value.name.toLowerCase())
    );
}
