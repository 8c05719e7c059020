import {
    isNumeric,
    listElement,
    mapEntry,
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
import type { Annotation, Node } from '../syntax/ast.ts';
import type { ApexType } from '../types/types.ts';
import { checkAnnotation } from './annotation-properties.ts';
import { diagnostics } from './diagnostics.ts';
import { checkAuraField, checkInvocable, checkInvocableVariable } from './flow-annotation-rules.ts';
import { isException } from './hierarchy.ts';
import { report } from './reporter.ts';
import { restUrlProblem } from './rest-url.ts';
import { annotation, describeMethod, type ClassSymbol, type FieldSymbol, type MethodSymbol } from './symbols.ts';
import { checkSetup, checkTestClass, checkTestMethod } from './test-annotation-rules.ts';
import type { World } from './world.ts';

const HTTP_METHODS = ['HttpGet', 'HttpPost', 'HttpPut', 'HttpPatch', 'HttpDelete'];

/** Annotations that one method of a class may have. */
const SINGLE = [...HTTP_METHODS, 'InvocableMethod', 'TestSetup'];

/** Rules about the annotations of a class and of its members. */
export function checkAnnotations(world: World, symbol: ClassSymbol): void {
    const methods = [...symbol.methods.values()].flat();
    const check = (annotations: readonly Annotation[], owner: Node): void => {
        annotations.forEach((one) => checkAnnotation(symbol.unit, one, owner));
    };
    check(symbol.annotations, symbol.declaration);
    symbol.fields.forEach(({ annotations, at }) => check(annotations, at));
    [...methods, ...symbol.constructors].forEach((method) => check(method.annotations, method.declaration));
    checkClass(symbol);
    checkTestClass(world, symbol, methods);
    methods.forEach((method) => checkMethod(world, symbol, method));
    symbol.fields.forEach((field) => {
        checkAuraField(symbol, field);
        checkInvocableVariable(world, symbol, field);
        checkNamespaceAccess(symbol, field, field.at, field.property === undefined ? 'fields' : 'properties');
    });
    for (const name of SINGLE) {
        const [, second] = methods.filter((method) => annotation(method.annotations, name.toLowerCase()));
        if (second !== undefined) report(symbol.unit, symbol.declaration, diagnostics.onlyOneMethod(name));
    }
    checkOverloads(symbol);
    symbol.inner.forEach((inner) => checkAnnotations(world, inner));
}

function checkClass(symbol: ClassSymbol): void {
    const { unit, declaration } = symbol;
    const rest = annotation(symbol.annotations, 'restresource');
    if (rest !== undefined) {
        if (symbol.visibility !== 'global') {
            report(unit, declaration, diagnostics.mustBeDeclared('RestResource', 'classes', 'global'));
        }
        const url = rest.values.urlmapping;
        if (typeof url !== 'string') report(unit, rest, diagnostics.missingProperty('urlMapping'));
        const problem = typeof url === 'string' ? restUrlProblem(url) : undefined;
        if (problem !== undefined) report(unit, declaration, problem);
    }
    const access = annotation(symbol.annotations, 'jsonaccess');
    if (
        access !== undefined &&
        access.values.serializable === undefined &&
        access.values.deserializable === undefined
    ) {
        report(unit, declaration, diagnostics.jsonAccess());
    }
}

function checkMethod(world: World, symbol: ClassSymbol, method: MethodSymbol): void {
    const has = (name: string): boolean => annotation(method.annotations, name) !== undefined;
    HTTP_METHODS.filter((name) => has(name.toLowerCase())).forEach((name) => checkHttpMethod(symbol, method, name));
    if (has('future')) checkFuture(symbol, method);
    if (has('auraenabled')) checkAura(world, symbol, method);
    if (has('invocablemethod')) checkInvocable(world, symbol, method);
    if (has('readonly')) checkReadOnly(symbol, method);
    if (has('remoteaction')) checkRemote(symbol, method);
    if (has('namespaceaccessible')) checkNamespaceAccess(symbol, method, method.declaration, 'methods');
    if (has('testsetup')) checkSetup(symbol, method);
    else if (method.isTest) checkTestMethod(symbol, method);
}

function checkReadOnly(symbol: ClassSymbol, method: MethodSymbol): void {
    if (!mayBeReadOnly(method)) fail(symbol, method, diagnostics.readOnlyMethod());
    const replica = annotation(method.annotations, 'readonly')?.properties.find(
        ({ name }) => name.toLowerCase() === 'usereplica'
    );
    if (replica !== undefined) {
        fail(symbol, method, diagnostics.annotationOrgValue('useReplica', 'ReadOnly', String(replica.value)));
    }
}

function mayBeReadOnly(method: MethodSymbol): boolean {
    const isService = method.declaration.modifiers.words.includes('webservice');
    const isSchedulable =
        method.name.toLowerCase() === 'execute' && method.parameters[0]?.type.name === 'System.SchedulableContext';
    const isRemote = ['remoteaction', ...HTTP_METHODS].some((name) =>
        annotation(method.annotations, name.toLowerCase())
    );
    return isService || isSchedulable || isRemote;
}

function fail(symbol: ClassSymbol, method: MethodSymbol, message: string): void {
    report(symbol.unit, method.declaration, message);
}

function isOpen({ visibility }: MethodSymbol): boolean {
    return visibility === 'public' || visibility === 'global';
}

function checkRemote(symbol: ClassSymbol, method: MethodSymbol): void {
    if (!method.isStatic) fail(symbol, method, diagnostics.mustBeDeclared('RemoteAction', 'methods', 'static'));
    else if (!isOpen(method)) {
        fail(symbol, method, diagnostics.requiresOneOf('RemoteAction', 'methods', 'global, public'));
    }
}

/** What other packages of the namespace may use is visible, and so is its class. */
function checkNamespaceAccess(
    symbol: ClassSymbol,
    member: MethodSymbol | FieldSymbol,
    at: FieldSymbol['at'],
    plural: string
): void {
    if (annotation(member.annotations, 'namespaceaccessible') === undefined) return;
    const isClassOpen =
        symbol.visibility === 'global' || annotation(symbol.annotations, 'namespaceaccessible') !== undefined;
    if (member.visibility === 'private') {
        report(symbol.unit, at, diagnostics.requiresOneOf('NamespaceAccessible', plural, 'public, protected'));
    } else if (!isClassOpen) {
        report(
            symbol.unit,
            at,
            diagnostics.definingTypeOneOf('NamespaceAccessible', plural, 'NamespaceAccessible, global')
        );
    }
}

function checkHttpMethod(symbol: ClassSymbol, method: MethodSymbol, name: string): void {
    if (method.visibility !== 'global') fail(symbol, method, diagnostics.mustBeDeclared(name, 'methods', 'global'));
    else if (!method.isStatic) fail(symbol, method, diagnostics.mustBeDeclared(name, 'methods', 'static'));
    else if (annotation(symbol.annotations, 'restresource') === undefined) {
        fail(symbol, method, diagnostics.definingType(name, 'RestResource'));
    } else if ((name === 'HttpGet' || name === 'HttpDelete') && method.parameters.length > 0) {
        fail(symbol, method, diagnostics.noParameters(name));
    } else {
        const wrong = method.parameters.find(({ type }) => !isRestType(type));
        if (wrong !== undefined) fail(symbol, method, diagnostics.unsupportedParameter(name, wrong.type));
        else if (!isRestType(method.returns)) fail(symbol, method, diagnostics.unsupportedReturn(name, method.returns));
    }
}

/** JSON and XML have no form for sets, for objects of no type, and for maps whose keys are not text. */
function isRestType(type: ApexType): boolean {
    const entry = mapEntry(type);
    if (entry !== undefined) return entry[0] === STRING && isRestType(entry[1]);
    const element = listElement(type);
    if (element !== undefined) return isRestType(element);
    return type !== OBJECT && setElement(type) === undefined;
}

const FUTURE_PARAMETERS: ReadonlySet<ApexType> = new Set<ApexType>([
    STRING, BOOLEAN, DATE, DATETIME, ID, TIME, BLOB
]); // prettier-ignore

function checkFuture(symbol: ClassSymbol, method: MethodSymbol): void {
    if (!method.isStatic) fail(symbol, method, diagnostics.mustBeDeclared('Future', 'methods', 'static'));
    if (method.returns !== VOID) fail(symbol, method, diagnostics.unsupportedReturn('Future', method.returns));
    for (const { type } of method.parameters) {
        const element = listElement(type) ?? setElement(type);
        const parts = mapEntry(type) ?? [element ?? type];
        if (!parts.every(isFutureScalar)) {
            fail(symbol, method, diagnostics.unsupportedParameter('Future', type));
        }
    }
}

function isFutureScalar(type: ApexType): boolean {
    return type !== OBJECT && (isNumeric(type) || FUTURE_PARAMETERS.has(type));
}

function checkAura(world: World, symbol: ClassSymbol, method: MethodSymbol): void {
    const scope = annotation(method.annotations, 'auraenabled')?.properties.find(
        ({ name }) => name.toLowerCase() === 'scope'
    );
    if (scope !== undefined && annotation(method.annotations, 'auraenabled')?.values.cacheable !== true) {
        report(symbol.unit, scope, diagnostics.annotationCombination('cacheable', 'scope', 'AuraEnabled'));
    }
    if (!isOpen(method)) {
        fail(symbol, method, diagnostics.requiresOneOf('AuraEnabled', 'methods', 'global, public'));
        return;
    }
    const wrong = method.parameters.find(({ type }) => setElement(type) !== undefined);
    if (wrong !== undefined) fail(symbol, method, diagnostics.unsupportedParameter('AuraEnabled', wrong.type));
    if (setElement(method.returns) !== undefined || isException(world, method.returns)) {
        fail(symbol, method, diagnostics.unsupportedReturn('AuraEnabled', method.returns));
    }
    if (!method.isStatic) checkAuraGetter(symbol, method);
}

function checkAuraGetter(symbol: ClassSymbol, method: MethodSymbol): void {
    const property = propertyOfGetter(method.name);
    const field = symbol.fields.get(property.toLowerCase());
    if (field !== undefined && annotation(field.annotations, 'auraenabled') !== undefined) {
        fail(symbol, method, diagnostics.auraField(property));
        return;
    }
    if (method.parameters.length > 0) fail(symbol, method, diagnostics.auraInstanceParameters());
    else if (!method.name.toLowerCase().startsWith('get')) fail(symbol, method, diagnostics.auraInstanceName());
}

/** `getName()` is seen as `Name` outside. */
function propertyOfGetter(name: string): string {
    return name.toLowerCase().startsWith('get') ? name.slice('get'.length) : name;
}

function checkOverloads(symbol: ClassSymbol): void {
    for (const methods of symbol.methods.values()) {
        const enabled = methods.filter((method) => annotation(method.annotations, 'auraenabled') !== undefined);
        if (enabled.length > 1) {
            enabled.forEach((method) => fail(symbol, method, diagnostics.auraOverload(method.name)));
        }
        const remote = methods.filter((method) => annotation(method.annotations, 'remoteaction') !== undefined);
        const counts = remote.map(({ parameters }) => parameters.length);
        if (new Set(counts).size < counts.length) {
            report(symbol.unit, symbol.declaration, diagnostics.remoteOverload());
        }
        const services = methods.filter(({ declaration }) => declaration.modifiers.words.includes('webservice'));
        const last = services.at(-1);
        if (last !== undefined && services.length > 1) {
            report(symbol.unit, symbol.declaration, diagnostics.serviceOverload(describeMethod(last)));
        }
    }
}
