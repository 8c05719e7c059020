import type { BoundExpression } from '../semantics/bound.ts';
import { listElement } from '../types/apex-types.ts';
import { emitArguments } from './emit-calls.ts';
import type { BodyWriter } from './body-writer.ts';
import { emitExpression } from './emit-expressions.ts';
import { withLine } from './lines.ts';
import { constructorName, exceptionConstructorName, INITIALIZE } from './names.ts';

type Of<K extends BoundExpression['kind']> = Extract<BoundExpression, { kind: K }>;

export function emitNewUser(writer: BodyWriter, value: Of<'newUser'>): string {
    const name = constructorName(value.symbol, value.constructor_);
    const args = value.args.map((arg) => emitExpression(writer, arg));
    const { note, parts } = withLine(writer, value.line, args);
    const object = `new ${writer.module.class(value.symbol)}().${INITIALIZE}().${name}(${parts.join(', ')})`;
    const created = value.isException ? `R.born(${object})` : object;
    return note === '' ? created : `(${note}${created})`;
}

/** An exception of the org through a constructor it did not write. */
export function emitNewException(writer: BodyWriter, value: Of<'newException'>): string {
    const created = `new ${writer.module.class(value.symbol)}().${INITIALIZE}().${exceptionConstructorName(value.symbol)}()`;
    const message = value.message === undefined ? 'null' : emitExpression(writer, value.message);
    const cause = value.cause === undefined ? 'null' : emitExpression(writer, value.cause);
    return `R.born(S.explain(${created}, ${message}, ${cause}))`;
}

export function emitNewNative(writer: BodyWriter, value: Of<'newNative'>): string {
    const { module } = writer;
    const args = value.args.map((arg) => emitExpression(writer, arg));
    const { note, parts } = withLine(writer, value.line, args);
    const all = ['R', module.type(value.type), ...parts].join(', ');
    const object = `${module.native(value.className, 'constructor', value.key)}(${all})`;
    const created = value.isException ? `R.born(${object})` : object;
    return note === '' ? created : `(${note}${created})`;
}

export function emitNewSObject(writer: BodyWriter, value: Of<'newSObject'>): string {
    const fields = value.fields
        .map(({ role, name, value: field }) => {
            const setter = role === 'field' ? 'setField' : 'setParent';
            return `[${JSON.stringify(setter)}, ${JSON.stringify(name)}, ${emitExpression(writer, field)}]`;
        })
        .join(', ');
    return `S.newRecord(R, ${JSON.stringify(value.type.name)}, [${fields}])`;
}

export function emitNewList(writer: BodyWriter, value: Of<'newList' | 'newSet'>): string {
    const { module } = writer;
    const type = module.type(value.type);
    if (value.size !== undefined) return `S.listOfNulls(R, ${type}, ${emitExpression(writer, value.size)})`;
    const values = `[${emitArguments(writer, value.values)}]`;
    return listElement(value.type) === undefined ? `S.newSet(R, ${type}, ${values})` : `S.newList(${type}, ${values})`;
}

export function emitNewMap(writer: BodyWriter, value: Of<'newMap'>): string {
    const entries = value.entries
        .map(({ key, value: entry }) => `[${emitExpression(writer, key)}, ${emitExpression(writer, entry)}]`)
        .join(', ');
    return `S.newMap(R, ${writer.module.type(value.type)}, [${entries}])`;
}
