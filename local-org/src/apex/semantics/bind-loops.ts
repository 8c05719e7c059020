import type { ForEachStatement, ForStatement, Statement, WhileStatement } from '../syntax/ast.ts';
import { listElement, setElement } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import { bindCondition, bindExpression } from './bind-expressions.ts';
import { bindStatement } from './bind-statements.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression, BoundForEach, BoundStatement } from './bound.ts';
import { tryConvert } from './convert.ts';
import { diagnostics } from './diagnostics.ts';
import { isSubtype, supertypes } from './hierarchy.ts';
import { elementOfQuery } from './query-values.ts';
import { resolveTypeRef } from './type-refs.ts';
import { ERROR_TYPE } from './world.ts';

function bindBody(context: BodyContext, body: Statement | undefined, line: number): BoundStatement {
    if (body === undefined) return { kind: 'block', statements: [], line };
    return context.inLoop(() => context.scoped(() => bindStatement(context, body)));
}

export function bindWhile(context: BodyContext, node: WhileStatement): BoundStatement {
    const condition = bindCondition(context, node.condition);
    return { kind: node.kind, condition, body: bindBody(context, node.body, node.line), line: node.line };
}

export function bindFor(context: BodyContext, node: ForStatement): BoundStatement {
    return context.scoped(() => {
        const expressions = node.initExpressions.map((value): BoundStatement => ({
            kind: 'expression',
            value: bindExpression(context, value),
            line: value.line
        }));
        const init = node.init === undefined ? expressions : [bindStatement(context, node.init)];
        const condition = node.condition === undefined ? undefined : bindCondition(context, node.condition);
        const update = node.update.map((value) => bindExpression(context, value));
        return { kind: 'for', init, condition, update, body: bindBody(context, node.body, node.line), line: node.line };
    });
}

export function bindForEach(context: BodyContext, node: ForEachStatement): BoundStatement {
    const iterable = bindExpression(context, node.iterable);
    const type = resolveTypeRef(context.world, node.type, context.owner, context.unit);
    return context.scoped(() => {
        const local = context.declare(node.name, type, node.nameAt);
        local.values.push(undefined);
        const { source, element } = iteration(context, iterable, type, node);
        const body = bindBody(context, node.body, node.line);
        return { kind: 'forEach', local, iterable, source, element, body, line: node.line };
    });
}

type Iteration = Pick<BoundForEach, 'source' | 'element'>;

function iteration(
    context: BodyContext,
    iterable: BoundExpression,
    variable: ApexType,
    node: ForEachStatement
): Iteration {
    const error: BoundExpression = { kind: 'error', type: ERROR_TYPE, line: node.line };
    if (iterable.type === ERROR_TYPE || variable === ERROR_TYPE) return { source: 'collection', element: error };
    const row = elementOfQuery(iterable);
    const batch = listElement(variable);
    if (row !== undefined && node.body === undefined) context.report(node, diagnostics.queryLoopNeedsStatement());
    if (row !== undefined && batch !== undefined && tryPlace(context, row, batch, node.line) !== undefined) {
        return { source: 'batches', element: { kind: 'safeReceiver', type: variable, line: node.line } };
    }
    const found = elements(context, iterable.type);
    if (found === undefined) {
        context.report(node.iterable, diagnostics.notIterable(iterable.type));
        return { source: 'collection', element: error };
    }
    const element = tryPlace(context, found.element, variable, node.line);
    if (element === undefined) {
        context.report(node.iterable, diagnostics.loopVariable(found.element, variable));
    }
    return { source: found.source, element: element ?? error };
}

/** An element as the loop variable wants it; generic records pass for concrete ones and are checked when read. */
function tryPlace(
    context: BodyContext,
    element: ApexType,
    variable: ApexType,
    line: number
): BoundExpression | undefined {
    const placeholder: BoundExpression = { kind: 'safeReceiver', type: element, line };
    const converted = tryConvert(context, placeholder, variable);
    if (converted !== undefined) return converted;
    const isNarrower = element.kind === 'sobject' && isSubtype(context.world, variable, element);
    return isNarrower ? { kind: 'cast', value: placeholder, type: variable, line } : undefined;
}

/** Before, a set could be changed in a loop over what it held ("Versioned Behavior Changes", Apex Reference). */
const SETS_GUARDED_FROM = 62;

function elements(
    context: BodyContext,
    type: ApexType
): { readonly element: ApexType; readonly source: BoundForEach['source'] } | undefined {
    const ofList = listElement(type);
    if (ofList !== undefined) return { element: ofList, source: 'collection' };
    const ofSet = setElement(type);
    if (ofSet !== undefined) {
        return { element: ofSet, source: context.unit.apiVersion < SETS_GUARDED_FROM ? 'copy' : 'collection' };
    }
    const iterable = findSupertype(context, type, 'system.iterable');
    if (iterable !== undefined) return { element: iterable, source: 'iterable' };
    const iterator = findSupertype(context, type, 'system.iterator');
    return iterator === undefined ? undefined : { element: iterator, source: 'iterator' };
}

/** Type argument with which a type implements a generic interface. */
function findSupertype(context: BodyContext, type: ApexType, key: string): ApexType | undefined {
    if (type.kind === 'platform' && type.key === key) return type.args[0];
    for (const supertype of supertypes(context.world, type)) {
        const found = findSupertype(context, supertype, key);
        if (found !== undefined) return found;
    }
    return undefined;
}
