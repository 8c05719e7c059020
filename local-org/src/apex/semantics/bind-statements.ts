import type {
    Block,
    DmlStatement,
    Expression,
    ExpressionStatement,
    LocalStatement,
    MergeStatement,
    ReturnStatement,
    RunAsStatement,
    Statement,
    ThrowStatement,
    TryStatement
} from '../syntax/ast.ts';
import { listElement, sobjectType, VOID } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import { checkAllowed } from './allowed-modifiers.ts';
import { bindCondition, bindExpression } from './bind-expressions.ts';
import { bindFor, bindForEach, bindWhile } from './bind-loops.ts';
import { bindSwitch } from './bind-switch.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundStatement, BoundTry } from './bound.ts';
import { convert, tryConvert } from './convert.ts';
import { diagnostics } from './diagnostics.ts';
import { isException, isSubtype } from './hierarchy.ts';
import { checkIdentifier } from './identifier-rules.ts';
import { canComplete, reportsUnreachable } from './reachability.ts';
import { elementOfQuery } from './query-values.ts';
import { resolveTypeRef } from './type-refs.ts';
import { ERROR_TYPE } from './world.ts';

export function bindStatement(context: BodyContext, node: Statement): BoundStatement {
    switch (node.kind) {
        case 'block':
            return bindBlock(context, node);
        case 'expression':
            return bindExpressionStatement(context, node);
        case 'local':
            return bindLocal(context, node);
        case 'if': {
            const condition = bindCondition(context, node.condition);
            const then = context.scoped(() => bindStatement(context, node.then));
            const { otherwise } = node;
            const bound = otherwise && context.scoped(() => bindStatement(context, otherwise));
            return { kind: 'if', condition, then, otherwise: bound, line: node.line };
        }
        case 'while':
        case 'doWhile':
            return bindWhile(context, node);
        case 'for':
            return bindFor(context, node);
        case 'forEach':
            return bindForEach(context, node);
        case 'switch':
            return bindSwitch(context, node);
        case 'return':
            return bindReturn(context, node);
        case 'throw':
            return bindThrow(context, node);
        case 'break':
        case 'continue':
            if (context.loopDepth === 0) {
                const { breakOutsideLoop, continueOutsideLoop } = diagnostics;
                context.report(node, node.kind === 'break' ? breakOutsideLoop() : continueOutsideLoop());
            }
            return { kind: node.kind, line: node.line };
        case 'try':
            return bindTry(context, node);
        case 'dml':
            return bindDml(context, node);
        case 'merge':
            return bindMerge(context, node);
        case 'runAs':
            return bindRunAs(context, node);
    }
}

export function bindBlock(context: BodyContext, node: Block): BoundStatement {
    return context.scoped(() => bindStatements(context, node.statements, node.line));
}

/** Statements of a block in the scope that is open; code behind a jump is reported. */
export function bindStatements(context: BodyContext, nodes: readonly Statement[], line: number): BoundStatement {
    const statements: BoundStatement[] = [];
    let isReachable = true;
    for (const node of nodes) {
        if (!isReachable && reportsUnreachable(context)) {
            context.report(node, diagnostics.unreachable());
        }
        const statement = bindStatement(context, node);
        isReachable &&= canComplete(statement);
        statements.push(statement);
    }
    return { kind: 'block', statements, line };
}

const STATEMENT_KINDS: ReadonlySet<Expression['kind']> = new Set<Expression['kind']>([
    'assign',
    'call',
    'methodCall',
    'new',
    'newArray',
    'newCollection',
    'step',
    'constructorCall'
]);

function bindExpressionStatement(context: BodyContext, node: ExpressionStatement): BoundStatement {
    if (!STATEMENT_KINDS.has(node.value.kind)) {
        context.report(node, diagnostics.notAStatement());
    }
    return { kind: 'expression', value: bindExpression(context, node.value), line: node.line };
}

function bindLocal(context: BodyContext, node: LocalStatement): BoundStatement {
    const type = resolveTypeRef(context.world, node.type, context.owner, context.unit);
    const statements = node.variables.map((variable): BoundStatement => {
        checkAllowed(context.unit, 'locals', variable, node.modifiers);
        checkIdentifier(context.unit, 'variable', variable);
        const { initializer } = variable;
        const value =
            initializer === undefined
                ? undefined
                : convert(context, bindExpression(context, initializer), type, variable);
        const local = context.declare(variable.name, type, variable);
        local.values.push(value);
        return { kind: 'local', local, value, line: variable.line };
    });
    const [only] = statements;
    return statements.length === 1 && only !== undefined ? only : { kind: 'block', statements, line: DECLARATION };
}

/** Line of a group of declarations: they open no scope of their own. */
export const DECLARATION = -1;

function bindReturn(context: BodyContext, node: ReturnStatement): BoundStatement {
    const { returns, method } = context.options;
    const { value } = node;
    if (returns === undefined) {
        context.report(node, diagnostics.returnOutsideMethod());
        return { kind: 'return', value: undefined, line: node.line };
    }
    if (value === undefined) {
        if (returns !== VOID) context.report(node, diagnostics.missingReturn(returns));
        return { kind: 'return', value: undefined, line: node.line };
    }
    const bound = bindExpression(context, value);
    if (returns === VOID) {
        const isTrigger = context.unit.kind === 'trigger' && method === undefined;
        const message = isTrigger
            ? diagnostics.returnValueInTrigger()
            : method?.isConstructor
              ? diagnostics.returnValueInConstructor()
              : diagnostics.returnValueInVoid();
        context.report(node, message);
        return { kind: 'return', value: undefined, line: node.line };
    }
    return { kind: 'return', value: convert(context, bound, returns, value), line: node.line };
}

function bindThrow(context: BodyContext, node: ThrowStatement): BoundStatement {
    const value = bindExpression(context, node.value);
    if (value.type !== ERROR_TYPE && !isException(context.world, value.type)) {
        context.report(node, diagnostics.notThrowable(value.type));
    }
    return { kind: 'throw', value, line: node.line };
}

function bindTry(context: BodyContext, node: TryStatement): BoundStatement {
    const body = bindBlock(context, node.body);
    const caught: ApexType[] = [];
    const catches = node.catches.map((clause): BoundTry['catches'][number] =>
        context.scoped(() => {
            const type = resolveTypeRef(context.world, clause.type, context.owner, context.unit);
            if (type !== ERROR_TYPE && !isException(context.world, type)) {
                context.report(clause, diagnostics.notCatchable(type));
            }
            if (type !== ERROR_TYPE && caught.some((earlier) => isSubtype(context.world, type, earlier))) {
                context.report(clause, diagnostics.alreadyCaught(type));
            }
            caught.push(type);
            const local = context.declare(clause.name, type, clause);
            local.values.push(undefined);
            return { type, local, body: bindBlock(context, clause.body), line: clause.line };
        })
    );
    const last = node.finally === undefined ? undefined : bindBlock(context, node.finally);
    return { kind: 'try', body, catches, finally: last, line: node.line };
}

function bindDml(context: BodyContext, node: DmlStatement): BoundStatement {
    const value = bindExpression(context, node.value);
    const element = recordType(value.type) ?? elementOfQuery(value);
    if (element === undefined && value.type !== ERROR_TYPE) {
        context.report(node.value, diagnostics.dmlType(value.type));
    }
    return {
        kind: 'dml',
        operation: node.operation,
        value,
        mode: node.access,
        externalIdField: element === undefined ? undefined : upsertField(context, node, element),
        line: node.line
    };
}

/** The record type of a record or of a list of records. */
function recordType(type: ApexType): ApexType | undefined {
    const record = listElement(type) ?? type;
    return record.kind === 'sobject' ? record : undefined;
}

function upsertField(context: BodyContext, node: DmlStatement, element: ApexType): string | undefined {
    const name = node.externalId?.at(-1);
    if (name === undefined) return undefined;
    const object = context.world.object(element);
    if (object === undefined) {
        context.report(name, diagnostics.upsertConcreteType());
        return undefined;
    }
    const field = object.fields.get(name.name.toLowerCase());
    if (field === undefined || !(field.externalId || field.idLookup || field.type === 'id')) {
        context.report(name, diagnostics.upsertField(name.name));
        return undefined;
    }
    return field.name;
}

const MERGEABLE: ReadonlySet<string> = new Set(['Account', 'Contact', 'Lead', 'Case']);

function bindMerge(context: BodyContext, node: MergeStatement): BoundStatement {
    const master = bindExpression(context, node.master);
    const duplicates = bindExpression(context, node.duplicates);
    if (master.type !== ERROR_TYPE && context.world.object(master.type) === undefined) {
        context.report(node.master, diagnostics.mergeConcreteType(master.type));
    } else if (master.type !== ERROR_TYPE && !MERGEABLE.has(master.type.name)) {
        context.report(node.master, diagnostics.mergeUnsupported(master.type));
    } else if (recordType(duplicates.type) !== master.type && duplicates.type !== ERROR_TYPE) {
        context.report(node.duplicates, diagnostics.mergeDuplicates());
    }
    return { kind: 'merge', master, duplicates, mode: node.access, line: node.line };
}

function bindRunAs(context: BodyContext, node: RunAsStatement): BoundStatement {
    const [argument] = node.args;
    const value = argument === undefined ? undefined : bindExpression(context, argument);
    const user = value === undefined ? undefined : tryConvert(context, value, sobjectType('User'));
    if (node.args.length !== 1 || user === undefined) {
        context.report(node, diagnostics.runAsArguments());
    }
    const body = bindBlock(context, node.body);
    return { kind: 'runAs', user: user ?? { kind: 'error', type: ERROR_TYPE, line: node.line }, body, line: node.line };
}
