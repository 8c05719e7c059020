import type { SignatureTable } from '../../platform/signatures.ts';
import type { ObjectDef, Schema } from '../../schema/types.ts';
import type { UnsupportedApex } from '../engine.ts';
import type { Node } from '../syntax/ast.ts';
import { platformType, primitiveType, sobjectType, SOBJECT, userType } from '../types/apex-types.ts';
import type { ApexType, PrimitiveType, UserType } from '../types/types.ts';
import type { NativeCatalog } from './native-catalog.ts';
import { PlatformMembers } from './platform-members.ts';
import { outermost, type ClassSymbol, type Unit } from './symbols.ts';

/** Stands in for a type that could not be resolved, so that one mistake gives one message. Everything converts to it. */
export const ERROR_TYPE = { kind: 'primitive', name: 'error' } as unknown as PrimitiveType;

/** Names no code may declare types for, though the schema or the table lacks them. */
const NAMESPACE_FALLBACKS = ['System', 'Schema'];

/** Objects whose name is also that of a class with static members: as a type the name means the object. */
const OBJECTS_AND_CLASSES: ReadonlySet<string> = new Set(['approval', 'businesshours', 'domain', 'network', 'site']);

/** A platform namespace named in an expression or type, for the part behind the next point. */
export interface NamespaceRef {
    readonly namespace: string;
}

/** Metadata of the org that code names; names are compared without case. */
export interface OrgNames {
    /** Custom labels, for `System.Label.Name`. */
    hasLabel(name: string): boolean;
    /** Visualforce pages, for `Page.Name`. */
    hasPage(name: string): boolean;
    /** Lightning web components, without their namespace: `myEditor`. */
    hasComponent(name: string): boolean;
    hasStaticResource(name: string): boolean;
}

/** Everything code can name: the org's classes, the platform's types, the schema's objects. */
export class World {
    readonly table: SignatureTable;
    readonly schema: Schema;
    readonly names: OrgNames;
    readonly members: PlatformMembers;
    readonly unsupported: UnsupportedApex;
    readonly #units = new Map<string, Unit>();
    readonly #classes = new Map<string, ClassSymbol>();
    readonly #stubs = new Map<string, UserType>();

    constructor(
        table: SignatureTable,
        schema: Schema,
        natives: NativeCatalog,
        names: OrgNames,
        unsupported: UnsupportedApex = 'refuse'
    ) {
        this.unsupported = unsupported;
        this.table = table;
        this.schema = schema;
        this.names = names;
        this.members = new PlatformMembers(table, natives, (name) => this.platformNotation(name));
    }

    addUnit(unit: Unit): void {
        if (unit.kind === 'class') {
            this.#units.set(unit.key, unit);
        }
    }

    addClass(symbol: ClassSymbol): void {
        this.#classes.set(symbol.key, symbol);
    }

    /** Forgets the classes of a unit: anonymous code leaves nothing behind. */
    removeUnit(unit: Unit): void {
        const { root } = unit;
        if (root === undefined) return;
        [root, ...root.inner.values()].forEach((symbol) => this.#classes.delete(symbol.key));
    }

    unit(key: string): Unit | undefined {
        return this.#units.get(key);
    }

    /** By qualified name in lower case. */
    class(key: string): ClassSymbol | undefined {
        return this.#classes.get(key);
    }

    classOf(type: UserType): ClassSymbol {
        const symbol = this.#classes.get(type.key);
        if (symbol === undefined) {
            throw new Error(`No class for the type ${type.name}.`);
        }
        return symbol;
    }

    classes(): Iterable<ClassSymbol> {
        return this.#classes.values();
    }

    object(type: ApexType): ObjectDef | undefined {
        return type.kind === 'sobject' && type !== SOBJECT ? this.schema.object(type.name) : undefined;
    }

    /**
     * The type a simple name means at a place in the code: inner classes of the class and its bases, of the outer class,
     * classes of the org, types of System and Schema, SObjects. ERROR_TYPE for a class that does not compile.
     */
    simpleType(name: string, from: ClassSymbol | undefined, unit: Unit, at: Node): ApexType | undefined {
        const lower = name.toLowerCase();
        for (let scope = from; scope !== undefined; scope = scope.outer) {
            const found = this.#innerType(scope, lower);
            if (found !== undefined) return this.#use(found, unit, at);
        }
        const own = this.#classes.get(lower);
        if (own !== undefined) return this.#use(own, unit, at);
        if (this.#units.has(lower)) {
            this.#depend(unit, lower, at);
            return ERROR_TYPE;
        }
        return this.platformSimpleType(name);
    }

    /** A platform type or SObject without namespace: `String`, `HttpRequest`, `Account`. */
    platformSimpleType(name: string): ApexType | undefined {
        const lower = name.toLowerCase();
        if (lower === 'sobject') return SOBJECT;
        const primitive = lower === 'null' || lower === 'void' ? undefined : primitiveType(name);
        if (primitive !== undefined) return primitive;
        const object = OBJECTS_AND_CLASSES.has(lower) ? this.schema.object(name) : undefined;
        if (object !== undefined) return sobjectType(object.name);
        for (const namespace of NAMESPACE_FALLBACKS) {
            const found = this.table.type(`${namespace}.${lower}`);
            if (found !== undefined) return platformType(found.name);
        }
        const other = this.schema.object(name);
        return other === undefined ? undefined : sobjectType(other.name);
    }

    /** A type behind a namespace: `Schema.SObjectType`, `Schema.Account`, `System.String`. */
    namespaceType(namespace: string, name: string): ApexType | undefined {
        const lower = namespace.toLowerCase();
        if (lower === 'system' && primitiveType(name) !== undefined) return primitiveType(name);
        if (lower === 'system' && name.toLowerCase() === 'sobject') return SOBJECT;
        const found = this.table.type(`${namespace}.${name}`);
        if (found !== undefined) return platformType(found.name);
        const object = lower === 'schema' ? this.schema.object(name) : undefined;
        return object === undefined ? undefined : sobjectType(object.name);
    }

    /** A type inside a type: an inner class, `ConnectApi.Outer.Inner`. */
    memberType(type: ApexType, name: string, unit: Unit, at: Node): ApexType | undefined {
        if (type.kind === 'user') {
            const inner = this.#innerType(this.classOf(type), name.toLowerCase());
            return inner === undefined ? undefined : this.#use(inner, unit, at);
        }
        if (type.kind === 'platform') {
            const found = this.table.type(`${type.key}.${name}`);
            return found === undefined ? undefined : platformType(found.name);
        }
        return undefined;
    }

    /** A qualified name of the signature table: `List`, `Id`, `Database.SaveResult`, or a type parameter. */
    platformNotation(name: string): ApexType {
        const dot = name.indexOf('.');
        const found =
            dot === -1 ? this.platformSimpleType(name) : this.namespaceType(name.slice(0, dot), name.slice(dot + 1));
        if (name === 'void') return primitiveType('void') as ApexType;
        return found ?? (this.schema.object(name) === undefined ? platformType(name) : sobjectType(name));
    }

    #innerType(symbol: ClassSymbol, lower: string): ClassSymbol | undefined {
        for (let scope: ClassSymbol | undefined = symbol; scope !== undefined; scope = this.superclass(scope)) {
            const inner = scope.inner.get(lower);
            if (inner !== undefined) return inner;
            if (scope.key === lower || scope.declaration.name.toLowerCase() === lower) return scope;
        }
        return undefined;
    }

    /** A type whose values are stubs of another. */
    stubType(stubbed: UserType): UserType {
        const type = userType(`${stubbed.name}__sfdc_ApexStub`);
        this.#stubs.set(type.key, stubbed);
        return type;
    }

    stubbed(type: UserType): readonly ApexType[] {
        const stubbed = this.#stubs.get(type.key);
        return stubbed === undefined ? [] : [stubbed];
    }

    /** The class of the org that this one extends. */
    superclass(symbol: ClassSymbol): ClassSymbol | undefined {
        return symbol.superclass?.kind === 'user' ? this.#classes.get(symbol.superclass.key) : undefined;
    }

    #use(symbol: ClassSymbol, unit: Unit, at: Node): UserType {
        this.#depend(unit, outermost(symbol).unit.key, at);
        return symbol.type;
    }

    #depend(unit: Unit, key: string, at: Node): void {
        if (key !== unit.key && !unit.dependencies.has(key)) {
            unit.dependencies.set(key, { line: at.line, column: at.column });
        }
    }
}
