import type { Annotation } from '../syntax/ast.ts';
import { VOID } from '../types/apex-types.ts';
import { diagnostics } from './diagnostics.ts';
import { isException } from './hierarchy.ts';
import { report } from './reporter.ts';
import { annotation, type ClassSymbol, type MethodSymbol } from './symbols.ts';
import type { World } from './world.ts';

/** Rules about test classes, test methods and the method that sets them up. */
export function checkTestClass(world: World, symbol: ClassSymbol, methods: readonly MethodSymbol[]): void {
    const { unit, declaration } = symbol;
    const marked = annotation(symbol.annotations, 'istest');
    if (marked !== undefined && symbol.outer === undefined && isException(world, symbol.type)) {
        report(unit, declaration, diagnostics.testClass());
    }
    const hasSetup = methods.some(({ annotations }) => annotation(annotations, 'testsetup') !== undefined);
    const hasAllData = methods.some(({ annotations }) => isSet(annotation(annotations, 'istest'), 'seealldata'));
    if (hasSetup && hasAllData) report(unit, declaration, diagnostics.setupWithAllData());
    if (!isSet(marked, 'isparallel')) return;
    if (isSet(marked, 'seealldata')) report(unit, declaration, diagnostics.parallelWithAllData());
    else if (hasAllData) report(unit, declaration, diagnostics.parallelMethodWithAllData());
}

function isSet(given: Annotation | undefined, property: string): boolean {
    return given?.values[property] === true;
}

export function checkTestMethod(symbol: ClassSymbol, method: MethodSymbol): void {
    const { unit } = symbol;
    const at = method.declaration;
    const word = annotation(method.annotations, 'istest') === undefined ? 'testMethod' : 'IsTest';
    if (!method.isStatic) report(unit, at, diagnostics.mustBeDeclared(word, 'methods', 'static'));
    else if (!symbol.isTest) report(unit, at, diagnostics.definingType(word, 'IsTest'));
    else if (method.parameters.length > 0) report(unit, at, diagnostics.testParameters());
    if (annotation(method.annotations, 'istest')?.values.isparallel !== undefined) {
        report(unit, at, diagnostics.annotationElement('isParallel', 'IsTest', 'methods'));
    }
}

export function checkSetup(symbol: ClassSymbol, method: MethodSymbol): void {
    const { unit } = symbol;
    const at = method.declaration;
    if (!symbol.isTest) report(unit, at, diagnostics.definingType('TestSetup', 'IsTest'));
    else if (!method.isStatic) report(unit, at, diagnostics.mustBeDeclared('TestSetup', 'methods', 'static'));
    else if (method.isTest) report(unit, at, diagnostics.modifierCannotBe('TestSetup', 'methods', 'IsTest'));
    else if (method.returns !== VOID) report(unit, at, diagnostics.setupReturn());
    else if (method.parameters.length > 0) report(unit, at, diagnostics.testParameters());
    else if (isSet(annotation(symbol.annotations, 'istest'), 'seealldata')) {
        report(unit, symbol.declaration, diagnostics.setupSeeAllData());
    }
}
