import { EXCEPTION, listElement, SOBJECT, STRING } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import { sameParameterTypes } from './declare-members.ts';
import { diagnostics } from './diagnostics.ts';
import { allInterfaces, chain, isException } from './hierarchy.ts';
import { isObjectMethod } from './object-methods.ts';
import { report } from './reporter.ts';
import { describeCall, describeMethod, type ClassSymbol, type MethodSymbol, type Visibility } from './symbols.ts';
import type { World } from './world.ts';

/** Rules about a class as a whole: what it overrides, what it must implement, how it may be named. */
export function checkClassRules(world: World, symbol: ClassSymbol): void {
    checkExceptionName(world, symbol);
    if (isException(world, symbol.type)) checkExceptionConstructors(symbol);
    for (const method of [...symbol.methods.values()].flat()) {
        checkBody(symbol, method);
        checkOverride(world, symbol, method);
    }
    if (symbol.kind === 'class') {
        checkAbstractMethods(world, symbol);
        checkInterfaceMethods(world, symbol);
        checkTopLevelInterfaces(symbol);
    }
    symbol.inner.forEach((inner) => checkClassRules(world, inner));
}

function checkExceptionName(world: World, symbol: ClassSymbol): void {
    const isNamedSo = symbol.declaration.name.toLowerCase().endsWith('exception');
    const extendsException = isException(world, symbol.type);
    if (extendsException && !isNamedSo) {
        report(symbol.unit, symbol.declaration, diagnostics.exceptionName(symbol.name));
    } else if (isNamedSo && !extendsException && symbol.kind === 'class' && symbol.declaration.extends === undefined) {
        report(symbol.unit, symbol.declaration, diagnostics.exceptionBase(symbol.name));
    }
}

/** The platform gives every exception its four constructors. */
function checkExceptionConstructors(symbol: ClassSymbol): void {
    for (const constructor of symbol.constructors) {
        const [first, second, third] = typesOf(constructor);
        const isGiven =
            third === undefined &&
            (first === undefined || first === STRING || (first === EXCEPTION && second === undefined)) &&
            (second === undefined || second === EXCEPTION);
        if (isGiven) {
            report(symbol.unit, constructor.declaration, diagnostics.systemConstructor(describeMethod(constructor)));
        }
    }
}

/** Interfaces that only a class of its own may implement. */
const TOP_LEVEL_INTERFACES: ReadonlySet<string> = new Set(['database.batchable', 'messaging.inboundemailhandler']);

function checkTopLevelInterfaces(symbol: ClassSymbol): void {
    if (symbol.outer === undefined) return;
    for (const type of symbol.interfaces) {
        if (type.kind === 'platform' && TOP_LEVEL_INTERFACES.has(type.key)) {
            report(symbol.unit, symbol.declaration, diagnostics.topLevelImplements(type.name));
        }
    }
}

function checkBody(symbol: ClassSymbol, method: MethodSymbol): void {
    const { declaration } = method;
    if (symbol.kind === 'interface') return;
    if (method.isAbstract && declaration.body !== undefined) {
        report(symbol.unit, declaration, diagnostics.abstractBody());
    } else if (method.isAbstract && !symbol.isAbstract) {
        report(symbol.unit, declaration, diagnostics.abstractInConcrete());
    } else if (!method.isAbstract && declaration.body === undefined) {
        report(symbol.unit, declaration, diagnostics.missingBody());
    }
}

/** A public method may override a global one. */
const VISIBILITY_RANK: Readonly<Record<Visibility, number>> = { private: 0, protected: 1, public: 2, global: 2 };

function checkOverride(world: World, symbol: ClassSymbol, method: MethodSymbol): void {
    if (method.isStatic || symbol.kind !== 'class') return;
    const base = overridden(world, symbol, method);
    const text = `${method.returns.name} ${symbol.name}.${describeCall(method.name, typesOf(method))}`;
    if (base === undefined) {
        if (method.isOverride && !overridesPlatform(world, symbol, method)) {
            report(symbol.unit, method.declaration, diagnostics.notOverriding(text));
        }
        return;
    }
    if (base.visibility === 'private') return;
    if (!base.isVirtual && !base.isOverride && !base.isAbstract) {
        report(symbol.unit, method.declaration, diagnostics.overrideNotVirtual(text));
    } else if (!method.isOverride) {
        report(symbol.unit, method.declaration, diagnostics.mustOverride(text));
    } else if (VISIBILITY_RANK[method.visibility] < VISIBILITY_RANK[base.visibility]) {
        report(symbol.unit, method.declaration, diagnostics.overrideVisibility(text));
    } else if (method.returns !== base.returns) {
        const own = `${method.returns.name} ${describeCall(method.name, typesOf(method))}`;
        const theirs = `${base.returns.name} ${describeCall(base.name, typesOf(base))}`;
        report(symbol.unit, method.declaration, diagnostics.overrideReturn(own, theirs, symbol.name));
    }
}

function typesOf(method: MethodSymbol): ApexType[] {
    return method.parameters.map((parameter) => parameter.type);
}

function overridden(world: World, symbol: ClassSymbol, method: MethodSymbol): MethodSymbol | undefined {
    const base = world.superclass(symbol);
    return base === undefined ? undefined : findMethod(world, base, method);
}

function findMethod(
    world: World,
    symbol: ClassSymbol,
    like: Pick<Required, 'name' | 'parameters'>
): MethodSymbol | undefined {
    for (const current of chain(world, symbol)) {
        const found = current.methods.get(like.name.toLowerCase())?.find((other) => sameParameterTypes(other, like));
        if (found !== undefined) return found;
    }
    return undefined;
}

/** `override` is also right on a method of Exception, of Object, and of an interface. */
function overridesPlatform(world: World, symbol: ClassSymbol, method: MethodSymbol): boolean {
    const lower = method.name.toLowerCase();
    if (lower === 'tostring' || lower === 'equals' || lower === 'hashcode') return true;
    if (isException(world, symbol.type)) return true;
    return [...allInterfaces(world, symbol), ...platformBase(world, symbol)].some((type) =>
        type.kind === 'user'
            ? findMethod(world, world.classOf(type), method) !== undefined
            : type.kind === 'platform' && world.members.methods(type, method.name).length > 0
    );
}

/** The class of the platform that the class, or a base of it, extends; none for most. */
function platformBase(world: World, symbol: ClassSymbol): ApexType[] {
    return [...chain(world, symbol)].flatMap(({ superclass }) => (superclass?.kind === 'platform' ? [superclass] : []));
}

function checkAbstractMethods(world: World, symbol: ClassSymbol): void {
    if (symbol.isAbstract) return;
    for (const base of chain(world, symbol)) {
        if (base === symbol) continue;
        for (const method of [...base.methods.values()].flat().filter(({ isAbstract }) => isAbstract)) {
            if (findMethod(world, symbol, method)?.isAbstract !== true) continue;
            const text = `${method.returns.name} ${base.name}.${describeCall(method.name, typesOf(method))}`;
            // The platform's compiler points at the abstract method, in whatever file that is.
            report(symbol.unit, method.declaration, diagnostics.mustImplementAbstract(symbol.name, text));
        }
    }
}

interface Required {
    readonly name: string;
    readonly owner: string;
    readonly returns: ApexType;
    readonly parameters: readonly { readonly type: ApexType }[];
    readonly isOfPlatform: boolean;
}

function checkInterfaceMethods(world: World, symbol: ClassSymbol): void {
    if (symbol.isAbstract) return;
    for (const type of [...allInterfaces(world, symbol), ...platformBase(world, symbol)]) {
        for (const required of requiredMethods(world, type)) {
            const text = `${required.returns.name} ${required.owner}.${describeCall(
                required.name,
                required.parameters.map((parameter) => parameter.type)
            )}`;
            const found = findImplementation(world, symbol, required);
            if (found === undefined && isObjectMethod(required.name, required.parameters.length)) continue;
            if (found === undefined) {
                report(symbol.unit, symbol.declaration, diagnostics.mustImplement(symbol.name, text));
            } else if (found.visibility !== 'public' && found.visibility !== 'global') {
                report(found.owner.unit, found.declaration, diagnostics.implementationNotVisible(symbol.name, text));
            }
        }
    }
}

function requiredMethods(world: World, type: ApexType): Required[] {
    if (type.kind === 'user') {
        const symbol = world.classOf(type);
        return [...symbol.methods.values()]
            .flat()
            .map((method) => ({ ...method, owner: type.name, isOfPlatform: false }));
    }
    if (type.kind !== 'platform') return [];
    return world.members.abstractMethods(type).map((member) => ({
        name: member.name,
        owner: member.className,
        returns: member.returns,
        parameters: member.parameters.map((parameter) => ({ type: parameter })),
        isOfPlatform: true
    }));
}

/**
 * Exact parameter types, or for the platform's generic interfaces as many parameters. A list of records of one object
 * stands for a list of SObjects, and the other way round.
 */
function findImplementation(world: World, symbol: ClassSymbol, required: Required): MethodSymbol | undefined {
    const exact = findMethod(world, symbol, required);
    if (exact !== undefined) return exact;
    for (const current of chain(world, symbol)) {
        const found = current.methods
            .get(required.name.toLowerCase())
            ?.find(
                (method) =>
                    method.parameters.length === required.parameters.length &&
                    (required.isOfPlatform ||
                        method.parameters.every(({ type }, index) => standsFor(type, required, index)))
            );
        if (found !== undefined) return found;
    }
    return undefined;
}

function standsFor(type: ApexType, { parameters }: Required, index: number): boolean {
    const wanted = parameters[index]?.type;
    if (type === wanted) return true;
    const elements = [listElement(type), wanted && listElement(wanted)];
    return elements.includes(SOBJECT) && elements.every((element) => element?.kind === 'sobject');
}

/** Methods of interfaces of the org that another method stands for, by the name that callers know. */
export function stoodForMethods(world: World, symbol: ClassSymbol): { wanted: MethodSymbol; method: MethodSymbol }[] {
    if (symbol.kind !== 'class') return [];
    return [...allInterfaces(world, symbol)].flatMap((type) => {
        if (type.kind !== 'user') return [];
        return [...world.classOf(type).methods.values()].flat().flatMap((wanted) => {
            const method = findImplementation(world, symbol, { ...wanted, owner: type.name, isOfPlatform: false });
            return method === undefined || sameParameterTypes(wanted, method) ? [] : [{ wanted, method }];
        });
    });
}
