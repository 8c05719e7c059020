import type { Node, TypeRef } from '../syntax/ast.ts';
import { listOf, OBJECT, platformType, qualifiedName } from '../types/apex-types.ts';
import type { ApexType, PlatformType } from '../types/types.ts';
import { diagnostics } from './diagnostics.ts';
import { noteUnsupported, report } from './reporter.ts';
import { outermost, type ClassSymbol, type Unit } from './symbols.ts';
import { ERROR_TYPE, type World } from './world.ts';

/** A type as written at a place in the code; reports and gives ERROR_TYPE when there is no such type. */
export function resolveTypeRef(world: World, ref: TypeRef, from: ClassSymbol | undefined, unit: Unit): ApexType {
    let type = resolveNamed(world, ref, from, unit);
    const generated = type === undefined ? generatedBase(ref) : undefined;
    if (generated !== undefined && world.unsupported === 'throw') {
        noteUnsupported(unit, ref, diagnostics.constructNotImplemented(typeRefText(ref)));
        type = generated;
    }
    if (type === undefined) {
        const message = generated === undefined ? diagnostics.unknownType : diagnostics.constructNotImplemented;
        report(unit, ref, message(typeRefText(ref)));
        return ERROR_TYPE;
    }
    for (let depth = 0; depth < ref.arrayDepth; depth += 1) {
        type = listOf(type);
    }
    return type;
}

/** Types that the platform makes of metadata which a local org has not: scripts, flows, Visualforce components. */
const GENERATED: readonly (readonly [prefix: string, base: PlatformType])[] = [
    ['dataweavescriptresource.', platformType('DataWeave.Script')],
    ['flow.interview.', platformType('Flow.Interview')],
    ['component.', platformType('ApexPages.Component')]
];

/** The platform class that a type made of metadata extends; undefined for other types. */
export function generatedBase(ref: TypeRef): PlatformType | undefined {
    const name = typeRefText(ref).toLowerCase();
    return GENERATED.find(([prefix]) => name.startsWith(prefix))?.[1];
}

export function typeRefText(ref: TypeRef): string {
    return ref.parts
        .map(({ name, args }) => (args.length === 0 ? name : `${name}<${args.map(typeRefText).join(',')}>`))
        .join('.');
}

function resolveNamed(world: World, ref: TypeRef, from: ClassSymbol | undefined, unit: Unit): ApexType | undefined {
    const [first, ...rest] = ref.parts;
    if (first === undefined) return undefined;
    const last = ref.parts.at(-1) as TypeRef['parts'][number];
    const simple = world.simpleType(first.name, from, unit, ref);
    let type = simple === undefined ? undefined : behind(world, simple, rest, unit, ref);
    if (type === undefined && rest[0] !== undefined) {
        const inNamespace = world.namespaceType(first.name, rest[0].name);
        type = inNamespace === undefined ? undefined : behind(world, inNamespace, rest.slice(1), unit, ref);
    }
    if (type === undefined || type === ERROR_TYPE) return type;
    if (type.kind === 'user') checkVisible(world, type, from, unit, ref);
    return withArguments(world, type, last.args, from, unit, ref);
}

function behind(world: World, type: ApexType, parts: TypeRef['parts'], unit: Unit, at: Node): ApexType | undefined {
    let current: ApexType | undefined = type;
    for (const part of parts) {
        if (current === ERROR_TYPE) return current;
        current = current === undefined ? undefined : world.memberType(current, part.name, unit, at);
    }
    return current;
}

/** May not be named without what they hold. */
const COLLECTIONS: ReadonlySet<string> = new Set(['system.list', 'system.set', 'system.map']);

function withArguments(
    world: World,
    type: ApexType,
    args: readonly TypeRef[],
    from: ClassSymbol | undefined,
    unit: Unit,
    at: Node
): ApexType {
    const parameters = type.kind === 'platform' ? (world.members.info(type.key)?.typeParameters ?? []) : [];
    if (args.length === 0) {
        if (type.kind === 'platform' && COLLECTIONS.has(type.key)) {
            report(unit, at, diagnostics.noTypeArguments(type.name));
            return ERROR_TYPE;
        }
        // `Iterable`, `Database.Batchable` and the like may be named bare; their elements are Objects then.
        return parameters.length === 0 || type.kind !== 'platform'
            ? type
            : platformType(
                  qualifiedName(type),
                  parameters.map(() => OBJECT)
              );
    }
    if (parameters.length === 0) {
        report(unit, at, diagnostics.notGeneric(type.name));
        return ERROR_TYPE;
    }
    if (type.kind !== 'platform' || parameters.length !== args.length) {
        report(unit, at, diagnostics.typeArguments(type.name, parameters.length, args.length));
        return ERROR_TYPE;
    }
    const resolved = args.map((arg) => resolveTypeRef(world, arg, from, unit));
    if (resolved.includes(ERROR_TYPE)) return ERROR_TYPE;
    const generic = platformType(qualifiedName(type), resolved);
    const depth = depthOf(generic);
    if (depth <= DEEPEST_TYPE) return generic;
    report(unit, at, diagnostics.typeTooDeep(generic.name, depth));
    return ERROR_TYPE;
}

/** Collections in collections that the platform takes. */
const DEEPEST_TYPE = 8;

function depthOf(type: ApexType): number {
    return type.kind === 'platform' && type.args.length > 0 ? 1 + Math.max(...type.args.map(depthOf)) : 0;
}

function checkVisible(world: World, type: ApexType, from: ClassSymbol | undefined, unit: Unit, at: Node): void {
    const symbol = type.kind === 'user' ? world.class(type.key) : undefined;
    if (symbol === undefined || symbol.visibility === 'public' || symbol.visibility === 'global') return;
    const sameFile = from !== undefined && outermost(from) === outermost(symbol);
    const testVisible = unit.root?.isTest === true && symbol.annotations.some(({ name }) => name === 'testvisible');
    if (symbol.outer !== undefined && !sameFile && !testVisible && symbol.visibility === 'private') {
        report(unit, at, diagnostics.typeNotVisible(symbol.name));
    }
}
