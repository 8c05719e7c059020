import { platformTypes, type PlatformClass } from '../../platform/signatures.ts';
import { NativeObject } from '../runtime/native-object.ts';
import type { Runtime } from '../runtime/runtime.ts';
import {
    nativeClass,
    type NativeClass,
    type NativeConstructor,
    type NativeMethod,
    type NativeProperty
} from './native.ts';

/** An object of a platform class that only holds values. Their names are kept as first written and found in any case. */
export class BeanObject extends NativeObject {
    readonly className: string;
    readonly #values = new Map<string, { readonly name: string; readonly value: unknown }>();

    constructor(className: string, values: Readonly<Record<string, unknown>> = {}) {
        super();
        this.className = className;
        for (const [name, value] of Object.entries(values)) this.set(name, value);
    }

    get(name: string): unknown {
        return this.#values.get(name.toLowerCase())?.value ?? null;
    }

    set(name: string, value: unknown): void {
        const key = name.toLowerCase();
        this.#values.set(key, { name: this.#values.get(key)?.name ?? name, value });
    }

    copy(): BeanObject {
        return new BeanObject(this.className, this.jsonFields());
    }

    override valueText(rt: Runtime): string {
        const parts = Array.from(this.#values.values(), ({ name, value }) => `${name}=${rt.toText(value)};`);
        return `${this.className}[${parts.join('')}]`;
    }

    override jsonFields(): Record<string, unknown> {
        return Object.fromEntries(Array.from(this.#values.values(), ({ name, value }) => [name, value]));
    }
}

export interface BeanOptions {
    /** Values of a new object. */
    readonly defaults?: (rt: Runtime) => Readonly<Record<string, unknown>>;
    /** Members that are more than a value, and constructors with parameters. */
    readonly extra?: Partial<Omit<NativeClass, 'name'>>;
    /** Made by the platform only: without a constructor. */
    readonly readOnly?: boolean;
    /** Constructors with parameters: the values that each takes, in order. */
    readonly parameters?: readonly (readonly string[])[];
}

/**
 * A platform class whose members are properties and their `getX()`, `isX()` and `setX(value)`, as the signature table
 * lists them. The table is read when the class is first used.
 */
export function beanClass(
    name: string,
    { defaults, extra, readOnly = false, parameters = [] }: BeanOptions = {}
): NativeClass {
    let members: Partial<NativeClass> | undefined;
    const table = (): Partial<NativeClass> => {
        members ??= beanMembers(name);
        return members;
    };
    const create = (rt: Runtime): BeanObject => new BeanObject(name, defaults?.(rt));
    const taking = parameters.map((names): [string, NativeConstructor] => [
        `/${names.length}`,
        (rt, _type, ...values: unknown[]) => {
            const bean = create(rt);
            names.forEach((property, index) => bean.set(property, values[index]));
            return bean;
        }
    ]);
    const constructors = { ...Object.fromEntries(taking), ...extra?.constructors };
    return nativeClass({
        ...extra,
        name,
        constructors: readOnly ? constructors : { '()': create, ...constructors },
        get methods() {
            return { ...table().methods, ...extra?.methods };
        },
        get properties() {
            return { ...table().properties, ...extra?.properties };
        }
    });
}

function beanMembers(className: string): Pick<NativeClass, 'methods' | 'properties'> {
    const type = platformTypes().type(className);
    if (type === undefined) throw new RangeError(`The platform has no ${className}.`);
    return { methods: accessors(type), properties: properties(type) };
}

function properties({ properties: listed }: PlatformClass): Record<string, NativeProperty> {
    return Object.fromEntries(
        listed
            .filter(({ isStatic }) => !isStatic)
            .map(({ name }) => [
                name,
                {
                    get: (_rt, self: BeanObject) => self.get(name),
                    set: (_rt, self: BeanObject, value: unknown) => self.set(name, value)
                }
            ])
    );
}

/** Accessors by `name/count`: a class that only holds values does not overload them. */
function accessors({ methods }: PlatformClass): Record<string, NativeMethod> {
    const found: Record<string, NativeMethod> = {};
    for (const { name, isStatic, parameters } of methods) {
        const property = propertyOf(name, parameters.length);
        if (isStatic || property === undefined) continue;
        found[`${name}/${parameters.length}`] =
            parameters.length === 0
                ? (_rt, self: BeanObject) => self.get(property)
                : (_rt, self: BeanObject, value: unknown) => self.set(property, value);
    }
    return found;
}

function propertyOf(method: string, count: number): string | undefined {
    const lower = method.toLowerCase();
    if (count === 1) return lower.startsWith('set') ? method.slice(3) : undefined;
    if (count > 1) return undefined;
    if (lower.startsWith('get')) return method.slice(3);
    return lower.startsWith('is') ? method.slice(2) : undefined;
}
