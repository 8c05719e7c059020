import type { Modifiers, TypeDeclaration } from '../syntax/ast.ts';
import { userType } from '../types/apex-types.ts';
import { checkAllowed } from './allowed-modifiers.ts';
import { diagnostics } from './diagnostics.ts';
import { checkTypeName } from './identifier-rules.ts';
import { report } from './reporter.ts';
import { annotation, type ClassSymbol, type Sharing, type Unit, type Visibility } from './symbols.ts';
import type { World } from './world.ts';

/** First pass over a file: its types get symbols, so that every other file can name them. */
export function declareTypes(world: World, unit: Unit, declaration: TypeDeclaration): ClassSymbol {
    const root = declareType(world, unit, declaration, undefined);
    unit.root = root;
    if (unit.kind === 'class' && root.visibility === 'private' && !root.isTest) {
        report(unit, declaration, diagnostics.topLevelVisibility());
    }
    return root;
}

function declareType(
    world: World,
    unit: Unit,
    declaration: TypeDeclaration,
    outer: ClassSymbol | undefined
): ClassSymbol {
    const name = outer === undefined ? declaration.name : `${outer.name}.${declaration.name}`;
    const { words, annotations } = declaration.modifiers;
    const symbol: ClassSymbol = {
        unit,
        type: userType(name),
        name,
        // A trigger may have the name of a class.
        key: unit.kind === 'trigger' ? `$trigger.${name.toLowerCase()}` : name.toLowerCase(),
        kind: declaration.kind,
        declaration,
        outer,
        inner: new Map(),
        visibility: visibilityOf(declaration.modifiers),
        isAbstract: words.includes('abstract') || declaration.kind === 'interface',
        // Classes of anonymous code are virtual without saying so.
        isVirtual: words.includes('virtual') || words.includes('abstract') || unit.kind !== 'class',
        isTest: annotation(annotations, 'istest') !== undefined || outer?.isTest === true,
        sharing: sharingOf(words),
        annotations,
        superclass: undefined,
        interfaces: [],
        fields: new Map(),
        methods: new Map(),
        constructors: [],
        initializers: [],
        enumValues: declaration.enumValues.map((value) => value.name),
        hasStaticState: false
    };
    if (unit.kind === 'class' || outer !== undefined) {
        checkAllowed(unit, ELEMENTS[declaration.kind], declaration, declaration.modifiers);
        checkTypeName(unit, declaration, outer !== undefined);
    }
    world.addClass(symbol);
    for (const member of declaration.members) {
        if (member.kind === 'nested') {
            declareInner(world, symbol, member.declaration);
        }
    }
    return symbol;
}

const ELEMENTS = { class: 'classes', interface: 'interfaces', enum: 'enums' } as const;

function declareInner(world: World, outer: ClassSymbol, declaration: TypeDeclaration): void {
    const { unit } = outer;
    const lower = declaration.name.toLowerCase();
    if (outer.outer !== undefined) {
        report(unit, declaration, diagnostics.nestedTooDeep());
        return;
    }
    if (outer.inner.has(lower) || outer.declaration.name.toLowerCase() === lower) {
        report(unit, declaration, diagnostics.duplicateType(`${outer.name}.${declaration.name}`));
        return;
    }
    outer.inner.set(lower, declareType(world, unit, declaration, outer));
}

const VISIBILITIES: readonly string[] = ['private', 'protected', 'public', 'global'];

export function visibilityOf(modifiers: Modifiers): Visibility {
    if (modifiers.words.includes('webservice')) return 'global';
    return (modifiers.words.find((word) => VISIBILITIES.includes(word)) as Visibility | undefined) ?? 'private';
}

function sharingOf(words: readonly string[]): Sharing {
    if (words.includes('with sharing')) return 'with';
    if (words.includes('without sharing')) return 'without';
    return words.includes('inherited sharing') ? 'inherited' : 'none';
}
