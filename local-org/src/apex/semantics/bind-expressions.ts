import type {
    CastExpression,
    ClassLiteralExpression,
    ConditionalExpression,
    Expression,
    IndexExpression,
    InstanceOfExpression,
    LiteralExpression,
    SelfExpression
} from '../syntax/ast.ts';
import {
    BOOLEAN,
    DECIMAL,
    DOUBLE,
    INTEGER,
    listElement,
    LONG,
    NULL,
    OBJECT,
    platformType,
    STRING,
    VOID
} from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import { bindAssign, bindStep } from './bind-assignments.ts';
import { bindCall, bindMethodCall } from './bind-calls.ts';
import { bindNew, bindNewArray, bindNewCollection } from './bind-creations.ts';
import { bindMember, bindName, navigate } from './bind-names.ts';
import { bindBinary, bindUnary } from './bind-operators.ts';
import { bindSoql, bindSosl } from './bind-queries.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound.ts';
import { commonType, narrowing } from './conversions.ts';
import { convert, tryConvert } from './convert.ts';
import { diagnostics } from './diagnostics.ts';
import { isSubtype, mayBeBoth } from './hierarchy.ts';
import { resolveTypeRef } from './type-refs.ts';
import { elementOfQuery } from './query-values.ts';
import { ERROR_TYPE } from './world.ts';

export function bindExpression(context: BodyContext, node: Expression): BoundExpression {
    switch (node.kind) {
        case 'literal':
            return bindLiteral(context, node);
        case 'name':
            return bindName(context, node);
        case 'member':
            return bindMember(context, node);
        case 'call':
            return bindCall(context, node);
        case 'methodCall':
            return bindMethodCall(context, node);
        case 'constructorCall':
            return context.error(
                node,
                node.target === 'this' ? diagnostics.thisCallFirst() : diagnostics.superCallFirst()
            );
        case 'index':
            return bindIndex(context, node);
        case 'new':
            return bindNew(context, node);
        case 'newArray':
            return bindNewArray(context, node);
        case 'newCollection':
            return bindNewCollection(context, node);
        case 'cast':
            return bindCast(context, node);
        case 'unary':
            return bindUnary(context, node);
        case 'step':
            return bindStep(context, node);
        case 'binary':
            return bindBinary(context, node);
        case 'instanceOf':
            return bindInstanceOf(context, node);
        case 'conditional':
            return bindConditional(context, node);
        case 'assign':
            return bindAssign(context, node);
        case 'this':
        case 'super':
            return bindSelf(context, node);
        case 'classLiteral':
            return bindClassLiteral(context, node);
        case 'soql':
            return bindSoql(context, node);
        case 'sosl':
            return bindSosl(context, node);
    }
}

/** An expression whose value must be a Boolean. */
export function bindCondition(context: BodyContext, node: Expression): BoundExpression {
    const value = bindExpression(context, node);
    return convert(context, value, BOOLEAN, node, (from) => diagnostics.conditionNotBoolean(from));
}

const LITERAL_TYPES: Readonly<Record<LiteralExpression['type'], ApexType>> = {
    integer: INTEGER,
    long: LONG,
    decimal: DECIMAL,
    double: DOUBLE,
    string: STRING,
    boolean: BOOLEAN,
    null: NULL
};

function bindLiteral(context: BodyContext, node: LiteralExpression): BoundExpression {
    if (node.type === 'integer' && (Number(node.text) > 2147483647 || Number(node.text) < -2147483648)) {
        return context.error(node, diagnostics.integerRange());
    }
    if (node.type === 'long' && BigInt.asIntN(64, BigInt(node.text)) !== BigInt(node.text)) {
        return context.error(node, diagnostics.longRange());
    }
    return { kind: 'constant', text: node.text, type: LITERAL_TYPES[node.type], line: node.line };
}

function bindSelf(context: BodyContext, node: SelfExpression): BoundExpression {
    if (context.isStatic) return context.error(node, diagnostics.thisInStatic());
    if (context.inConstructorCall) return context.error(node, diagnostics.instanceVariableInCall(node.kind));
    const base = node.kind === 'super' ? context.owner.superclass : undefined;
    return { kind: 'this', type: base ?? context.owner.type, line: node.line };
}

function bindClassLiteral(context: BodyContext, node: ClassLiteralExpression): BoundExpression {
    const named =
        node.type === undefined ? VOID : resolveTypeRef(context.world, node.type, context.owner, context.unit);
    if (named === ERROR_TYPE) return { kind: 'error', type: named, line: node.line };
    return { kind: 'typeLiteral', named, type: platformType('System.Type'), line: node.line };
}

function bindIndex(context: BodyContext, node: IndexExpression): BoundExpression {
    const target = bindExpression(context, node.target);
    const index = bindExpression(context, node.index);
    if (target.type === ERROR_TYPE || index.type === ERROR_TYPE) {
        return { kind: 'error', type: ERROR_TYPE, line: node.line };
    }
    return navigate(target, false, node, (list) => {
        const element = listElement(list.type);
        if (element === undefined) return context.error(node, diagnostics.indexNotList(list.type));
        const converted = convert(context, index, INTEGER, node.index, (from) => diagnostics.indexNotInteger(from));
        return { kind: 'index', target: list, index: converted, type: element, line: node.line };
    });
}

function bindCast(context: BodyContext, node: CastExpression): BoundExpression {
    const type = resolveTypeRef(context.world, node.type, context.owner, context.unit);
    const value = bindExpression(context, node.value);
    if (type === ERROR_TYPE || value.type === ERROR_TYPE) {
        return { kind: 'error', type: ERROR_TYPE, line: node.line };
    }
    if (value.type === VOID) return context.error(node, diagnostics.incompatibleCast(value.type, type));
    const converted = value.type === OBJECT ? undefined : tryConvert(context, value, type);
    if (converted !== undefined) return { ...recast(converted, type), line: node.line };
    const conversion = narrowing(value.type, type);
    if (conversion !== undefined) return { kind: 'convert', conversion, value, type, line: node.line };
    if (!mayBeBoth(context.world, value.type, type)) {
        return context.error(node, diagnostics.incompatibleCast(value.type, type));
    }
    return { kind: 'cast', value, type, line: node.line };
}

/** A value that already fits, under the type the cast names. Element types of collections are only checked when used. */
function recast(value: BoundExpression, type: ApexType): BoundExpression {
    return value.type === type ? value : { kind: 'convert', conversion: 'none', value, type, line: value.line };
}

function bindInstanceOf(context: BodyContext, node: InstanceOfExpression): BoundExpression {
    const value = bindExpression(context, node.value);
    const tested = resolveTypeRef(context.world, node.type, context.owner, context.unit);
    if (tested === ERROR_TYPE || value.type === ERROR_TYPE) {
        return { kind: 'error', type: ERROR_TYPE, line: node.line };
    }
    if (!mayBeBoth(context.world, value.type, tested)) {
        return context.error(node, diagnostics.neverInstance(value.type, tested));
    }
    const isAlways = value.type !== NULL && isSubtype(context.world, value.type, tested);
    if (isAlways && context.unit.apiVersion < ALWAYS_TRUE_ALLOWED_FROM) {
        return context.error(node, diagnostics.alwaysInstance(value.type, tested));
    }
    return { kind: 'instanceOf', value, tested, type: BOOLEAN, line: node.line };
}

/** Since this version an instanceof that is always true compiles (Apex Reference, Versioned Behavior Changes). */
const ALWAYS_TRUE_ALLOWED_FROM = 32;

/** A query in one branch stands for its row when the other branch is a record. */
function rowType(branch: BoundExpression, query: BoundExpression): ApexType | undefined {
    return branch.type.kind === 'sobject' && elementOfQuery(query) !== undefined ? branch.type : undefined;
}

function bindConditional(context: BodyContext, node: ConditionalExpression): BoundExpression {
    const condition = bindCondition(context, node.condition);
    const then = bindExpression(context, node.then);
    const otherwise = bindExpression(context, node.otherwise);
    if (then.type === ERROR_TYPE || otherwise.type === ERROR_TYPE) {
        return { kind: 'error', type: ERROR_TYPE, line: node.line };
    }
    const type =
        commonType(context.world, then.type, otherwise.type) ?? rowType(then, otherwise) ?? rowType(otherwise, then);
    if (type === undefined || type === VOID) {
        return context.error(node, diagnostics.incompatibleTernary(then.type, otherwise.type));
    }
    return {
        kind: 'conditional',
        condition,
        then: convert(context, then, type, node.then),
        otherwise: convert(context, otherwise, type, node.otherwise),
        type,
        line: node.line
    };
}
