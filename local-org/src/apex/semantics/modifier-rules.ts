import { listElement, mapEntry, setElement } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import { diagnostics } from './diagnostics.ts';
import { report } from './reporter.ts';
import { annotation, type ClassSymbol, type FieldSymbol, type MethodSymbol, type Visibility } from './symbols.ts';
import type { World } from './world.ts';

const MAXIMUM_PARAMETERS = 32;
const MAXIMUM_ENUM_VALUES = 100;

const PLURALS = { class: 'classes', interface: 'interfaces', enum: 'enums' } as const;

/** How modifiers go together, and what they ask of the class around them. */
export function checkModifierRules(world: World, symbol: ClassSymbol): void {
    checkType(symbol);
    if (symbol.kind === 'class') {
        const methods = [...symbol.methods.values()].flat();
        methods.forEach((method) => checkMethod(world, symbol, method));
        [...methods, ...symbol.constructors].forEach((method) => checkCallable(symbol, method));
        symbol.fields.forEach((field) => checkField(symbol, field));
    }
    symbol.inner.forEach((inner) => checkModifierRules(world, inner));
}

function checkType({ unit, kind, visibility, outer, declaration, enumValues }: ClassSymbol): void {
    if (visibility === 'global' && outer !== undefined && outer.visibility !== 'global') {
        report(unit, outer.declaration, diagnostics.enclosingType('global', PLURALS[kind], 'global'));
    }
    if (outer !== undefined && annotation(declaration.modifiers.annotations, 'istest') !== undefined) {
        report(unit, declaration, diagnostics.topLevelOnly('IsTest'));
    }
    if (enumValues.length > MAXIMUM_ENUM_VALUES) {
        report(unit, declaration, diagnostics.tooManyEnumValues(MAXIMUM_ENUM_VALUES));
    }
    const seen = new Set<string>();
    for (const value of declaration.enumValues) {
        if (seen.has(value.name.toLowerCase())) report(unit, value, diagnostics.duplicateField(value.name));
        seen.add(value.name.toLowerCase());
    }
}

function checkCallable(symbol: ClassSymbol, method: MethodSymbol): void {
    const { declaration, parameters } = method;
    if (parameters.length > MAXIMUM_PARAMETERS) {
        report(symbol.unit, declaration, diagnostics.tooManyParameters(MAXIMUM_PARAMETERS));
    }
    if (method.visibility !== 'global' || symbol.visibility === 'global') return;
    checkGlobalMember(symbol, declaration, method.isConstructor ? 'constructors' : 'methods', globalWord(method));
}

function globalWord(method: MethodSymbol): string {
    return method.declaration.modifiers.words.includes('webservice') ? 'webService' : 'global';
}

/** A global member needs a global class, and global classes around that. */
function checkGlobalMember(symbol: ClassSymbol, at: FieldSymbol['at'], plural: string, word: string): void {
    const { unit, outer } = symbol;
    if (outer !== undefined && outer.visibility !== 'global') {
        report(unit, outer.declaration, diagnostics.enclosingType(word, plural, 'global'));
    }
    report(unit, at, diagnostics.definingTypeOf(word, plural, 'global'));
}

/** Modifiers that a method cannot have together. */
const CLASHES: readonly (readonly [word: string, other: string, message: string])[] = [
    ['protected', 'static', diagnostics.modifierCannotBe('protected', 'methods', 'static')],
    ['virtual', 'static', diagnostics.modifierCannotBe('virtual', 'methods', 'static')],
    ['abstract', 'static', diagnostics.modifierCannotBe('static', 'methods', 'abstract')],
    ['abstract', 'virtual', diagnostics.modifierByDefault('abstract', 'virtual')]
];

function checkMethod(world: World, symbol: ClassSymbol, method: MethodSymbol): void {
    const { declaration } = method;
    const { words } = declaration.modifiers;
    for (const [word, other, message] of CLASHES) {
        if (words.includes(word) && words.includes(other)) report(symbol.unit, declaration, message);
    }
    if (words.includes('webservice') && !method.isStatic) {
        report(symbol.unit, declaration, diagnostics.mustBeDeclared('webService', 'methods', 'static'));
    }
    const isOpen = symbol.isVirtual || symbol.isAbstract;
    if (method.visibility === 'protected' && !method.isOverride && !isOpen) {
        report(symbol.unit, declaration, diagnostics.protectedInClosedType());
    }
    if (words.includes('abstract') && symbol.visibility === 'global' && method.visibility !== 'global') {
        report(symbol.unit, declaration, diagnostics.globalAbstract());
    }
    if (method.visibility === 'global') checkGlobalTypes(world, symbol, method);
}

/** A global method shows its types to everyone; a webService method puts them into a WSDL, too. */
function checkGlobalTypes(world: World, symbol: ClassSymbol, method: MethodSymbol): void {
    const word = globalWord(method);
    const isShown = (type: ApexType): boolean =>
        (word === 'global' || (mapEntry(type) === undefined && setElement(type) === undefined)) &&
        isGlobal(world, type);
    for (const { type } of method.parameters) {
        if (!isShown(type)) report(symbol.unit, method.declaration, diagnostics.unsupportedParameter(word, type));
    }
    if (!isShown(method.returns)) {
        report(symbol.unit, method.declaration, diagnostics.unsupportedReturn(word, method.returns));
    }
    checkDeprecated(world, symbol, method);
}

function isGlobal(world: World, type: ApexType): boolean {
    if (type.kind === 'user') return world.class(type.key)?.visibility === 'global';
    return type.kind !== 'platform' || type.args.every((arg) => isGlobal(world, arg));
}

/** What a global method names must live as long as the method. */
function checkDeprecated(world: World, symbol: ClassSymbol, method: MethodSymbol): void {
    if (annotation(method.annotations, 'deprecated') !== undefined) return;
    const isDeprecated = (type: ApexType): boolean =>
        type.kind === 'user' && annotation(world.class(type.key)?.annotations ?? [], 'deprecated') !== undefined;
    if (isDeprecated(method.returns)) {
        report(symbol.unit, method.declaration, diagnostics.deprecatedReturn(method.returns));
    }
    for (const { type } of method.parameters) {
        if (isDeprecated(type)) report(symbol.unit, method.declaration, diagnostics.deprecatedParameter(type));
    }
}

const RANK: Readonly<Record<Visibility, number>> = { private: 0, protected: 1, public: 2, global: 3 };

function checkField(symbol: ClassSymbol, field: FieldSymbol): void {
    const { property, visibility } = field;
    const plural = property === undefined ? 'fields' : 'properties';
    if (visibility === 'protected' && field.isStatic) {
        report(symbol.unit, field.at, diagnostics.modifierCannotBe('protected', plural, 'static'));
    }
    for (const scope of [property?.getterVisibility, property?.setterVisibility]) {
        if (scope !== undefined && RANK[scope] > RANK[visibility]) {
            report(symbol.unit, field.at, diagnostics.accessorScope(scope, visibility));
        }
    }
    if (visibility === 'global' && symbol.visibility !== 'global') {
        checkGlobalMember(symbol, field.at, plural, field.isWebService ? 'webService' : 'global');
    }
    const { type } = field;
    const isCollection = mapEntry(type) !== undefined || setElement(type) !== undefined;
    const inList = listElement(type);
    if (field.isWebService && (isCollection || (inList !== undefined && mapEntry(inList) !== undefined))) {
        report(symbol.unit, field.at, diagnostics.unsupportedField('webService', type));
    }
}
