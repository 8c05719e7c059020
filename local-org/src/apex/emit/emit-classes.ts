import type { BoundAccessor, BoundClass, BoundMethod, BoundStatement, Local } from '../semantics/bound.ts';
import type { ClassSymbol, FieldSymbol, MethodSymbol } from '../semantics/symbols.ts';
import { BodyWriter } from './body-writer.ts';
import { emitExpression } from './emit-expressions.ts';
import { at, emitStatement } from './emit-statements.ts';
import { hasInstanceInitializers, isLeaf, isLeafValue } from './leaf.ts';
import type { ModuleWriter } from './module-writer.ts';
import {
    constructorName,
    exceptionConstructorName,
    fieldName,
    getterName,
    INITIALIZE,
    initializerName,
    localName,
    methodName,
    setterName
} from './names.ts';

/** A class as a JavaScript class expression that extends `$base`. */
export function emitClass(module: ModuleWriter, bound: BoundClass): string {
    const { symbol, isException } = bound;
    const members = [
        emitAllocation(module, symbol, isException),
        emitInstanceInitializer(module, bound),
        ...bound.constructors.map((constructor) => emitConstructor(module, symbol, constructor)),
        needsDefaultConstructor(bound) ? emitDefaultConstructor(bound) : '',
        isException ? emitExceptionConstructor(bound) : '',
        ...bound.methods.map((method) => emitMethod(module, symbol, method)),
        ...bound.stoodFor.map(emitStandIn),
        ...bound.accessors.map((accessor) => emitAccessor(module, symbol, accessor)),
        emitStaticState(module, bound)
    ];
    return `class extends $base {\n${members.join('')}}`;
}

/** JavaScript's constructor only makes the storage; Apex constructors are methods that give `this`. */
function emitAllocation(module: ModuleWriter, symbol: ClassSymbol, isException: boolean): string {
    const fields = [...symbol.fields.values()].filter((field) => !field.isStatic);
    const slots = fields.map((field) => `this.${fieldName(field)} = null;\n`).join('');
    if (isException) return `constructor(type = ${module.type(symbol.type)}) {\nsuper(type);\n${slots}}\n`;
    return `constructor() {\nsuper();\n${slots}}\n`;
}

/** All initialisers of an object run before its first constructor, those of bases first. */
function emitInstanceInitializer(module: ModuleWriter, bound: BoundClass): string {
    const { symbol } = bound;
    if (!hasInstanceInitializers(symbol.initializers)) return '';
    const own = bound.initializers.filter(({ isStatic }) => !isStatic);
    const writer = new BodyWriter(module);
    const frame = { where: `Class.${symbol.name}.<init>`, head: `${initializerName(symbol)}()` };
    const initializer = framed(writer, symbol, { ...frame, isLeaf: own.every(isLeafInitializer) }, () =>
        own.map((one) => emitInitializer(writer, one, 'this')).join('')
    );
    return `${initializer}${INITIALIZE}() {\nsuper.${INITIALIZE}();\nthis.${initializerName(symbol)}();\nreturn this;\n}\n`;
}

function isLeafInitializer({ value, block }: BoundClass['initializers'][number]): boolean {
    return block === undefined ? value === undefined || isLeafValue(value) : isLeaf(block);
}

function emitInitializer(writer: BodyWriter, initializer: BoundClass['initializers'][number], owner: string): string {
    const { field, value, block, line } = initializer;
    if (block !== undefined) return emitStatement(writer, block);
    if (field === undefined || value === undefined) return '';
    return `${at(writer, line)}${owner}.${fieldName(field)} = ${emitExpression(writer, value)};\n`;
}

function emitConstructor(module: ModuleWriter, symbol: ClassSymbol, bound: BoundMethod): string {
    const writer = new BodyWriter(module, 'return this;');
    const body = bound.body as BoundStatement;
    const head = `${constructorName(symbol, bound.method)}(${parameterList(bound.parameters)})`;
    const frame = { where: `Class.${symbol.name}.<init>`, head, isLeaf: isLeaf(body) };
    return framed(writer, symbol, frame, () => emitStatement(writer, body));
}

function parameterList(parameters: readonly Local[]): string {
    return parameters.map(localName).join(', ');
}

/** Statics are initialised when a class is first used, before the code of the member that is called. */
function initialized(module: ModuleWriter, symbol: ClassSymbol): string {
    return symbol.hasStaticState && symbol.outer === undefined ? `${module.statics(symbol)};\n` : '';
}

function needsDefaultConstructor({ constructors }: BoundClass): boolean {
    return constructors.length === 0;
}

function emitDefaultConstructor(bound: BoundClass): string {
    const { symbol } = bound;
    const body = `${baseDefault(bound)}return this;\n`;
    return `${constructorName(symbol, undefined)}() {\n${body}}\n`;
}

function emitExceptionConstructor({ symbol, base }: BoundClass): string {
    const first = base === undefined ? '' : `this.${exceptionConstructorName(base)}();\n`;
    return `${exceptionConstructorName(symbol)}() {\n${first}return this;\n}\n`;
}

function baseDefault(bound: BoundClass): string {
    if (bound.base === undefined) return '';
    const constructor = bound.base.constructors.find((candidate) => candidate.parameters.length === 0);
    return `this.${constructorName(bound.base, constructor)}();\n`;
}

function emitMethod(module: ModuleWriter, symbol: ClassSymbol, bound: BoundMethod): string {
    if (bound.body === undefined) return '';
    const { method, body } = bound;
    const writer = new BodyWriter(module);
    const head = `${method.isStatic ? 'static ' : ''}${methodName(method)}(${parameterList(bound.parameters)})`;
    const frame = { where: frameName(symbol, method), head, isLeaf: isLeaf(body) };
    return framed(writer, symbol, frame, () => emitStatement(writer, body));
}

/** Calls by the name of the interface's method reach the one that stands for it. */
function emitStandIn({ wanted, method }: BoundClass['stoodFor'][number]): string {
    return `${methodName(wanted)}(...args) { return this.${methodName(method)}(...args); }\n`;
}

function frameName(symbol: ClassSymbol, method: MethodSymbol): string {
    return `Class.${symbol.name}.${method.name}`;
}

function emitAccessor(module: ModuleWriter, symbol: ClassSymbol, accessor: BoundAccessor): string {
    const { field, kind, value, body } = accessor;
    const name = kind === 'get' ? getterName(field) : setterName(field);
    const head = `${field.isStatic ? 'static ' : ''}${name}(${value === undefined ? '' : localName(value)})`;
    const storage = `${field.isStatic ? module.statics(symbol) : 'this'}.${fieldName(field)}`;
    if (body === undefined) {
        const automatic = value === undefined ? `return ${storage};` : `return ${storage} = ${localName(value)};`;
        return `${head} {\n${automatic}\n}\n`;
    }
    // An assignment has the assigned value, whatever the setter does with it.
    const writer = new BodyWriter(module, value === undefined ? 'return;' : 'return arguments[0];');
    const frame = { where: `Class.${symbol.name}.__sfdc_${field.name}`, head, isLeaf: isLeaf(body) };
    return framed(writer, symbol, frame, () => emitStatement(writer, body));
}

/** The object that holds static fields, and the code that fills it in text order. */
function emitStaticState(module: ModuleWriter, bound: BoundClass): string {
    const { symbol } = bound;
    const fields: FieldSymbol[] = [...symbol.fields.values()].filter((field) => field.isStatic);
    const slots = fields.map((field) => `${fieldName(field)}: null`).join(', ');
    const allocate = `static $statics() { return { ${slots} }; }\n`;
    const own = bound.initializers.filter((one) => one.isStatic && (one.block ?? one.value) !== undefined);
    if (own.length === 0) return `${allocate}static $initialize($static) {}\n`;
    const writer = new BodyWriter(module);
    const frame = { where: `Class.${symbol.name}.<clinit>`, head: 'static $initialize($static)', isLeaf: false };
    const body = (): string => own.map((initializer) => emitInitializer(writer, initializer, '$static')).join('');
    return allocate + framed(writer, symbol, frame, body);
}

export interface FramedFunction {
    /** What the frame prints as. */
    readonly where: string;
    /** Name and parameters of the function. */
    readonly head: string;
    /** It needs no frame until something fails. */
    readonly isLeaf: boolean;
}

/** A function with its stack frame, which every way out leaves. */
export function framed(
    writer: BodyWriter,
    symbol: ClassSymbol,
    { where, head, isLeaf: needsNoFrame }: FramedFunction,
    body: () => string
): string {
    const isStaticInit = head.startsWith('static $initialize');
    const start = isStaticInit ? '' : initialized(writer.module, symbol);
    const frame = writer.module.frame({ where, owner: symbol });
    if (needsNoFrame) {
        writer.leafFrame = frame;
        const text = body();
        return `${head} {\n${start}${writer.declarations()}${text}${writer.emptyReturn}\n}\n`;
    }
    const text = body();
    return `${head} {\n${start}const $d = R.enter(${frame});\n${writer.declarations()}${text}R.depth = $d - 1;\n${writer.emptyReturn}\n}\n`;
}
