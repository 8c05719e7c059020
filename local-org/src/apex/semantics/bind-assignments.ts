import type { AssignExpression, Expression, Node, StepExpression } from '../syntax/ast.ts';
import { INTEGER, LONG, numericRank } from '../types/apex-types.ts';
import { bindExpression } from './bind-expressions.ts';
import { combine } from './bind-operators.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression, BoundTarget } from './bound.ts';
import { narrowing } from './conversions.ts';
import { convert, tryConvert } from './convert.ts';
import { diagnostics } from './diagnostics.ts';
import { isSubclass } from './hierarchy.ts';
import type { FieldSymbol } from './symbols.ts';
import { ERROR_TYPE } from './world.ts';

export function bindAssign(context: BodyContext, node: AssignExpression): BoundExpression {
    const target = bindTarget(context, node.target);
    const value = bindExpression(context, node.value);
    if (target === undefined || value.type === ERROR_TYPE) return { kind: 'error', type: ERROR_TYPE, line: node.line };
    if (node.operator === '=') {
        const converted = convert(context, value, target.type, node);
        remember(target, converted);
        return { kind: 'assign', target, value: converted, type: target.type, line: node.line };
    }
    const old: BoundExpression = { kind: 'oldValue', target, type: target.type, line: node.line };
    const combined = combine(context, node.operator, old, value, node);
    return compound(context, target, combined, false, node);
}

function compound(
    context: BodyContext,
    target: BoundTarget,
    combined: BoundExpression,
    givesOld: boolean,
    at: Node
): BoundExpression {
    if (combined.type === ERROR_TYPE) return combined;
    const value = backTo(context, target, combined, at);
    remember(target, value);
    return { kind: 'compound', target, value, givesOld, type: target.type, line: at.line };
}

/** The result in the target's own type; an Integer stays one when a Long is added to it. */
function backTo(context: BodyContext, target: BoundTarget, value: BoundExpression, at: Node): BoundExpression {
    const isWhole = target.type === INTEGER || target.type === LONG;
    const conversion = isWhole && value.type === LONG ? narrowing(value.type, target.type) : undefined;
    if (conversion !== undefined) return { kind: 'convert', conversion, value, type: target.type, line: value.line };
    return tryConvert(context, value, target.type) ?? convert(context, value, target.type, at);
}

export function bindStep(context: BodyContext, node: StepExpression): BoundExpression {
    const target = bindTarget(context, node.operand);
    if (target === undefined) return { kind: 'error', type: ERROR_TYPE, line: node.line };
    if (numericRank(target.type) === 0) {
        return context.error(node, diagnostics.stepOperand(node.prefix, node.operator, target.type));
    }
    const old: BoundExpression = { kind: 'oldValue', target, type: target.type, line: node.line };
    const one: BoundExpression = { kind: 'constant', text: '1', type: INTEGER, line: node.line };
    const combined = combine(context, node.operator === '++' ? '+' : '-', old, one, node);
    return compound(context, target, combined, !node.prefix, node);
}

function remember(target: BoundTarget, value: BoundExpression): void {
    if (target.kind === 'local') target.local.values.push(value);
}

/** The left side of an assignment; undefined when it cannot be one (reported). */
function bindTarget(context: BodyContext, node: Expression): BoundTarget | undefined {
    const target = bindExpression(context, node);
    switch (target.kind) {
        case 'error':
            return undefined;
        case 'local':
            // `final` on a local variable is not enforced: the platform compiles a second assignment.
            return target;
        case 'field':
        case 'property':
            return checkWritable(context, target, target.field, node) ? target : undefined;
        case 'sobjectField':
            if (target.role !== 'children') return target;
            context.report(node, diagnostics.fieldNotWriteable(target.name));
            return undefined;
        case 'nativeProperty':
        case 'index':
            return target;
        case 'unsupported':
            context.report(node, target.message);
            return undefined;
        default:
            context.report(node, diagnostics.notAssignable());
            return undefined;
    }
}

function checkWritable(context: BodyContext, target: BoundExpression, field: FieldSymbol, at: Node): boolean {
    const { property } = field;
    const isBacking = context.options.accessorOf === field && target.kind === 'field';
    if (property !== undefined && !isBacking) {
        if (property.setter === undefined) {
            context.report(at, diagnostics.notWritable(field.name, field.owner.name));
            return false;
        }
        if (!context.canSee(field.owner, property.setterVisibility, field.annotations)) {
            context.report(at, diagnostics.variableNotVisible(field.name));
            return false;
        }
    }
    if (field.isFinal && !mayInitialize(context, field)) {
        context.report(at, diagnostics.finalAssigned(field.name));
        return false;
    }
    return true;
}

/** Final members take values in initialisers, and instance ones in constructors. */
function mayInitialize(context: BodyContext, field: FieldSymbol): boolean {
    const { method } = context.options;
    if (!isSubclass(context.world, context.owner, field.owner)) return false;
    if (method === undefined) return context.isStatic === field.isStatic;
    return method.isConstructor && !field.isStatic;
}
