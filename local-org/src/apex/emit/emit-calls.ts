import type { BoundExpression, NamedVariable } from '../semantics/bound.ts';
import { OBJECT } from '../types/apex-types.ts';
import type { BodyWriter } from './body-writer.ts';
import { emitExpression, emitNonNull } from './emit-expressions.ts';
import { emitIntrinsic } from './intrinsics.ts';
import { onlyReads } from './leaf.ts';
import { withLine } from './lines.ts';
import { methodName } from './names.ts';
import { neverNull } from './nullness.ts';

type Of<K extends BoundExpression['kind']> = Extract<BoundExpression, { kind: K }>;

export function emitArguments(writer: BodyWriter, args: readonly BoundExpression[]): string {
    return args.map((arg) => emitExpression(writer, arg)).join(', ');
}

export function emitUserCall(writer: BodyWriter, value: Of<'userCall'>): string {
    const name = methodName(value.method);
    const args = value.args.map((arg) => emitExpression(writer, arg));
    if (value.dispatch === 'virtual') {
        const receiver = value.target as BoundExpression;
        return withOperands(writer, value, receiver, writer.nullPointer(), ([target = '', ...rest]) => {
            return `${target}.${name}(${rest.join(', ')})`;
        });
    }
    const { note, parts } = withLine(writer, value.line, args);
    const call = callWithoutReceiver(writer, value, name, parts.join(', '));
    return note === '' ? call : `(${note}${call})`;
}

/**
 * A call on a receiver. The arguments are evaluated before the receiver is found to be null, as the platform does: what
 * they do is done when the NullPointerException comes, and an exception of theirs comes in its place.
 */
function withOperands(
    writer: BodyWriter,
    { args, line }: Of<'userCall'> | Of<'nativeCall'>,
    receiver: BoundExpression,
    onNull: string,
    call: (parts: readonly string[]) => string
): string {
    const target = emitExpression(writer, receiver);
    const texts = args.map((arg) => emitExpression(writer, arg));
    const isSafe = neverNull(receiver) || receiver.kind === 'safeReceiver';
    if (isSafe || args.every(onlyReads)) {
        const checked = isSafe ? target : `(${target} ?? ${onNull})`;
        return call(withLine(writer, line, [checked, ...texts]).parts);
    }
    const { parts } = withLine(writer, line, [target, ...texts]);
    const [first = '', ...rest] = parts.map(() => writer.temporary());
    const setup = parts.map((part, index) => `${[first, ...rest][index]} = ${part}`);
    return `(${setup.join(', ')}, ${call([`(${first} ?? ${onNull})`, ...rest])})`;
}

function callWithoutReceiver(writer: BodyWriter, value: Of<'userCall'>, name: string, args: string): string {
    if (value.dispatch === 'super') return `super.${name}(${args})`;
    const owner = writer.module.class(value.method.owner);
    if (value.dispatch === 'future') return `R.future((...args) => ${owner}.${name}(...args), [${args}])`;
    return `${owner}.${name}(${args})`;
}

export function emitNativeCall(writer: BodyWriter, value: Of<'nativeCall'>): string {
    const { module } = writer;
    if (value.target === undefined) {
        const args = value.args.map((arg) => emitExpression(writer, arg));
        const intrinsic = emitIntrinsic(value, '', args);
        if (intrinsic !== undefined) return intrinsic;
        const { note, parts } = withLine(writer, value.line, args);
        const call = `${module.native(value.className, 'static', value.key ?? '')}(${['R', ...parts].join(', ')})`;
        const noted = note === '' ? call : `(${note}${call})`;
        return value.variables === undefined ? noted : emitWithVariables(writer, value.variables, noted);
    }
    // A method of a null Blob complains about its argument.
    const onNull = value.className === 'System.Blob' ? 'R.nullArgument()' : writer.nullPointer();
    return withOperands(writer, value, value.target, onNull, ([target = '', ...args]) => {
        const intrinsic = emitIntrinsic(value, target, args);
        if (intrinsic !== undefined) return intrinsic;
        if (value.dispatch === 'interface') {
            // The object may be one of the org's classes or one of the library's.
            const native = value.key === undefined ? 'undefined' : module.native(value.className, 'method', value.key);
            return `R.callInterface(${[target, JSON.stringify(value.name), native, ...args].join(', ')})`;
        }
        return `${module.native(value.className, 'method', value.key ?? '')}(${['R', target, ...args].join(', ')})`;
    });
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
    // Of a value known as Object only, equals is `==`, for which the case of texts does not count.
    const isOfObject = value.name === 'equals' && value.target.type === OBJECT;
    const called = isOfObject ? 'S.equalsOfObject(R, ' : `${UNIVERSAL[value.name]}(`;
    return `${called}${emitNonNull(writer, value.target)}${args})`;
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
