import type { BoundExpression } from '../semantics/bound.ts';
import { BOOLEAN, DECIMAL, DOUBLE, INTEGER, LONG, STRING } from '../types/apex-types.ts';
import type { BodyWriter } from './body-writer.ts';
import { emitEnumMethod, emitNativeCall, emitUniversalCall, emitUserCall } from './emit-calls.ts';
import {
    emitNewException,
    emitNewList,
    emitNewMap,
    emitNewNative,
    emitNewSObject,
    emitNewUser
} from './emit-creations.ts';
import { emitAssign, emitCompound, emitMember } from './emit-members.ts';
import {
    emitArithmetic,
    emitBitwise,
    emitComparison,
    emitConcatenation,
    emitEquality,
    emitNegate
} from './emit-operators.ts';
import { localName } from './names.ts';
import { neverNull } from './nullness.ts';

/** An expression as JavaScript text, safe to put inside any other. */
export function emitExpression(writer: BodyWriter, value: BoundExpression): string {
    const { module } = writer;
    switch (value.kind) {
        case 'error':
            throw new Error(`An expression with an error on line ${value.line} reached the emitter.`);
        case 'unsupported':
            return `R.unsupported(${JSON.stringify(value.message)})`;
        case 'constant':
            return emitConstant(writer, value);
        case 'local':
            return localName(value.local);
        case 'this':
            return 'this';
        case 'field':
        case 'property':
        case 'sobjectField':
        case 'nativeProperty':
        case 'index':
            return emitMember(writer, value);
        case 'enumValue':
            return `${module.class(value.owner)}.values[${value.ordinal}]`;
        case 'platformEnum':
            return `R.platformEnum(${JSON.stringify(value.type.name)}, ${JSON.stringify(value.name)})`;
        case 'userCall':
            return emitUserCall(writer, value);
        case 'nativeCall':
            return emitNativeCall(writer, value);
        case 'universalCall':
            return emitUniversalCall(writer, value);
        case 'enumMethod':
            return emitEnumMethod(writer, value);
        case 'newUser':
            return emitNewUser(writer, value);
        case 'newNative':
            return emitNewNative(writer, value);
        case 'newException':
            return emitNewException(writer, value);
        case 'newSObject':
            return emitNewSObject(writer, value);
        case 'newList':
        case 'newSet':
            return emitNewList(writer, value);
        case 'newMap':
            return emitNewMap(writer, value);
        case 'arithmetic':
            return emitArithmetic(writer, value);
        case 'concatenation':
            return emitConcatenation(writer, value);
        case 'comparison':
            return emitComparison(writer, value);
        case 'equality':
            return emitEquality(writer, value);
        case 'bitwise':
            return emitBitwise(writer, value);
        case 'negate':
        case 'complement':
            return emitNegate(writer, value);
        case 'assign':
            return emitAssign(writer, value);
        case 'compound':
            return emitCompound(writer, value);
        default:
            return emitFlow(writer, value);
    }
}

type FlowKind =
    | 'logical'
    | 'not'
    | 'conditional'
    | 'coalesce'
    | 'oldValue'
    | 'convert'
    | 'cast'
    | 'instanceOf'
    | 'safe'
    | 'safeReceiver'
    | 'query'
    | 'rowOfQuery'
    | 'label'
    | 'typeLiteral'
    | 'objectToken'
    | 'fieldToken';

function emitFlow(writer: BodyWriter, value: Extract<BoundExpression, { kind: FlowKind }>): string {
    const { module } = writer;
    const text = (part: BoundExpression): string => emitExpression(writer, part);
    switch (value.kind) {
        case 'logical':
            return `(${emitNonNull(writer, value.left)} ${value.operator} ${emitNonNull(writer, value.right)})`;
        case 'not':
            return `!${emitNonNull(writer, value.operand)}`;
        case 'conditional': {
            const condition = emitNonNull(writer, value.condition);
            return `(${condition} ? ${text(value.then)} : ${text(value.otherwise)})`;
        }
        case 'coalesce':
            return `(${text(value.left)} ?? ${text(value.right)})`;
        case 'oldValue':
            return writer.oldValues.at(-1) as string;
        case 'convert':
            return emitConversion(writer, value);
        case 'cast':
            return `R.cast(${text(value.value)}, ${module.type(value.type)})`;
        case 'instanceOf':
            return emitInstanceOf(writer, value);
        case 'safe': {
            const temporary = writer.temporary();
            const receiver = text(value.receiver);
            const access = writer.withReceiver(temporary, () => text(value.access));
            return `((${temporary} = ${receiver}) === null ? null : ${access})`;
        }
        case 'safeReceiver':
            return writer.receivers.at(-1) as string;
        case 'query':
            return emitQuery(writer, value);
        case 'rowOfQuery':
            return `S.singleRow(R, ${text(value.value)})`;
        case 'label':
            return `R.label(${JSON.stringify(value.name)})`;
        case 'typeLiteral':
            return `R.typeObject(${module.type(value.named)})`;
        case 'objectToken':
            return `R.objectToken(${JSON.stringify(value.object)})`;
        case 'fieldToken':
            return `R.fieldToken(${JSON.stringify(value.object)}, ${JSON.stringify(value.field)})`;
    }
}

/** The value, with a NullPointerException where it is null. */
export function emitNonNull(writer: BodyWriter, value: BoundExpression): string {
    const text = emitExpression(writer, value);
    // A safe step has looked at its receiver already.
    return neverNull(value) || value.kind === 'safeReceiver' ? text : `(${text} ?? ${writer.nullPointer()})`;
}

function emitConstant(writer: BodyWriter, value: Extract<BoundExpression, { kind: 'constant' }>): string {
    switch (value.type) {
        case INTEGER:
            return negativeInParentheses(String(Number(value.text)));
        case LONG:
            return negativeInParentheses(`${BigInt(value.text)}n`);
        case DECIMAL:
            return writer.module.constant('decimal', value.text);
        case DOUBLE:
            return writer.module.constant('double', value.text);
        case STRING:
            return JSON.stringify(value.text);
        case BOOLEAN:
            return value.text;
        default:
            return 'null';
    }
}

function negativeInParentheses(text: string): string {
    return text.startsWith('-') ? `(${text})` : text;
}

function emitConversion(writer: BodyWriter, value: Extract<BoundExpression, { kind: 'convert' }>): string {
    const text = emitExpression(writer, value.value);
    if (value.conversion === 'none') return text;
    if (value.conversion === 'integerToLong' && neverNull(value.value)) return `BigInt(${text})`;
    if (value.conversion === 'stringToId' || value.conversion === 'stringsToIds') {
        return `S.${value.conversion}(R, ${text})`;
    }
    if (value.conversion === 'widenElements') return `S.widenElements(R, ${text}, ${writer.module.type(value.type)})`;
    return `S.${value.conversion}(${text})`;
}

function emitInstanceOf(writer: BodyWriter, value: Extract<BoundExpression, { kind: 'instanceOf' }>): string {
    return `R.isInstance(${emitExpression(writer, value.value)}, ${writer.module.type(value.tested)})`;
}

function emitQuery(writer: BodyWriter, value: Extract<BoundExpression, { kind: 'query' }>): string {
    const binds = value.binds.map((bind) => emitExpression(writer, bind)).join(', ');
    const call = `${JSON.stringify(value.text)}, [${binds}]`;
    switch (value.shape) {
        case 'count':
            return `S.queryCount(R, ${call})`;
        case 'single':
            return `S.queryRow(R, ${call})`;
        case 'singleOrNull':
            return `S.queryRowOrNull(R, ${call})`;
        case 'list':
            return `S.queryList(R, ${call}, ${writer.module.type(value.type)})`;
    }
}
