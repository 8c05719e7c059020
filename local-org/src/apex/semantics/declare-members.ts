import type {
    FieldDeclaration,
    InitializerDeclaration,
    Member,
    MethodDeclaration,
    PropertyDeclaration,
    TypeRef
} from '../syntax/ast.ts';
import { EXCEPTION, VOID } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import { checkAllowed } from './allowed-modifiers.ts';
import { visibilityOf } from './declare.ts';
import { diagnostics } from './diagnostics.ts';
import { isInterface } from './hierarchy.ts';
import { checkIdentifier, checkMethodName } from './identifier-rules.ts';
import { report } from './reporter.ts';
import { annotation, describeMethod, type ClassSymbol, type FieldSymbol, type MethodSymbol } from './symbols.ts';
import { resolveTypeRef } from './type-refs.ts';
import { ERROR_TYPE, type World } from './world.ts';

/** Second pass: superclass and interfaces. Every class has its symbol by now. */
export function declareSupertypes(world: World, symbol: ClassSymbol): void {
    const { declaration, unit } = symbol;
    const base = declaration.extends;
    if (base !== undefined) {
        const type = resolveTypeRef(world, base, symbol.outer ?? symbol, unit);
        const message = superclassProblem(world, symbol, type);
        if (message !== undefined) report(unit, base, message);
        if (message === undefined && type !== ERROR_TYPE) symbol.superclass = type;
    }
    for (const ref of declaration.interfaces) {
        const type = resolveTypeRef(world, ref, symbol.outer ?? symbol, unit);
        if (type === ERROR_TYPE) continue;
        if (!isInterface(world, type)) {
            report(unit, ref, diagnostics.invalidInterface(type.name));
        } else if (symbol.interfaces.includes(type)) {
            report(unit, ref, diagnostics.interfaceTwice(type.name));
        } else {
            symbol.interfaces.push(type);
        }
    }
    symbol.inner.forEach((inner) => declareSupertypes(world, inner));
}

function superclassProblem(world: World, symbol: ClassSymbol, type: ApexType): string | undefined {
    if (type === ERROR_TYPE) return undefined;
    if (type.kind === 'user') {
        const base = world.classOf(type);
        if (base.kind !== 'class') return diagnostics.invalidSuperType(type.name);
        return base.isVirtual || isExceptionName(base) ? undefined : diagnostics.notExtensible(type.name);
    }
    // Of the platform's classes few are open to code.
    const isOpen = type === EXCEPTION || (type.kind === 'platform' && world.members.info(type.key)?.isOpen === true);
    return isOpen ? undefined : diagnostics.invalidSuperType(type.name);
}

function isExceptionName(symbol: ClassSymbol): boolean {
    return symbol.declaration.extends !== undefined && symbol.name.toLowerCase().endsWith('exception');
}

/** Reports classes and interfaces that are their own base; cuts the loops so that walks up the chain end. */
export function checkCircular(world: World, roots: readonly ClassSymbol[]): void {
    const all = roots.flatMap((root) => [root, ...root.inner.values()]);
    for (const symbol of all) {
        const seen = new Set<ClassSymbol>([symbol]);
        for (let base = world.superclass(symbol); base !== undefined; base = world.superclass(base)) {
            if (seen.has(base)) {
                report(symbol.unit, symbol.declaration, diagnostics.circular(symbol.name));
                symbol.superclass = undefined;
                break;
            }
            seen.add(base);
        }
    }
    const circular = all.filter((symbol) => isCircular(world, symbol.type, []));
    for (const symbol of circular) {
        report(symbol.unit, symbol.declaration, diagnostics.circular(symbol.interfaces[0]?.name ?? symbol.name));
    }
    circular.forEach((symbol) => (symbol.interfaces = []));
}

/** True when the interfaces behind a type lead in a circle. */
function isCircular(world: World, type: ApexType, path: readonly ApexType[]): boolean {
    const symbol = type.kind === 'user' ? world.class(type.key) : undefined;
    if (symbol?.kind !== 'interface') return false;
    return path.includes(type) || symbol.interfaces.some((base) => isCircular(world, base, [...path, type]));
}

/** Third pass: fields, properties, methods and constructors with their types. */
export function declareMembers(world: World, symbol: ClassSymbol): void {
    for (const member of symbol.declaration.members) {
        declareMember(world, symbol, member);
    }
    symbol.inner.forEach((inner) => declareMembers(world, inner));
}

function declareMember(world: World, symbol: ClassSymbol, member: Member): void {
    switch (member.kind) {
        case 'field':
            return declareFields(world, symbol, member);
        case 'property':
            return declareProperty(world, symbol, member);
        case 'method':
        case 'constructor':
            return declareMethod(world, symbol, member);
        case 'initializer':
            return declareInitializer(symbol, member);
        case 'nested':
    }
}

function declareInitializer(symbol: ClassSymbol, member: InitializerDeclaration): void {
    if (member.isStatic && symbol.outer !== undefined) {
        report(symbol.unit, member, diagnostics.staticBlockInInner());
    }
    symbol.hasStaticState ||= member.isStatic;
    symbol.initializers.push({ isStatic: member.isStatic, field: undefined, block: member.body });
}

function declareFields(world: World, symbol: ClassSymbol, member: FieldDeclaration): void {
    const { words, annotations } = member.modifiers;
    const type = resolveTypeRef(world, member.type, symbol, symbol.unit);
    for (const variable of member.variables) {
        checkAllowed(symbol.unit, 'fields', variable, member.modifiers);
        checkIdentifier(symbol.unit, 'variable', variable);
        addField(symbol, {
            owner: symbol,
            name: variable.name,
            type,
            at: variable,
            isStatic: words.includes('static'),
            isFinal: words.includes('final'),
            isTransient: words.includes('transient'),
            isWebService: words.includes('webservice'),
            visibility: visibilityOf(member.modifiers),
            annotations,
            property: undefined,
            initializer: variable.initializer
        });
    }
}

function declareProperty(world: World, symbol: ClassSymbol, member: PropertyDeclaration): void {
    const { words, annotations } = member.modifiers;
    const visibility = visibilityOf(member.modifiers);
    checkAllowed(symbol.unit, 'properties', member, member.modifiers);
    checkIdentifier(symbol.unit, 'variable', member);
    const accessorVisibility = (accessor: PropertyDeclaration['getter']): FieldSymbol['visibility'] =>
        accessor === undefined || accessor.modifiers.words.length === 0 ? visibility : visibilityOf(accessor.modifiers);
    addField(symbol, {
        owner: symbol,
        name: member.name,
        type: resolveTypeRef(world, member.type, symbol, symbol.unit),
        at: member,
        isStatic: words.includes('static'),
        isFinal: false,
        isTransient: words.includes('transient'),
        isWebService: words.includes('webservice'),
        visibility,
        annotations,
        initializer: undefined,
        property: {
            getter: member.getter,
            setter: member.setter,
            getterVisibility: accessorVisibility(member.getter),
            setterVisibility: accessorVisibility(member.setter),
            isVirtual: words.includes('virtual') || words.includes('abstract') || words.includes('override'),
            isOverride: words.includes('override'),
            isAbstract: words.includes('abstract')
        }
    });
}

function addField(symbol: ClassSymbol, field: FieldSymbol): void {
    const lower = field.name.toLowerCase();
    if (symbol.fields.has(lower)) {
        report(symbol.unit, field.at, diagnostics.duplicateField(field.name));
        return;
    }
    if (field.isStatic && symbol.outer !== undefined) {
        const what = field.property === undefined ? 'fields' : 'properties';
        report(symbol.unit, field.at, diagnostics.staticInInner(what));
    }
    symbol.fields.set(lower, field);
    symbol.hasStaticState ||= field.isStatic;
    symbol.initializers.push({ isStatic: field.isStatic, field, block: undefined });
}

function declareMethod(world: World, symbol: ClassSymbol, member: MethodDeclaration): void {
    const { words, annotations } = member.modifiers;
    const isConstructor = member.kind === 'constructor';
    if (isConstructor && member.name.toLowerCase() !== symbol.declaration.name.toLowerCase()) {
        report(symbol.unit, member, diagnostics.wrongConstructorName(member.name));
        return;
    }
    const isInterface = symbol.kind === 'interface';
    checkMethodName(symbol.unit, member);
    if (isInterface) checkInterfaceMethod(symbol, member);
    else checkAllowed(symbol.unit, isConstructor ? 'constructors' : 'methods', member, member.modifiers);
    for (const parameter of member.parameters) {
        checkAllowed(symbol.unit, 'parameters', parameter, parameter.modifiers);
    }
    const method: MethodSymbol = {
        owner: symbol,
        name: member.name,
        // Methods of anonymous code and of triggers have no object to belong to.
        isStatic: words.includes('static') || (symbol.unit.kind !== 'class' && symbol === symbol.unit.root),
        isConstructor,
        // Who can name an interface can call its methods.
        visibility: isInterface
            ? symbol.visibility === 'global'
                ? 'global'
                : 'public'
            : visibilityOf(member.modifiers),
        isAbstract: words.includes('abstract') || isInterface,
        isVirtual: words.includes('virtual') || words.includes('abstract') || isInterface,
        isOverride: words.includes('override'),
        isTest: words.includes('testmethod') || annotation(annotations, 'istest') !== undefined,
        annotations,
        returns: member.returns === undefined ? VOID : resolveTypeRef(world, member.returns, symbol, symbol.unit),
        parameters: member.parameters.map((parameter) => ({
            name: parameter.name,
            type: parameterType(world, symbol, parameter.type),
            at: parameter
        })),
        declaration: member
    };
    const list = isConstructor ? symbol.constructors : methodsNamed(symbol, member.name);
    if (list.some((other) => sameParameterTypes(other, method))) {
        report(symbol.unit, member, diagnostics.duplicateMethod(method.name, describeMethod(method), symbol.name));
        return;
    }
    if (words.includes('static') && symbol.outer !== undefined) {
        report(symbol.unit, member, diagnostics.staticInInner('methods'));
    }
    list.push(method);
}

/** The platform's parser takes no modifiers on methods of interfaces. */
function checkInterfaceMethod({ unit }: ClassSymbol, { modifiers, line, column }: MethodDeclaration): void {
    const [word] = modifiers.words;
    const [annotated] = modifiers.annotations;
    const found = annotated === undefined ? word : '@';
    if (found !== undefined) report(unit, annotated ?? { line, column }, diagnostics.expected('}', found));
}

function parameterType(world: World, symbol: ClassSymbol, ref: TypeRef): ApexType {
    return resolveTypeRef(world, ref, symbol, symbol.unit);
}

function methodsNamed(symbol: ClassSymbol, name: string): MethodSymbol[] {
    const lower = name.toLowerCase();
    let methods = symbol.methods.get(lower);
    if (methods === undefined) {
        methods = [];
        symbol.methods.set(lower, methods);
    }
    return methods;
}

export function sameParameterTypes(
    left: { readonly parameters: readonly { readonly type: ApexType }[] },
    right: { readonly parameters: readonly { readonly type: ApexType }[] }
): boolean {
    return (
        left.parameters.length === right.parameters.length &&
        left.parameters.every((parameter, index) => parameter.type === right.parameters[index]?.type)
    );
}
