import type { Annotation } from '../syntax/ast.ts';
import {
    isNumeric,
    listElement,
    OBJECT,
    setElement,
    STRING,
    VOID,
    BOOLEAN,
    DATE,
    DATETIME,
    ID,
    TIME,
    BLOB
} from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import { diagnostics } from './diagnostics.ts';
import { isException } from './hierarchy.ts';
import { report } from './reporter.ts';
import { restUrlProblem } from './rest-url.ts';
import { annotation, type ClassSymbol, type MethodSymbol } from './symbols.ts';
import type { World } from './world.ts';

/** Annotations that exist, in lower case with the spelling of messages (Apex Developer Guide, "Annotations"). */
const KNOWN: ReadonlyMap<string, string> = new Map(
    (
        'AuraEnabled Deprecated Future HttpDelete HttpGet HttpPatch HttpPost HttpPut InvocableMethod InvocableVariable ' +
        'IsTest JsonAccess NamespaceAccessible ReadOnly RemoteAction RestResource SuppressWarnings TestSetup TestVisible'
    )
        .split(' ')
        .map((name) => [name.toLowerCase(), name])
);

const HTTP_METHODS = ['HttpGet', 'HttpPost', 'HttpPut', 'HttpPatch', 'HttpDelete'];

/** Rules about the annotations of a class and of its members. */
export function checkAnnotations(world: World, symbol: ClassSymbol): void {
    const members = [...symbol.fields.values(), ...[...symbol.methods.values()].flat(), ...symbol.constructors];
    [symbol, ...members].forEach(({ annotations }) => checkKnown(symbol, annotations));
    checkClass(world, symbol);
    const methods = [...symbol.methods.values()].flat();
    methods.forEach((method) => checkMethod(symbol, method));
    for (const name of [...HTTP_METHODS, 'InvocableMethod']) {
        const [, second] = methods.filter((method) => annotation(method.annotations, name.toLowerCase()));
        if (second !== undefined) report(symbol.unit, second.declaration, diagnostics.onlyOneMethod(name));
    }
    checkAuraOverloads(symbol);
    symbol.inner.forEach((inner) => checkAnnotations(world, inner));
}

function checkKnown(symbol: ClassSymbol, annotations: readonly Annotation[]): void {
    for (const one of annotations) {
        const name = KNOWN.get(one.name);
        if (name === undefined) {
            report(symbol.unit, one, diagnostics.unknownAnnotation(one.name));
            continue;
        }
        const allowed = PROPERTIES[one.name] ?? [];
        const unknown = Object.keys(one.values).find((property) => property !== '' && !allowed.includes(property));
        if (unknown !== undefined) report(symbol.unit, one, diagnostics.annotationProperty(unknown, name));
    }
}

/** What annotations take, in lower case; an annotation that is missing here takes nothing. */
const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
    auraenabled: ['cacheable', 'continuation', 'scope', 'label', 'description', 'translatable'],
    deprecated: ['message', 'removed'],
    future: ['callout', 'delay', 'limits'],
    invocablemethod: [
        'label', 'description', 'callout', 'category', 'configurationeditor', 'iconname', 'capabilitytype'
    ],
    invocablevariable: ['label', 'description', 'required', 'defaultvalue', 'placeholdertext'],
    istest: ['seealldata', 'isparallel', 'oninstall', 'testfor', 'critical'],
    jsonaccess: ['serializable', 'deserializable'],
    readonly: ['usereplica'],
    remoteaction: ['callout'],
    restresource: ['urlmapping'],
    suppresswarnings: ['value'],
    testsetup: ['oninstall']
}; // prettier-ignore

function checkClass(world: World, symbol: ClassSymbol): void {
    const rest = annotation(symbol.annotations, 'restresource');
    if (rest !== undefined) {
        if (symbol.visibility !== 'global') {
            report(symbol.unit, symbol.declaration, diagnostics.mustBeDeclared('RestResource', 'classes', 'global'));
        }
        const url = rest.values.urlmapping;
        const problem = typeof url === 'string' ? restUrlProblem(url) : diagnostics.missingProperty('urlMapping');
        if (problem !== undefined) report(symbol.unit, rest, problem);
    }
    const access = annotation(symbol.annotations, 'jsonaccess');
    if (access !== undefined && Object.keys(access.values).length === 0) {
        report(symbol.unit, access, diagnostics.jsonAccess());
    }
    const isMarkedTest = annotation(symbol.annotations, 'istest') !== undefined;
    if (isMarkedTest && symbol.outer === undefined && isException(world, symbol.type)) {
        report(symbol.unit, symbol.declaration, diagnostics.testClass());
    }
}

function checkMethod(symbol: ClassSymbol, method: MethodSymbol): void {
    HTTP_METHODS.filter((name) => annotation(method.annotations, name.toLowerCase())).forEach((name) => {
        checkHttpMethod(symbol, method, name);
    });
    if (annotation(method.annotations, 'future') !== undefined) checkFuture(symbol, method);
    if (annotation(method.annotations, 'auraenabled') !== undefined) checkAura(symbol, method);
    if (annotation(method.annotations, 'invocablemethod') !== undefined) checkInvocable(symbol, method);
    if (annotation(method.annotations, 'readonly') !== undefined && !mayBeReadOnly(method)) {
        fail(symbol, method, diagnostics.readOnlyMethod());
    }
    if (annotation(method.annotations, 'testsetup') !== undefined) checkSetup(symbol, method);
    else if (method.isTest) checkTestMethod(symbol, method);
}

function mayBeReadOnly(method: MethodSymbol): boolean {
    const isService = method.declaration.modifiers.words.includes('webservice');
    const isSchedulable =
        method.name.toLowerCase() === 'execute' && method.parameters[0]?.type.name === 'System.SchedulableContext';
    return isService || isSchedulable || annotation(method.annotations, 'remoteaction') !== undefined;
}

function fail(symbol: ClassSymbol, method: MethodSymbol, message: string): void {
    report(symbol.unit, method.declaration, message);
}

function checkHttpMethod(symbol: ClassSymbol, method: MethodSymbol, name: string): void {
    if (method.visibility !== 'global') fail(symbol, method, diagnostics.mustBeDeclared(name, 'methods', 'global'));
    else if (!method.isStatic) fail(symbol, method, diagnostics.mustBeDeclared(name, 'methods', 'static'));
    else if (annotation(symbol.annotations, 'restresource') === undefined) {
        fail(symbol, method, diagnostics.definingType(name, 'RestResource'));
    } else if ((name === 'HttpGet' || name === 'HttpDelete') && method.parameters.length > 0) {
        fail(symbol, method, diagnostics.noParameters(name));
    }
}

const FUTURE_PARAMETERS: ReadonlySet<ApexType> = new Set<ApexType>([
    STRING, BOOLEAN, DATE, DATETIME, ID, TIME, BLOB
]); // prettier-ignore

function checkFuture(symbol: ClassSymbol, method: MethodSymbol): void {
    if (!method.isStatic) fail(symbol, method, diagnostics.mustBeDeclared('Future', 'methods', 'static'));
    if (method.returns !== VOID) fail(symbol, method, diagnostics.unsupportedReturn('Future', method.returns));
    for (const { type } of method.parameters) {
        const scalar = listElement(type) ?? setElement(type) ?? type;
        if (scalar === OBJECT || !(isNumeric(scalar) || FUTURE_PARAMETERS.has(scalar))) {
            fail(symbol, method, diagnostics.unsupportedParameter('Future', type));
        }
    }
}

function checkAura(symbol: ClassSymbol, method: MethodSymbol): void {
    if (method.visibility !== 'public' && method.visibility !== 'global') {
        fail(symbol, method, diagnostics.requiresOneOf('AuraEnabled', 'methods', 'global, public'));
        return;
    }
    if (method.isStatic) return;
    const field = symbol.fields.get(propertyOfGetter(method.name.toLowerCase()));
    if (field !== undefined && annotation(field.annotations, 'auraenabled') !== undefined) {
        fail(symbol, method, diagnostics.auraField(field.name));
        return;
    }
    if (method.parameters.length > 0) fail(symbol, method, diagnostics.auraInstanceParameters());
    else if (!method.name.toLowerCase().startsWith('get')) fail(symbol, method, diagnostics.auraInstanceName());
}

/** `getName()` is seen as `name` outside. */
function propertyOfGetter(lower: string): string {
    return lower.startsWith('get') ? lower.slice('get'.length) : lower;
}

function checkAuraOverloads(symbol: ClassSymbol): void {
    for (const methods of symbol.methods.values()) {
        const enabled = methods.filter((method) => annotation(method.annotations, 'auraenabled') !== undefined);
        const [, second] = enabled;
        if (second !== undefined) fail(symbol, second, diagnostics.auraOverload(second.name));
    }
}

function checkInvocable(symbol: ClassSymbol, method: MethodSymbol): void {
    if (!method.isStatic) fail(symbol, method, diagnostics.mustBeDeclared('InvocableMethod', 'methods', 'static'));
    if (method.visibility !== 'public' && method.visibility !== 'global') {
        fail(symbol, method, diagnostics.requiresOneOf('InvocableMethod', 'methods', 'global, public'));
    }
    const [parameter, another] = method.parameters;
    if (another !== undefined) fail(symbol, method, diagnostics.invocableParameters());
    else if (parameter !== undefined && listElement(parameter.type) === undefined) {
        fail(symbol, method, diagnostics.invocableList(parameter.type));
    }
}

function checkTestMethod(symbol: ClassSymbol, method: MethodSymbol): void {
    if (!method.isStatic) fail(symbol, method, diagnostics.mustBeDeclared('testMethod', 'methods', 'static'));
    else if (!symbol.isTest) fail(symbol, method, diagnostics.definingType('testMethod', 'IsTest'));
    else if (method.returns !== VOID) fail(symbol, method, diagnostics.unsupportedReturn('testMethod', method.returns));
    else if (method.parameters.length > 0) fail(symbol, method, diagnostics.testParameters());
}

function checkSetup(symbol: ClassSymbol, method: MethodSymbol): void {
    if (method.returns !== VOID) fail(symbol, method, diagnostics.setupReturn());
    else if (method.parameters.length > 0) fail(symbol, method, diagnostics.testParameters());
    else if (!method.isStatic) fail(symbol, method, diagnostics.mustBeDeclared('TestSetup', 'methods', 'static'));
    else if (annotation(symbol.annotations, 'istest')?.values.seealldata === true) {
        fail(symbol, method, diagnostics.setupSeeAllData());
    }
}
