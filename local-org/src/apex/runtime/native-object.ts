import type { Runtime } from './runtime.ts';

/**
 * An object of a platform class that is not a primitive, a collection or an SObject: `System.HttpRequest`,
 * `Database.SaveResult`. Subclasses live next to the `nativeClass` that gives them their Apex members.
 */
export abstract class NativeObject {
    /** Qualified name of its class, the key into the signature table without regard to case. */
    abstract readonly className: string;

    /** Equality by value, for `==`, Map and Set; identity when absent. Goes together with `valueHash`. */
    valueEquals?(rt: Runtime, other: NativeObject): boolean;
    valueHash?(rt: Runtime): number;
    /** As `String.valueOf` prints it; the class name when absent. */
    valueText?(rt: Runtime): string;
    /** What `JSON.serialize` writes, by name; a class without it, or that gives undefined, has no JSON form. */
    jsonFields?(): Readonly<Record<string, unknown>> | undefined;
    /** What `JSON.serialize` writes, of a class that is a text in JSON. */
    jsonText?(): string;
}
