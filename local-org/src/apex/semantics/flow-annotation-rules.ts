import type { Annotation } from '../syntax/ast.ts';
import {
    BOOLEAN,
    DECIMAL,
    DOUBLE,
    INTEGER,
    listElement,
    LONG,
    mapEntry,
    OBJECT,
    setElement,
    VOID
} from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import { diagnostics } from './diagnostics.ts';
import { isException } from './hierarchy.ts';
import { report } from './reporter.ts';
import { annotation, type ClassSymbol, type FieldSymbol, type MethodSymbol } from './symbols.ts';
import type { World } from './world.ts';

/** Rules about what flows and components reach: invocable methods, their variables, and Aura fields. */
export function checkInvocable(world: World, symbol: ClassSymbol, method: MethodSymbol): void {
    const fail = (message: string): void => report(symbol.unit, method.declaration, message);
    if (symbol.unit.kind === 'trigger') fail(diagnostics.modifierNotIn('InvocableMethod', 'triggers'));
    if (!method.isStatic) fail(diagnostics.mustBeDeclared('InvocableMethod', 'methods', 'static'));
    if (!isOpen(method)) fail(diagnostics.requiresOneOf('InvocableMethod', 'methods', 'global, public'));
    if (method.annotations.some(({ name }) => name !== 'invocablemethod' && name !== 'deprecated')) {
        fail(diagnostics.invocableAnnotations());
    }
    const [parameter, another] = method.parameters;
    if (another !== undefined) fail(diagnostics.invocableParameters());
    else if (parameter !== undefined && listElement(parameter.type) === undefined) {
        fail(diagnostics.invocableList(parameter.type));
    } else if (parameter !== undefined && !isMethodFlowType(world, parameter.type)) {
        fail(diagnostics.unsupportedParameter('InvocableMethod', parameter.type));
    }
    const { returns } = method;
    if (returns !== VOID && (listElement(returns) === undefined || !isMethodFlowType(world, returns))) {
        fail(diagnostics.unsupportedReturn('InvocableMethod', returns));
    }
    checkProperties(world, symbol, annotation(method.annotations, 'invocablemethod'));
}

function isOpen({ visibility }: MethodSymbol | FieldSymbol): boolean {
    return visibility === 'public' || visibility === 'global';
}

/** Text, numbers, records, classes, and lists of them. */
function isFlowType(world: World, type: ApexType): boolean {
    const element = listElement(type);
    if (element !== undefined) return isFlowType(world, element);
    if (type === OBJECT || mapEntry(type) !== undefined || setElement(type) !== undefined) return false;
    return !isException(world, type);
}

/** What a flow gives to a method and gets from it; a class must have variables for flows. */
function isMethodFlowType(world: World, type: ApexType): boolean {
    const element = listElement(type);
    if (element !== undefined) return isMethodFlowType(world, element);
    const symbol = type.kind === 'user' ? world.class(type.key) : undefined;
    if (symbol?.kind !== 'class' || isException(world, type)) return isFlowType(world, type);
    return [...symbol.fields.values()].some(
        ({ annotations }) => annotation(annotations, 'invocablevariable') !== undefined
    );
}

/** Names of components and icons that the org must have. */
function checkProperties(world: World, symbol: ClassSymbol, given: Annotation | undefined): void {
    for (const property of given?.properties ?? []) {
        const name = property.name.toLowerCase();
        const value = String(property.value);
        if (name === 'configurationeditor' && !world.names.hasComponent(componentName(value))) {
            report(symbol.unit, property, diagnostics.editorMissing(value));
        }
        const [source, icon = ''] = value.split(':');
        if (name === 'iconname' && source === 'resource' && !world.names.hasStaticResource(icon)) {
            report(symbol.unit, property, diagnostics.iconMissing(value));
        }
    }
}

/** `c-my-editor` is the component `myEditor`. */
function componentName(tag: string): string {
    const [namespace, first = '', ...rest] = tag.split('-');
    return namespace === 'c' ? first + rest.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('') : '';
}

const NUMBERS: ReadonlyMap<ApexType, RegExp> = new Map<ApexType, RegExp>([
    [INTEGER, /^[+-]?\d+$/],
    [LONG, /^[+-]?\d+$/],
    [DOUBLE, /^[+-]?\d*\.?\d+$/],
    [DECIMAL, /^[+-]?\d*\.?\d+$/],
    [BOOLEAN, /^(?:true|false)$/i]
]);

export function checkInvocableVariable(world: World, symbol: ClassSymbol, field: FieldSymbol): void {
    const given = annotation(field.annotations, 'invocablevariable');
    if (given === undefined || field.property !== undefined) return;
    const fail = (message: string): void => report(symbol.unit, field.at, message);
    if (!isOpen(field)) fail(diagnostics.requiresOneOf('InvocableVariable', 'fields', 'global, public'));
    if (field.isStatic) fail(diagnostics.modifierCannotBe('InvocableVariable', 'fields', 'static'));
    if (field.isFinal) fail(diagnostics.modifierCannotBe('InvocableVariable', 'fields', 'final'));
    if (!isFlowType(world, field.type)) fail(diagnostics.unsupportedField('InvocableVariable', field.type));
    const value = given.properties.find(({ name }) => name.toLowerCase() === 'defaultvalue');
    if (value === undefined) return;
    if (given.values.required === true) {
        report(symbol.unit, value, diagnostics.annotationCombination('required', 'defaultValue', 'InvocableVariable'));
    } else if (NUMBERS.get(field.type)?.test(String(value.value)) === false) {
        report(symbol.unit, value, diagnostics.annotationDefault('defaultValue', field.name, field.type));
    }
}

export function checkAuraField(symbol: ClassSymbol, field: FieldSymbol): void {
    if (annotation(field.annotations, 'auraenabled') === undefined) return;
    const plural = field.property === undefined ? 'fields' : 'properties';
    if (!isOpen(field)) {
        report(symbol.unit, field.at, diagnostics.requiresOneOf('AuraEnabled', plural, 'global, public'));
    } else if (field.isStatic && field.property === undefined) {
        report(symbol.unit, field.at, diagnostics.modifierCannotBe('AuraEnabled', plural, 'static'));
    }
}
