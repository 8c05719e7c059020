import type { Annotation, AnnotationProperty, Node } from '../syntax/ast.ts';
import { diagnostics } from './diagnostics.ts';
import { report } from './reporter.ts';
import type { Unit } from './symbols.ts';

/** Annotations that exist, in lower case with the spelling of messages (Apex Developer Guide, "Annotations"). */
export const KNOWN_ANNOTATIONS: ReadonlyMap<string, string> = new Map(
    (
        'AuraEnabled Deprecated Future HttpDelete HttpGet HttpPatch HttpPost HttpPut InvocableMethod InvocableVariable ' +
        'IsTest JsonAccess NamespaceAccessible ReadOnly RemoteAction RestResource SuppressWarnings TestSetup TestVisible'
    )
        .split(' ')
        .map((name) => [name.toLowerCase(), name])
);

interface Property {
    readonly name: string;
    /** Flags take text, too. */
    readonly type: 'flag' | 'String';
    /** The only values, when there are few. */
    readonly values?: readonly string[];
    /** What the text must look like. */
    readonly format?: RegExp;
    /** API version of the class from which on the property exists. */
    readonly since?: number;
}

const flag = (name: string, since?: number): Property => ({
    name,
    type: 'flag',
    ...(since !== undefined && { since })
});
const text = (name: string, more: Partial<Property> = {}): Property => ({ name, type: 'String', ...more });

const ACCESS = ['never', 'sameNamespace', 'samePackage', 'always'];
/** Spring '26: tests named by what they test, and tests that no run leaves out. */
const RELEVANT_TESTS = 66;

/** What annotations take, by lower-case name; an annotation that is missing here takes nothing. */
const PROPERTIES: Readonly<Record<string, readonly Property[]>> = {
    auraenabled: [flag('cacheable'), flag('continuation'), text('scope', { values: ['global'] })],
    future: [flag('callout')],
    invocablemethod: [
        text('label'),
        text('description'),
        flag('callout'),
        text('category'),
        text('configurationEditor'),
        text('iconName', { format: /^(?:slds|resource):[\w.-]+:[\w.-]+$/ }),
        text('capabilityType', { format: /^\w+:\/\/[\w.-]+$/ })
    ],
    invocablevariable: [
        text('label'),
        text('description'),
        flag('required'),
        text('defaultValue'),
        text('placeholderText')
    ],
    istest: [
        flag('seeAllData'),
        flag('isParallel'),
        flag('onInstall'),
        text('testFor', { since: RELEVANT_TESTS }),
        flag('critical', RELEVANT_TESTS)
    ],
    jsonaccess: [text('serializable', { values: ACCESS }), text('deserializable', { values: ACCESS })],
    readonly: [text('useReplica', { values: ['preferred'] })],
    remoteaction: [flag('callout')],
    restresource: [text('urlMapping')],
    suppresswarnings: [text('value')],
    testsetup: [flag('onInstall')]
};

/** Whether the annotation exists, and takes what it is given. */
export function checkAnnotation(unit: Unit, annotation: Annotation, owner: Node): void {
    const name = KNOWN_ANNOTATIONS.get(annotation.name);
    if (name === undefined) {
        report(unit, annotation, diagnostics.unknownAnnotation(annotation.spelling));
        return;
    }
    const number = annotation.properties.find(({ value }) => typeof value === 'number');
    if (annotation.comma !== undefined) report(unit, annotation.comma, diagnostics.expected(')', ','));
    else if (number !== undefined) {
        report(unit, number, diagnostics.unexpectedToken(String(number.value)));
    } else {
        for (const property of annotation.properties) {
            const problem = propertyProblem(unit, annotation, name, property);
            if (problem !== undefined) report(unit, property, problem);
            else if (!isFormed(annotation, property)) {
                report(unit, owner, diagnostics.annotationFormat(property.name, name));
            }
        }
    }
}

function propertyProblem(
    unit: Unit,
    annotation: Annotation,
    name: string,
    given: AnnotationProperty
): string | undefined {
    const written = given.name === '' ? 'value' : given.name;
    const property = (PROPERTIES[annotation.name] ?? []).find(
        (one) => one.name.toLowerCase() === written.toLowerCase()
    );
    if (property === undefined) return diagnostics.annotationProperty(written, name);
    if (property.since !== undefined && unit.apiVersion < property.since) {
        return diagnostics.annotationPropertyVersion(property.name, name, property.since);
    }
    return valueProblem(name, property, given);
}

function propertyOf(annotation: Annotation, name: string): Property | undefined {
    return (PROPERTIES[annotation.name] ?? []).find((one) => one.name.toLowerCase() === name.toLowerCase());
}

function isFormed(annotation: Annotation, { name, value }: AnnotationProperty): boolean {
    return propertyOf(annotation, name)?.format?.test(String(value)) ?? true;
}

function valueProblem(name: string, property: Property, { value }: AnnotationProperty): string | undefined {
    if (property.type === 'flag') return undefined;
    if (typeof value !== 'string') return diagnostics.annotationValue(property.name, 'String');
    if (property.values !== undefined && !isOneOf(property.values, value)) {
        return diagnostics.annotationUnknownValue(property.name, name, value);
    }
    return undefined;
}

function isOneOf(values: readonly string[], value: string): boolean {
    return values.some((one) => one.toLowerCase() === value.toLowerCase());
}
