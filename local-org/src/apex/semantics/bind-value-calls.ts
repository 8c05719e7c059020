import type { MethodCallExpression } from '../syntax/ast.ts';
import { SOBJECT, STRING } from '../types/apex-types.ts';
import { instanceEnumCall, universalCall } from './bind-common-calls.ts';
import { fieldToken } from './bind-sobjects.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound.ts';
import { callMethods, callNatives, failedCall } from './call-members.ts';
import { tryConvert } from './convert.ts';
import { methodsOf, platformMethods } from './method-lookup.ts';
import { chooseOverload } from './overloads.ts';
import { elementOfQuery } from './query-values.ts';
import { ERROR_TYPE } from './world.ts';

/** `value.name(args)`. */
export function valueCall(
    context: BodyContext,
    receiver: BoundExpression,
    node: MethodCallExpression,
    args: readonly BoundExpression[]
): BoundExpression {
    if (receiver.type === ERROR_TYPE) return failedCall(node);
    const fieldError = addFieldError(context, receiver, node, args);
    if (fieldError !== undefined) return fieldError;
    const { type } = receiver;
    const enumMethod = instanceEnumCall(context, receiver, node, args);
    if (enumMethod !== undefined) return enumMethod;
    if (type.kind === 'user') {
        const symbol = context.world.classOf(type);
        const methods = methodsOf(context, symbol, node.name);
        if (methods.length > 0) return callMethods(context, receiver, symbol, methods, args, node, true);
    }
    const members = platformMethods(context, type, node.name).filter((member) => !member.isStatic);
    if (members.length > 0) {
        const chosen = chooseOverload(context.world, members, (member) => member.parameters, args);
        if (chosen.kind === 'found') return callNatives(context, receiver, type, members, args, node);
    }
    const single = singleRowCall(context, receiver, node, args);
    if (single !== undefined) return single;
    const universal = universalCall(context, receiver, node.name, args, node);
    if (universal !== undefined) return universal;
    return callNatives(context, receiver, type, members, args, node);
}

/** A method of the row itself: `[SELECT Id FROM Account LIMIT 1].getSObjectType()`. */
function singleRowCall(
    context: BodyContext,
    receiver: BoundExpression,
    node: MethodCallExpression,
    args: readonly BoundExpression[]
): BoundExpression | undefined {
    const row = elementOfQuery(receiver);
    const single = row === undefined ? undefined : tryConvert(context, receiver, row);
    if (single === undefined || platformMethods(context, SOBJECT, node.name).length === 0) return undefined;
    return valueCall(context, single, node, args);
}

/** `record.Name.addError('…')` puts the error on the field, so the record is the receiver. */
function addFieldError(
    context: BodyContext,
    receiver: BoundExpression,
    node: MethodCallExpression,
    args: readonly BoundExpression[]
): BoundExpression | undefined {
    if (node.name.toLowerCase() !== 'adderror' || receiver.type.kind === 'sobject') return undefined;
    if (receiver.kind !== 'sobjectField' || receiver.role !== 'field') return undefined;
    const token = fieldToken(receiver.target.type.name, receiver.name, node);
    const [message, ...rest] = args;
    const text =
        message === undefined || message.type === STRING
            ? message
            : universalCall(context, message, 'toString', [], node);
    const all = text === undefined ? [token] : [token, text, ...rest];
    const members = platformMethods(context, SOBJECT, 'addError');
    return callNatives(context, receiver.target, SOBJECT, members, all, node);
}
