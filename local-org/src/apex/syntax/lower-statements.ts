import type {
    BlockContext,
    ForStatementContext,
    LocalVariableDeclarationContext,
    RunAsStatementContext,
    StatementContext,
    SwitchStatementContext,
    TryStatementContext,
    VariableDeclaratorsContext,
    WhenLiteralContext
} from '@apexdevtools/apex-parser';
import type {
    Block,
    DmlStatement,
    Expression,
    Identifier,
    LocalStatement,
    Statement,
    SwitchBranch,
    VariableDeclarator
} from './ast.ts';
import { multilineLiteralValue, stringLiteralValue } from './literals.ts';
import { lowerArguments, lowerExpression } from './lower-expressions.ts';
import { lowerTypeRef } from './lower-types.ts';
import { lowerModifiers } from './lower-modifiers.ts';
import { at, identifier, type Context } from './positions.ts';

export function lowerBlock(context: BlockContext): Block {
    return {
        kind: 'block',
        ...at(context),
        statements: context.statement_list().map(lowerStatement),
        ...end(context)
    };
}

export function end(context: Context): { readonly endLine: number; readonly endColumn: number } {
    const token = context.stop ?? context.start;
    return { endLine: token.line, endColumn: token.column + 1 };
}

export function lowerStatement(context: StatementContext): Statement {
    const position = at(context);
    const block = context.block();
    if (block !== null) return lowerBlock(block);
    const expression = context.expressionStatement();
    if (expression !== null) {
        return { kind: 'expression', ...position, value: lowerExpression(expression.expression()) };
    }
    const local = context.localVariableDeclarationStatement();
    if (local !== null) return lowerLocal(local.localVariableDeclaration());
    const branch = context.ifStatement();
    if (branch !== null) {
        const otherwise = branch.statement_list()[1];
        return {
            kind: 'if',
            ...position,
            condition: lowerExpression(branch.parExpression().expression()),
            then: lowerStatement(branch.statement(0)),
            otherwise: otherwise === undefined ? undefined : lowerStatement(otherwise)
        };
    }
    const returned = context.returnStatement();
    if (returned !== null) return { kind: 'return', ...position, value: optional(returned.expression()) };
    const thrown = context.throwStatement();
    if (thrown !== null) return { kind: 'throw', ...position, value: lowerExpression(thrown.expression()) };
    if (context.breakStatement() !== null) return { kind: 'break', ...position };
    if (context.continueStatement() !== null) return { kind: 'continue', ...position };
    return lowerLoopOrTry(context) ?? lowerDml(context);
}

function lowerLoopOrTry(context: StatementContext): Statement | undefined {
    const position = at(context);
    const forLoop = context.forStatement();
    if (forLoop !== null) return lowerFor(forLoop);
    const whileLoop = context.whileStatement();
    if (whileLoop !== null) {
        const body = whileLoop.statement();
        return {
            kind: 'while',
            ...position,
            condition: lowerExpression(whileLoop.parExpression().expression()),
            body: body === null ? undefined : lowerStatement(body)
        };
    }
    const doWhile = context.doWhileStatement();
    if (doWhile !== null) {
        const condition = lowerExpression(doWhile.parExpression().expression());
        return { kind: 'doWhile', ...position, condition, body: lowerBlock(doWhile.block()) };
    }
    const attempt = context.tryStatement();
    if (attempt !== null) return lowerTry(attempt);
    const choice = context.switchStatement();
    if (choice !== null) return lowerSwitch(choice);
    const runAs = context.runAsStatement();
    return runAs === null ? undefined : lowerRunAs(runAs);
}

function lowerRunAs(context: RunAsStatementContext): Statement {
    const args = lowerArguments(context.expressionList());
    return { kind: 'runAs', ...at(context), args, body: lowerBlock(context.block()) };
}

function lowerTry(context: TryStatementContext): Statement {
    const last = context.finallyBlock();
    return {
        kind: 'try',
        ...at(context),
        body: lowerBlock(context.block()),
        catches: context.catchClause_list().map((clause) => ({
            ...at(clause),
            type: {
                kind: 'typeRef',
                ...at(clause.qualifiedName()),
                parts: clause
                    .qualifiedName()
                    .id_list()
                    .map((id) => ({ name: id.getText(), args: [] })),
                arrayDepth: 0
            },
            name: clause.id().getText(),
            body: lowerBlock(clause.block())
        })),
        finally: last === null ? undefined : lowerBlock(last.block())
    };
}

function lowerFor(context: ForStatementContext): Statement {
    const control = context.forControl();
    const body = context.statement() === null ? undefined : lowerStatement(context.statement());
    const each = control.enhancedForControl();
    if (each !== null) {
        return {
            kind: 'forEach',
            ...at(context),
            type: lowerTypeRef(each.typeRef()),
            name: each.id().getText(),
            nameAt: at(each.id()),
            iterable: lowerExpression(each.expression()),
            body
        };
    }
    const init = control.forInit();
    const local = init?.localVariableDeclaration() ?? null;
    return {
        kind: 'for',
        ...at(context),
        init: local === null ? undefined : lowerLocal(local),
        initExpressions: lowerArguments(init?.expressionList()),
        condition: optional(control.expression()),
        update: lowerArguments(control.forUpdate()?.expressionList()),
        body
    };
}

export function lowerLocal(context: LocalVariableDeclarationContext): LocalStatement {
    return {
        kind: 'local',
        ...at(context),
        modifiers: lowerModifiers(context.modifier_list()),
        type: lowerTypeRef(context.typeRef()),
        variables: lowerVariables(context.variableDeclarators())
    };
}

export function lowerVariables(context: VariableDeclaratorsContext): VariableDeclarator[] {
    return context
        .variableDeclarator_list()
        .map((variable) => ({ ...identifier(variable.id()), initializer: optional(variable.expression()) }));
}

function lowerSwitch(context: SwitchStatementContext): Statement {
    return {
        kind: 'switch',
        ...at(context),
        value: lowerExpression(context.expression()),
        branches: context.whenControl_list().map((control): SwitchBranch => {
            const value = control.whenValue();
            const body = lowerBlock(control.block());
            const type = value.typeRef();
            if (value.ELSE() !== null) return { ...at(control), when: 'else', body };
            if (type !== null) {
                return { ...at(control), when: { type: lowerTypeRef(type), name: value.id().getText() }, body };
            }
            return { ...at(control), when: { values: value.whenLiteral_list().map(lowerWhenLiteral) }, body };
        })
    };
}

function lowerWhenLiteral(context: WhenLiteralContext): Expression {
    const nested = context.whenLiteral();
    if (nested !== null) return lowerWhenLiteral(nested);
    const position = at(context);
    const name = context.qualifiedName();
    if (name !== null) {
        const [first, ...rest] = name.id_list().map(identifier) as [Identifier, ...Identifier[]];
        return rest.reduce<Expression>((target, part) => ({ kind: 'member', ...part, target, safe: false }), {
            kind: 'name',
            ...first
        });
    }
    const sign = context.SUB_list().length % 2 === 1 ? '-' : '';
    const integer = context.IntegerLiteral();
    if (integer !== null) return { kind: 'literal', ...position, type: 'integer', text: sign + integer.getText() };
    const long = context.LongLiteral();
    if (long !== null) {
        return { kind: 'literal', ...position, type: 'long', text: sign + long.getText().slice(0, -1) };
    }
    const string = context.StringLiteral();
    if (string !== null) {
        return { kind: 'literal', ...position, type: 'string', text: stringLiteralValue(string.getText()) };
    }
    const multiline = context.MultilineStringLiteral();
    if (multiline !== null) {
        return { kind: 'literal', ...position, type: 'string', text: multilineLiteralValue(multiline.getText()) };
    }
    return { kind: 'literal', ...position, type: 'null', text: '' };
}

function lowerDml(context: StatementContext): Statement {
    const position = at(context);
    const merge = context.mergeStatement();
    if (merge !== null) {
        return {
            kind: 'merge',
            ...position,
            master: lowerExpression(merge.expression(0)),
            duplicates: lowerExpression(merge.expression(1)),
            access: accessOf(merge)
        };
    }
    const upsert = context.upsertStatement();
    const [operation, statement] = (
        [
            ['insert', context.insertStatement()],
            ['update', context.updateStatement()],
            ['upsert', upsert],
            ['delete', context.deleteStatement()],
            ['undelete', context.undeleteStatement()]
        ] as const
    ).find(([, candidate]) => candidate !== null) as [DmlStatement['operation'], NonNullable<typeof upsert>];
    return {
        kind: 'dml',
        ...position,
        operation,
        value: lowerExpression(statement.expression()),
        access: accessOf(statement),
        externalId: upsert?.qualifiedName()?.id_list().map(identifier)
    };
}

function accessOf(context: { accessLevel(): { USER(): unknown } | null }): 'user' | 'system' | undefined {
    const level = context.accessLevel();
    if (level === null) return undefined;
    return level.USER() === null ? 'system' : 'user';
}

function optional(context: Parameters<typeof lowerExpression>[0] | null): Expression | undefined {
    return context === null ? undefined : lowerExpression(context);
}
