import type { Modifiers, Node } from '../syntax/ast.ts';
import { KNOWN_ANNOTATIONS } from './annotation-properties.ts';
import { diagnostics } from './diagnostics.ts';
import { report } from './reporter.ts';
import type { Unit } from './symbols.ts';

/** What a declaration is, as messages name it. */
export type Element =
    'classes' | 'interfaces' | 'enums' | 'fields' | 'properties' | 'methods' | 'constructors' | 'locals' | 'parameters';

/** Modifiers and annotations that may stand on each kind of declaration. */
const ALLOWED: Readonly<Record<Element, ReadonlySet<string>>> = {
    classes: list(
        'public private global abstract virtual withSharing withoutSharing inheritedSharing',
        'Deprecated IsTest JsonAccess NamespaceAccessible RemoteAction RestResource SuppressWarnings TestVisible'
    ),
    interfaces: list(
        'public private global virtual',
        'Deprecated NamespaceAccessible RestResource SuppressWarnings TestVisible'
    ),
    enums: list('public private global', 'Deprecated NamespaceAccessible SuppressWarnings TestVisible'),
    fields: list(
        'public private protected global static final transient webService',
        'AuraEnabled Deprecated InvocableVariable NamespaceAccessible RemoteAction SuppressWarnings TestVisible'
    ),
    properties: list(
        'public private protected global static final transient webService',
        'AuraEnabled Deprecated NamespaceAccessible RemoteAction SuppressWarnings TestVisible'
    ),
    methods: list(
        'public private protected global static abstract virtual override webService testMethod',
        'AuraEnabled Deprecated Future HttpDelete HttpGet HttpPatch HttpPost HttpPut InvocableMethod IsTest',
        'NamespaceAccessible ReadOnly RemoteAction SuppressWarnings TestSetup TestVisible'
    ),
    constructors: list(
        'public private protected global',
        'Deprecated NamespaceAccessible SuppressWarnings TestVisible'
    ),
    locals: list('final transient', 'RemoteAction SuppressWarnings TestVisible'),
    parameters: list('final', 'SuppressWarnings')
};

function list(...lines: readonly string[]): ReadonlySet<string> {
    return new Set(lines.flatMap((line) => line.toLowerCase().split(' ')));
}

/** How messages spell the modifiers that code may write in any case. */
const SPELLINGS: Readonly<Record<string, string>> = {
    'with sharing': 'withSharing',
    'without sharing': 'withoutSharing',
    'inherited sharing': 'inheritedSharing',
    testmethod: 'testMethod',
    webservice: 'webService'
};

/** Declarations that say what they are anyway. */
const FINAL_BY_DEFAULT: ReadonlySet<Element> = new Set<Element>(['classes', 'methods']);

const SCOPES: readonly string[] = ['private', 'protected', 'public', 'global'];

/** Modifiers that do not belong on a declaration, that stand there twice, or that contradict each other. */
export function checkAllowed(unit: Unit, element: Element, at: Node, { words, annotations }: Modifiers): void {
    const repeated =
        firstRepeated(words) ?? KNOWN_ANNOTATIONS.get(firstRepeated(annotations.map(({ name }) => name)) ?? '');
    if (repeated !== undefined) report(unit, at, diagnostics.duplicateModifier(SPELLINGS[repeated] ?? repeated));
    for (const word of words) {
        if (word === 'final' && FINAL_BY_DEFAULT.has(element)) {
            report(unit, at, diagnostics.modifierByDefault(element, 'final'));
        } else if (!ALLOWED[element].has((SPELLINGS[word] ?? word).toLowerCase())) {
            report(unit, at, diagnostics.modifierNotAllowed(SPELLINGS[word] ?? word, element));
        }
    }
    if (words.filter((word) => SCOPES.includes(word)).length > 1) report(unit, at, diagnostics.singleScope());
    for (const { name } of annotations) {
        const known = KNOWN_ANNOTATIONS.get(name);
        if (known !== undefined && !ALLOWED[element].has(name)) {
            report(unit, at, diagnostics.modifierNotAllowed(known, element));
        }
    }
}

function firstRepeated(names: readonly string[]): string | undefined {
    return names.find((name, index) => names.indexOf(name) !== index);
}
