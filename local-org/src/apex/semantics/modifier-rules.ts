import { diagnostics } from './diagnostics.ts';
import { report } from './reporter.ts';
import type { ClassSymbol, FieldSymbol, MethodSymbol } from './symbols.ts';

const MAXIMUM_PARAMETERS = 32;

/** Rules about modifiers of members, and what they ask of the class. */
export function checkModifierRules(symbol: ClassSymbol): void {
    if (symbol.kind === 'class') {
        const methods = [...symbol.methods.values()].flat();
        methods.forEach((method) => checkMethod(symbol, method));
        [...methods, ...symbol.constructors].forEach((method) => checkCallable(symbol, method));
        symbol.fields.forEach((field) => checkField(symbol, field));
    }
    symbol.inner.forEach(checkModifierRules);
}

function checkCallable(symbol: ClassSymbol, method: MethodSymbol): void {
    const { declaration, parameters } = method;
    if (parameters.length > MAXIMUM_PARAMETERS) {
        report(symbol.unit, declaration, diagnostics.tooManyParameters(MAXIMUM_PARAMETERS));
    }
    if (method.visibility !== 'global' || symbol.visibility === 'global') return;
    const word = declaration.modifiers.words.includes('webservice') ? 'webService' : 'global';
    const plural = method.isConstructor ? 'constructors' : 'methods';
    report(symbol.unit, declaration, diagnostics.definingTypeOf(word, plural, 'global'));
}

function checkMethod(symbol: ClassSymbol, method: MethodSymbol): void {
    const { declaration } = method;
    if (declaration.modifiers.words.includes('webservice') && !method.isStatic) {
        report(symbol.unit, declaration, diagnostics.mustBeDeclared('webService', 'methods', 'static'));
    }
    const isOpen = symbol.isVirtual || symbol.isAbstract;
    if (method.visibility === 'protected' && !method.isOverride && !isOpen) {
        report(symbol.unit, declaration, diagnostics.protectedInClosedType());
    }
}

function checkField(symbol: ClassSymbol, field: FieldSymbol): void {
    if (field.visibility !== 'global' || symbol.visibility === 'global') return;
    const plural = field.property === undefined ? 'fields' : 'properties';
    report(symbol.unit, field.at, diagnostics.definingTypeOf('global', plural, 'global'));
}
