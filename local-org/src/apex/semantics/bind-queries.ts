import { analyzeQuery } from '../../soql/analyze.ts';
import { SoqlError } from '../../soql/errors.ts';
import { parseSoql } from '../../soql/parser.ts';
import { parseSosl } from '../../soql/sosl/parse-sosl.ts';
import { searchQuery } from '../../soql/sosl/run-search.ts';
import type { SoqlExpression, SoslExpression } from '../syntax/ast.ts';
import { AGGREGATE_RESULT, INTEGER, listOf, SOBJECT, sobjectType, STRING } from '../types/apex-types.ts';
import { bindExpression } from './bind-expressions.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound.ts';
import { checkBinds } from './query-binds.ts';
import { ERROR_TYPE } from './world.ts';

/** A query checked against the org's schema: unknown objects and fields are compile errors. */
export function bindSoql(context: BodyContext, node: SoqlExpression): BoundExpression {
    const binds = node.binds.map((bind) => bindExpression(context, bind));
    try {
        const query = parseSoql(node.text);
        const analyzed = analyzeQuery(query, context.world.schema);
        const { object, isCount, isAggregate } = analyzed;
        const isSound = checkBinds(context, node, analyzed, binds);
        if (!isSound || binds.some((bind) => bind.type === ERROR_TYPE))
            return { kind: 'error', type: ERROR_TYPE, line: node.line };
        const row = isAggregate ? AGGREGATE_RESULT : sobjectType(object.name);
        return {
            kind: 'query',
            text: node.text,
            binds,
            shape: isCount ? 'count' : 'list',
            mode: undefined,
            type: isCount ? INTEGER : listOf(row),
            line: node.line
        };
    } catch (error) {
        if (error instanceof SoqlError) return context.error(node, error.detail);
        throw error;
    }
}

/** A search, checked in the same way; it becomes a call with its text and its binds. */
export function bindSosl(context: BodyContext, node: SoslExpression): BoundExpression {
    const binds = node.binds.map((bind) => bindExpression(context, bind));
    const text = node.text.slice(node.text.indexOf('[') + 1, node.text.lastIndexOf(']'));
    try {
        for (const part of parseSosl(text).returning ?? []) {
            analyzeQuery(parseSoql(searchQuery(part)), context.world.schema);
        }
    } catch (error) {
        if (error instanceof SoqlError) return context.error(node, error.detail);
        throw error;
    }
    if (binds.some((bind) => bind.type === ERROR_TYPE)) return { kind: 'error', type: ERROR_TYPE, line: node.line };
    return {
        kind: 'nativeCall',
        dispatch: 'class',
        target: undefined,
        className: '$Search',
        key: 'find',
        name: 'find',
        args: [{ kind: 'constant', text, type: STRING, line: node.line }, ...binds],
        type: listOf(listOf(SOBJECT)),
        line: node.line
    };
}
