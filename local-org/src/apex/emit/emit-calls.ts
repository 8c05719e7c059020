import type { BoundExpression, NamedVariable } from '../semantics/bound.ts';
import type { BodyWriter } from './body-writer.ts';
import { emitExpression, emitNonNull } from './emit-expressions.ts';
import { emitIntrinsic } from './intrinsics.ts';
import { withLine } from './lines.ts';
import { methodName } from './names.ts';

type Of<K extends BoundExpression['kind']> = Extract<BoundExpression, { kind: K }>;

export function emitArguments(writer: BodyWriter, args: readonly BoundExpression[]): string {
    return args.map((arg) => emitExpression(writer, arg)).join(', ');
}

export function emitUserCall(writer: BodyWriter, value: Of<'userCall'>): string {
    const name = methodName(value.method);
    const args = value.args.map((arg) => emitExpression(writer, arg));
    if (value.dispatch === 'virtual') {
        const receiver = emitNonNull(writer, value.target as BoundExpression);
        const [target = '', ...rest] = withLine(writer, value.line, [receiver, ...args]).parts;
        return `${target}.${name}(${rest.join(', ')})`;
    }
    const { note, parts } = withLine(writer, value.line, args);
    const call = callWithoutReceiver(writer, value, name, parts.join(', '));
    return note === '' ? call : `(${note}${call})`;
}

function callWithoutReceiver(writer: BodyWriter, value: Of<'userCall'>, name: string, args: string): string {
    if (value.dispatch === 'super') return `super.${name}(${args})`;
    const owner = writer.module.class(value.method.owner);
    if (value.dispatch === 'future') return `R.future((...args) => ${owner}.${name}(...args), [${args}])`;
    return `${owner}.${name}(${args})`;
}

export function emitNativeCall(writer: BodyWriter, value: Of<'nativeCall'>): string {
    const intrinsic = emitIntrinsic(writer, value);
    if (intrinsic !== undefined) return intrinsic;
    const { module } = writer;
    const args = value.args.map((arg) => emitExpression(writer, arg));
    if (value.target === undefined) {
        const { note, parts } = withLine(writer, value.line, args);
        const call = `${module.native(value.className, 'static', value.key ?? '')}(${['R', ...parts].join(', ')})`;
        const noted = note === '' ? call : `(${note}${call})`;
        return value.variables === undefined ? noted : emitWithVariables(writer, value.variables, noted);
    }
    const receiver = emitReceiver(writer, value.target, value.className);
    const [target = '', ...rest] = withLine(writer, value.line, [receiver, ...args]).parts;
    if (value.dispatch === 'interface') {
        // The object may be one of the org's classes or one of the library's.
        const native = value.key === undefined ? 'undefined' : module.native(value.className, 'method', value.key);
        return `R.callInterface(${[target, JSON.stringify(value.name), native, ...rest].join(', ')})`;
    }
    return `${module.native(value.className, 'method', value.key ?? '')}(${['R', target, ...rest].join(', ')})`;
}

/** A method of a null Blob complains about its argument. */
function emitReceiver(writer: BodyWriter, target: BoundExpression, className: string): string {
    if (className !== 'System.Blob') return emitNonNull(writer, target);
    return `(${emitExpression(writer, target)} ?? R.nullArgument())`;
}

/** The variables are read by name when the query asks for them. */
function emitWithVariables(writer: BodyWriter, variables: readonly NamedVariable[], call: string): string {
    const cases = variables.map(
        ({ name, value }) => `case ${JSON.stringify(name)}: return ${emitExpression(writer, value)};`
    );
    return `R.withVariables((n) => { switch (n) { ${cases.join(' ')} } }, () => ${call})`;
}

const UNIVERSAL = { equals: 'R.equalsMethod', hashCode: 'R.hashCode', toString: 'R.toText', clone: 'R.clone' } as const;

export function emitUniversalCall(writer: BodyWriter, value: Of<'universalCall'>): string {
    const args = value.args.map((arg) => `, ${emitExpression(writer, arg)}`).join('');
    return `${UNIVERSAL[value.name]}(${emitNonNull(writer, value.target)}${args})`;
}

export function emitEnumMethod(writer: BodyWriter, value: Of<'enumMethod'>): string {
    const type = writer.module.type(value.enumType);
    switch (value.method) {
        case 'values':
            return `R.enumList(${type})`;
        case 'valueOf':
            return `R.enumValueOf(${type}, ${emitArguments(writer, value.args)})`;
        case 'name':
        case 'ordinal':
            return `${emitNonNull(writer, value.target as BoundExpression)}.${value.method}`;
    }
}
