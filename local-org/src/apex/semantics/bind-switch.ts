import type { Expression, Node, SwitchBranch, SwitchStatement } from '../syntax/ast.ts';
import { INTEGER, LONG, SOBJECT, STRING } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import { bindExpression } from './bind-expressions.ts';
import { findField } from './bind-names.ts';
import { bindBlock } from './bind-statements.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundBranch, BoundExpression, BoundStatement } from './bound.ts';
import { tryConvert } from './convert.ts';
import { diagnostics } from './diagnostics.ts';
import { isEnum } from './hierarchy.ts';
import { resolveTypeRef } from './type-refs.ts';
import { ERROR_TYPE } from './world.ts';

export function bindSwitch(context: BodyContext, node: SwitchStatement): BoundStatement {
    const value = bindExpression(context, node.value);
    if (value.type !== ERROR_TYPE && !canSwitchOn(context, value.type)) {
        context.report(node.value, diagnostics.switchType(value.type));
    }
    const seen = new Set<string>();
    const branches = node.branches.map((branch, index) => {
        if (branch.when === 'else' && index < node.branches.length - 1) {
            context.report(node, diagnostics.whenElseLast());
        }
        return bindBranch(context, node, branch, value.type, seen);
    });
    return { kind: 'switch', value, branches, line: node.line };
}

function canSwitchOn(context: BodyContext, type: ApexType): boolean {
    return type === INTEGER || type === LONG || type === STRING || type === SOBJECT || isEnum(context.world, type);
}

/** Mistakes of the values are reported where the statement begins, as the platform does. */
function bindBranch(
    context: BodyContext,
    at: SwitchStatement,
    branch: SwitchBranch,
    type: ApexType,
    seen: Set<string>
): BoundBranch {
    const { when, line } = branch;
    if (when === 'else') return { when: { kind: 'else' }, body: bindBlock(context, branch.body), line };
    if ('type' in when) {
        const tested = resolveTypeRef(context.world, when.type, context.owner, context.unit);
        if (tested !== ERROR_TYPE && type !== ERROR_TYPE) {
            if (type !== SOBJECT || tested.kind !== 'sobject') {
                context.report(when.type, diagnostics.whenVariableType(type));
            } else if (tested === SOBJECT) {
                context.report(when.type, diagnostics.whenMatchesAll(tested));
            }
        }
        checkUnique(context, when.type, tested.name, seen);
        return context.scoped(() => {
            const local = context.declare(when.name, tested, branch);
            local.values.push(undefined);
            return { when: { kind: 'type', type: tested, local }, body: bindBlock(context, branch.body), line };
        });
    }
    const values = when.values.map((value) => bindWhenValue(context, at, value, type, seen));
    return { when: { kind: 'values', values }, body: bindBlock(context, branch.body), line };
}

function checkUnique(context: BodyContext, at: Node, text: string, seen: Set<string>): void {
    if (seen.has(text)) context.report(at, diagnostics.whenDuplicate(text));
    seen.add(text);
}

function bindWhenValue(
    context: BodyContext,
    at: SwitchStatement,
    node: Expression,
    type: ApexType,
    seen: Set<string>
): BoundExpression {
    if (node.kind === 'literal' && node.type === 'null') {
        checkUnique(context, at, 'null', seen);
        return bindExpression(context, node);
    }
    if (isEnum(context.world, type)) return enumWhen(context, at, node, type, seen);
    if (type.kind === 'sobject') return context.error(at, diagnostics.whenSObject());
    const value = node.kind === 'literal' ? bindExpression(context, node) : constantField(context, node);
    if (value.type === ERROR_TYPE || type === ERROR_TYPE) return value;
    const converted = tryConvert(context, value, type);
    if (converted === undefined) return context.error(at, diagnostics.whenType(value.type, type));
    if (value.kind === 'constant') checkUnique(context, at, value.text, seen);
    return converted;
}

function enumWhen(
    context: BodyContext,
    at: SwitchStatement,
    node: Expression,
    type: ApexType,
    seen: Set<string>
): BoundExpression {
    const name = node.kind === 'name' || node.kind === 'member' ? node.name : undefined;
    if (name === undefined) return context.error(node, diagnostics.whenEnumField());
    checkUnique(context, at, name, seen);
    const lower = name.toLowerCase();
    if (type.kind === 'user') {
        const owner = context.world.classOf(type);
        const ordinal = owner.enumValues.findIndex((value) => value.toLowerCase() === lower);
        if (ordinal >= 0) return { kind: 'enumValue', owner, ordinal, type, line: node.line };
    }
    if (type.kind === 'platform') {
        const found = context.world.members.enumValues(type.key).find((value) => value.toLowerCase() === lower);
        if (found !== undefined) return { kind: 'platformEnum', name: found, type, line: node.line };
    }
    return context.error(node, node.kind === 'name' ? diagnostics.unknownVariable(name) : diagnostics.whenEnumField());
}

/** A static final constant of this class or another. */
function constantField(context: BodyContext, node: Expression): BoundExpression {
    const value = bindExpression(context, node);
    if (value.type === ERROR_TYPE) return value;
    if (value.kind !== 'field' || !value.field.isStatic || !value.field.isFinal) {
        const name = node.kind === 'name' || node.kind === 'member' ? node.name : '';
        const isField = node.kind === 'name' && findField(context, context.owner, name) !== undefined;
        return context.error(node, isField ? diagnostics.whenConstant(name) : diagnostics.whenLiteral());
    }
    return value;
}
