import type { PlatformClass, PlatformMethod, PlatformProperty, SignatureTable } from '../../platform/signatures.ts';
import { platformType, substitute } from '../types/apex-types.ts';
import { parseTypeName, type TypeName } from '../types/type-names.ts';
import type { ApexType, PlatformType } from '../types/types.ts';
import type { NativeCatalog } from './native-catalog.ts';
import { parseSignature } from '../../platform/parse-signature.ts';

/** A method, constructor or property of a platform class with the type arguments of one use put in. */
export interface PlatformMember {
    /** Class that declares it, in the platform's spelling: the key into the library. */
    readonly className: string;
    readonly name: string;
    readonly isStatic: boolean;
    readonly isAbstract: boolean;
    readonly parameters: readonly ApexType[];
    readonly returns: ApexType;
    /** Key of the implementation; undefined when the library has none. */
    readonly implementation: string | undefined;
}

export interface PlatformPropertyMember {
    readonly className: string;
    readonly name: string;
    readonly isStatic: boolean;
    readonly type: ApexType;
    readonly implementation: { readonly key: string; readonly get: boolean; readonly set: boolean } | undefined;
}

interface ClassMembers {
    readonly info: PlatformClass;
    readonly methods: ReadonlyMap<string, readonly PlatformMember[]>;
    readonly constructors: readonly PlatformMember[];
    readonly properties: ReadonlyMap<string, PlatformPropertyMember>;
    readonly supertypes: readonly ApexType[];
}

/** Members of platform types from the signature table, joined with what the library implements. */
export class PlatformMembers {
    readonly #table: SignatureTable;
    readonly #natives: NativeCatalog;
    readonly #resolveName: (name: string) => ApexType;
    readonly #cache = new Map<string, ClassMembers | undefined>();

    constructor(table: SignatureTable, natives: NativeCatalog, resolveName: (name: string) => ApexType) {
        this.#table = table;
        this.#natives = natives;
        this.#resolveName = resolveName;
    }

    info(key: string): PlatformClass | undefined {
        return this.#members(key)?.info;
    }

    /** Overloads by name of the type and what it inherits, the type's own first. */
    methods(type: PlatformType, name: string): PlatformMember[] {
        const own = (this.#members(type.key)?.methods.get(name.toLowerCase()) ?? []).map((member) =>
            this.#bind(member, type)
        );
        const inherited = this.supertypes(type).flatMap((supertype) =>
            supertype.kind === 'platform' ? this.methods(supertype, name) : []
        );
        return own.concat(inherited.filter((candidate) => !own.some((member) => sameParameters(member, candidate))));
    }

    /** Every abstract method of an interface, with its supertypes'. */
    abstractMethods(type: PlatformType): PlatformMember[] {
        const own = [...(this.#members(type.key)?.methods.values() ?? [])].flat().filter((member) => member.isAbstract);
        return own
            .map((member) => this.#bind(member, type))
            .concat(
                this.supertypes(type).flatMap((supertype) =>
                    supertype.kind === 'platform' ? this.abstractMethods(supertype) : []
                )
            );
    }

    constructors(type: PlatformType): PlatformMember[] {
        return (this.#members(type.key)?.constructors ?? []).map((member) => this.#bind(member, type));
    }

    property(type: PlatformType, name: string): PlatformPropertyMember | undefined {
        const own = this.#members(type.key)?.properties.get(name.toLowerCase());
        if (own !== undefined) {
            return { ...own, type: substitute(own.type, this.#arguments(type)) };
        }
        for (const supertype of this.supertypes(type)) {
            const inherited = supertype.kind === 'platform' ? this.property(supertype, name) : undefined;
            if (inherited !== undefined) return inherited;
        }
        return undefined;
    }

    /** Superclass and interfaces, with type arguments. */
    supertypes(type: PlatformType): ApexType[] {
        const parameters = this.#arguments(type);
        return (this.#members(type.key)?.supertypes ?? []).map((supertype) => substitute(supertype, parameters));
    }

    enumValues(key: string): readonly string[] {
        return this.#members(key)?.info.enumValues ?? [];
    }

    /** A type in the table's notation: `Map<String, List<T>>`. */
    notation(text: string): ApexType {
        return this.#resolve(parseTypeName(text));
    }

    #resolve(name: TypeName): ApexType {
        const type = this.#resolveName(name.name);
        if (name.args.length === 0 || type.kind !== 'platform') {
            return type;
        }
        const args = name.args.map((arg) => this.#resolve(arg));
        return platformType(this.#table.type(type.key)?.name ?? type.name, args);
    }

    #arguments(type: PlatformType): ReadonlyMap<string, ApexType> {
        const parameters = this.#members(type.key)?.info.typeParameters ?? [];
        // A generic type named without arguments holds Objects: `instanceof List`.
        const values = parameters.map((_, index) => type.args[index] ?? this.#resolveName('Object'));
        return new Map(parameters.map((name, index) => [name.toLowerCase(), values[index]]));
    }

    #bind(member: PlatformMember, type: PlatformType): PlatformMember {
        const parameters = this.#arguments(type);
        if (parameters.size === 0) {
            return member;
        }
        return {
            ...member,
            parameters: member.parameters.map((parameter) => substitute(parameter, parameters)),
            returns: substitute(member.returns, parameters)
        };
    }

    #members(key: string): ClassMembers | undefined {
        if (!this.#cache.has(key)) {
            const info = this.#table.type(key);
            this.#cache.set(key, info === undefined ? undefined : this.#read(info));
        }
        return this.#cache.get(key);
    }

    #read(info: PlatformClass): ClassMembers {
        const methods = new Map<string, PlatformMember[]>();
        const add = (method: PlatformMethod): void => {
            const overloads = methods.get(method.name.toLowerCase()) ?? [];
            const member = this.#member(info, method);
            if (!overloads.some((other) => sameParameters(other, member))) {
                methods.set(method.name.toLowerCase(), [...overloads, member]);
            }
        };
        this.#natives.extraSignatures(info.name).forEach((text) => {
            const signature = parseSignature(text);
            if (signature.kind === 'method') add(signature);
        });
        info.methods.forEach(add);
        const extraConstructors = this.#natives
            .extraSignatures(info.name)
            .map(parseSignature)
            .filter((signature) => signature.kind === 'constructor');
        return {
            info,
            methods,
            constructors: [...extraConstructors, ...info.constructors].map((constructor) => ({
                className: info.name,
                name: '<init>',
                isStatic: false,
                isAbstract: false,
                parameters: constructor.parameters.map((parameter) => this.notation(parameter)),
                returns: platformType(info.name),
                implementation: this.#natives.constructor_(info.name, constructor.parameters)
            })),
            properties: this.#properties(info),
            supertypes: [info.superclass, ...info.interfaces].flatMap((name) =>
                name === undefined ? [] : [this.notation(name)]
            )
        };
    }

    #properties(info: PlatformClass): ReadonlyMap<string, PlatformPropertyMember> {
        const extra = this.#natives.extraSignatures(info.name).map(parseSignature);
        const all: PlatformProperty[] = [
            ...info.properties,
            ...extra.filter((signature) => signature.kind === 'property')
        ];
        return new Map(
            all.map((property) => [
                property.name.toLowerCase(),
                {
                    className: info.name,
                    name: property.name,
                    isStatic: property.isStatic,
                    type: this.notation(property.type),
                    implementation: this.#natives.property(info.name, property.name, property.isStatic)
                }
            ])
        );
    }

    #member(info: PlatformClass, method: PlatformMethod): PlatformMember {
        return {
            className: info.name,
            name: method.name,
            isStatic: method.isStatic,
            isAbstract: method.isAbstract,
            parameters: method.parameters.map((parameter) => this.notation(parameter)),
            returns: this.notation(method.returns),
            implementation: this.#natives.method(info.name, method.name, method.parameters, method.isStatic)
        };
    }
}

function sameParameters(left: PlatformMember, right: PlatformMember): boolean {
    return (
        left.parameters.length === right.parameters.length &&
        left.parameters.every((parameter, index) => parameter === right.parameters[index])
    );
}
