/** Java generic signatures to Apex notation: `Ljava/util/List<TT;>;` style text to `List<T>`. */

const ROOT = 'com/nawforce/runforce/';

const PRIMITIVES: Readonly<Record<string, string>> = {
    V: 'void',
    Z: 'Boolean',
    I: 'Integer',
    J: 'Long',
    D: 'Double',
    F: 'Double'
};

/** Namespaces whose types Apex names without a qualifier. */
const UNQUALIFIED = new Set(['SObjects', 'SObjectStubs']);

/** The jar's stand-ins for types that Java cannot express. */
const INTERNAL: Readonly<Record<string, string>> = {
    'Internal/Object$': 'Object',
    'Internal/Any$': 'Object',
    'Internal/Null$': 'Object',
    'Internal/RecordSet$': 'List',
    'Internal/SObjectType$': 'Schema.SObjectType',
    'Internal/SObjectFields$': 'Schema.SObjectTypeFields',
    'Internal/SObjectTypeFields$': 'Schema.SObjectTypeFields',
    'Internal/SObjectTypeFieldSets$': 'Schema.SObjectTypeFieldSets',
    'Internal/DescribeSObjectResult$': 'Schema.DescribeSObjectResult',
    'Internal/SObjectFieldRowCause$': 'Schema.SObjectField',
    'Internal/Trigger$': 'System.Trigger',
    'Internal/Interface$': 'Object'
};

/** System types that Apex code writes without `System.`. */
const SIMPLE_SYSTEM = new Set(
    'Object Boolean Integer Long Double Decimal String Id Date Datetime Time Blob SObject List Set Map Iterable Iterator'.split(
        ' '
    )
);

/** Apex name of a class given in internal form: `…/System/HttpRequest` to `System.HttpRequest`, `…/System/List` to `List`. */
export function apexClassName(internalName: string): string {
    if (!internalName.startsWith(ROOT)) {
        // java.lang.Object and java.lang.String stand for Object and String.
        return internalName.slice(internalName.lastIndexOf('/') + 1);
    }
    const path = internalName.slice(ROOT.length);
    const internal = INTERNAL[path];
    if (internal !== undefined) {
        return internal;
    }
    const [namespace = '', ...rest] = path.split('/');
    const name = rest.join('.').replaceAll('$', '.');
    if (UNQUALIFIED.has(namespace) || (namespace === 'System' && SIMPLE_SYSTEM.has(name))) {
        return name;
    }
    return `${namespace}.${name}`;
}

export interface MethodTypes {
    readonly parameters: readonly string[];
    readonly returns: string;
}

/** Types of a method descriptor or signature: `(TK;Lcom/…/System/Integer;)TV;`. */
export function methodTypes(signature: string): MethodTypes {
    const reader = new SignatureReader(signature);
    reader.skipFormalParameters();
    return reader.method();
}

export function fieldType(signature: string): string {
    return new SignatureReader(signature).type();
}

export interface ClassTypes {
    readonly typeParameters: readonly string[];
    readonly superclass: string;
    readonly interfaces: readonly string[];
}

/** Type parameters and supertypes of a class signature: `<T:Ljava/lang/Object;>Ljava/lang/Object;L…Iterable<TT;>;`. */
export function classTypes(signature: string): ClassTypes {
    const reader = new SignatureReader(signature);
    const typeParameters = reader.skipFormalParameters();
    const superclass = reader.type();
    const interfaces: string[] = [];
    while (!reader.done()) {
        interfaces.push(reader.type());
    }
    return { typeParameters, superclass, interfaces };
}

class SignatureReader {
    readonly #text: string;
    #at = 0;

    constructor(text: string) {
        this.#text = text;
    }

    done(): boolean {
        return this.#at >= this.#text.length;
    }

    skipFormalParameters(): string[] {
        const names: string[] = [];
        if (this.#text[this.#at] !== '<') {
            return names;
        }
        this.#at += 1;
        while (this.#text[this.#at] !== '>') {
            const colon = this.#text.indexOf(':', this.#at);
            names.push(this.#text.slice(this.#at, colon));
            this.#at = colon;
            while (this.#text[this.#at] === ':') {
                this.#at += 1;
                if (this.#text[this.#at] !== ':') {
                    this.type();
                }
            }
        }
        this.#at += 1;
        return names;
    }

    method(): MethodTypes {
        this.#at += 1;
        const parameters: string[] = [];
        while (this.#text[this.#at] !== ')') {
            parameters.push(this.type());
        }
        this.#at += 1;
        return { parameters, returns: this.type() };
    }

    type(): string {
        const tag = this.#text[this.#at++];
        if (tag === '[') {
            return `List<${this.type()}>`;
        }
        if (tag === 'T') {
            return this.#until(';');
        }
        if (tag === 'L') {
            return this.#classType();
        }
        if (tag === '*') {
            return 'Object';
        }
        if (tag === '+' || tag === '-') {
            return this.type();
        }
        const primitive = PRIMITIVES[tag];
        if (primitive === undefined) {
            throw new Error(`Unknown type tag "${tag}" in signature ${this.#text}.`);
        }
        return primitive;
    }

    #classType(): string {
        let end = this.#at;
        while (this.#text[end] !== ';' && this.#text[end] !== '<') {
            end += 1;
        }
        const name = apexClassName(this.#text.slice(this.#at, end));
        this.#at = end;
        const args: string[] = [];
        if (this.#text[this.#at] === '<') {
            this.#at += 1;
            while (this.#text[this.#at] !== '>') {
                args.push(this.type());
            }
            this.#at += 1;
        }
        this.#at += 1;
        // Only Java knows Schema.SObjectType<Account>; in Apex the token has no type argument.
        return args.length === 0 || name.startsWith('Schema.') ? name : `${name}<${args.join(', ')}>`;
    }

    #until(stop: string): string {
        const end = this.#text.indexOf(stop, this.#at);
        const text = this.#text.slice(this.#at, end);
        this.#at = end + 1;
        return text;
    }
}
