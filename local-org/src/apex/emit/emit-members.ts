import type { BoundExpression, BoundTarget } from '../semantics/bound.ts';
import type { FieldSymbol } from '../semantics/symbols.ts';
import type { BodyWriter } from './body-writer.ts';
import { BOOLEAN } from '../types/apex-types.ts';
import { emitExpression, emitNonNull } from './emit-expressions.ts';
import { fieldName, getterName, localName, setterName } from './names.ts';

type Of<K extends BoundExpression['kind']> = Extract<BoundExpression, { kind: K }>;
type Member = Of<'field' | 'property' | 'sobjectField' | 'nativeProperty' | 'index'>;

export function emitMember(writer: BodyWriter, value: Member): string {
    if (value.kind === 'sobjectField' && value.role !== 'children' && mayEndEarly(value)) {
        return emitBehindParent(writer, value);
    }
    return place(writer, value, false).read;
}

/**
 * Whether a read behind a null record gives null: behind a relationship ("Accessing sObject Fields Through
 * Relationships", Apex Developer Guide), and, save for the Id, behind a record that is itself read as a member of an
 * object, `controller.record.Name` or `this.record.Name`, but not `record.Name`
 * (salesforce.stackexchange.com/questions/135750).
 */
function mayEndEarly({ target, name }: Of<'sobjectField'>): boolean {
    if (target.kind === 'sobjectField') return target.role === 'parent';
    if (target.kind !== 'field' && target.kind !== 'property') return false;
    const isOfObject =
        target.target !== undefined && !(target.target.kind === 'this' && target.target.isImplied === true);
    return isOfObject && name !== 'Id';
}

/** What a path that ends early reads as: a checkbox is never null. */
function emitBehindParent(writer: BodyWriter, { target, role, name, type }: Of<'sobjectField'>): string {
    const parent = writer.temporary();
    const read = `S.${RECORD_ACCESS[role].get}(R, ${parent}, ${JSON.stringify(name)})`;
    return `((${parent} = ${emitExpression(writer, target)}) === null ? ${type === BOOLEAN ? 'false' : 'null'} : ${read})`;
}

/** How to read a target and how to write a value to it; `setup` evaluates its parts once when it is used twice. */
interface Place {
    readonly setup: string;
    readonly read: string;
    write(value: string): string;
}

function place(writer: BodyWriter, target: BoundTarget, isUsedTwice: boolean): Place {
    switch (target.kind) {
        case 'error':
            throw new Error(`A target with an error on line ${target.line} reached the emitter.`);
        case 'local': {
            const name = localName(target.local);
            return { setup: '', read: name, write: (value) => `${name} = ${value}` };
        }
        case 'field':
            return fieldPlace(writer, target, isUsedTwice);
        case 'property':
            return propertyPlace(writer, target, isUsedTwice);
        case 'sobjectField':
            return recordPlace(writer, target, isUsedTwice);
        case 'nativeProperty':
            return nativePlace(writer, target, isUsedTwice);
        case 'index':
            return indexPlace(writer, target, isUsedTwice);
    }
}

/** The text of a part, kept in a temporary when it is used twice. */
function once(
    writer: BodyWriter,
    text: string,
    isUsedTwice: boolean
): { readonly setup: string; readonly use: string } {
    if (!isUsedTwice || text === 'this') return { setup: '', use: text };
    const temporary = writer.temporary();
    return { setup: `${temporary} = ${text}, `, use: temporary };
}

function fieldPlace(writer: BodyWriter, target: Of<'field'>, isUsedTwice: boolean): Place {
    const { setup, use } = once(writer, ownerOf(writer, target.target, target.field), isUsedTwice);
    const read = `${use}.${fieldName(target.field)}`;
    return { setup, read, write: (value) => `${read} = ${value}` };
}

function ownerOf(writer: BodyWriter, target: BoundExpression | undefined, field: FieldSymbol): string {
    return target === undefined ? writer.module.statics(field.owner) : emitNonNull(writer, target);
}

function propertyPlace(writer: BodyWriter, target: Of<'property'>, isUsedTwice: boolean): Place {
    const owner =
        target.target === undefined
            ? writer.module.class(target.field.owner)
            : target.viaSuper
              ? 'super'
              : emitNonNull(writer, target.target);
    const { setup, use } = once(writer, owner, isUsedTwice && owner !== 'super');
    return {
        setup,
        read: `${use}.${getterName(target.field)}()`,
        write: (value) => `${use}.${setterName(target.field)}(${value})`
    };
}

const RECORD_ACCESS = {
    field: { get: 'getField', set: 'setField' },
    parent: { get: 'getParent', set: 'setParent' },
    children: { get: 'getChildren', set: 'setChildren' }
} as const;

function recordPlace(writer: BodyWriter, target: Of<'sobjectField'>, isUsedTwice: boolean): Place {
    const { setup, use } = once(writer, emitNonNull(writer, target.target), isUsedTwice);
    const { get, set } = RECORD_ACCESS[target.role];
    const name = JSON.stringify(target.name);
    const type = target.role === 'children' ? `, ${writer.module.type(target.type)}` : '';
    return {
        setup,
        read: `S.${get}(R, ${use}, ${name}${type})`,
        write: (value) => `S.${set}(R, ${use}, ${name}, ${value})`
    };
}

function nativePlace(writer: BodyWriter, target: Of<'nativeProperty'>, isUsedTwice: boolean): Place {
    const { module } = writer;
    const { className, key } = target;
    if (target.target === undefined) {
        return {
            setup: '',
            read: `${module.native(className, 'staticGet', key)}(R)`,
            write: (value) => `S.give(${module.native(className, 'staticSet', key)}, R, ${value})`
        };
    }
    const { setup, use } = once(writer, emitNonNull(writer, target.target), isUsedTwice);
    return {
        setup,
        read: `${module.native(className, 'get', key)}(R, ${use})`,
        write: (value) => `S.giveTo(${module.native(className, 'set', key)}, R, ${use}, ${value})`
    };
}

function indexPlace(writer: BodyWriter, target: Of<'index'>, isUsedTwice: boolean): Place {
    const list = once(writer, emitNonNull(writer, target.target), isUsedTwice);
    const index = once(writer, emitExpression(writer, target.index), isUsedTwice);
    return {
        setup: list.setup + index.setup,
        read: `S.at(R, ${list.use}, ${index.use})`,
        write: (value) => `S.putAt(R, ${list.use}, ${index.use}, ${value})`
    };
}

export function emitAssign(writer: BodyWriter, value: Of<'assign'>): string {
    const target = place(writer, value.target, false);
    const written = `(${target.write(emitExpression(writer, value.value))})`;
    return written;
}

export function emitCompound(writer: BodyWriter, value: Of<'compound'>): string {
    const target = place(writer, value.target, true);
    if (!value.givesOld) {
        const result = writer.withOldValue(target.read, () => emitExpression(writer, value.value));
        return `(${target.setup}${target.write(result)})`;
    }
    const old = writer.temporary();
    const result = writer.withOldValue(old, () => emitExpression(writer, value.value));
    return `(${target.setup}${old} = ${target.read}, ${target.write(result)}, ${old})`;
}
