import type { ApexType } from '../types/types.ts';

/** One line of a stack trace. */
export interface StackLine {
    /** `Class.Foo.bar`, `Trigger.Foo`, `AnonymousBlock`. */
    readonly where: string;
    readonly line: number;
}

/**
 * An exception of Apex, of the platform or of the org: `throw`, `rt.throwNew` and uncaught failures all use it. Classes
 * of the org that extend Exception are subclasses of it.
 */
export class ApexException {
    /** Its exact type. */
    readonly apexType: ApexType;
    message: string | null;
    cause: ApexException | null;
    /** Where it was created, innermost first; the runtime fills it in. */
    stack: readonly StackLine[] = [];
    /** What the class that threw it knows beyond the text: DmlException its rows, QueryException its fields. */
    details: object | undefined;

    constructor(apexType: ApexType, message: string | null = null, cause: ApexException | null = null) {
        this.apexType = apexType;
        this.message = message;
        this.cause = cause;
    }

    /** Exceptions of the org with initialisers override it; see `emit/emit-classes.ts`. */
    $initializeAll(): object {
        return this;
    }

    /** `System.DmlException`, `Outer.MyException`. */
    get typeName(): string {
        return this.apexType.name;
    }

    /** As `getStackTraceString()` gives it. */
    get stackText(): string {
        return this.stack.map(({ where, line }) => `${where}: line ${line}, column 1`).join('\n');
    }

    /** What `getMessage()` gives; code that threw it without a message is all that is known of it then. */
    get shownMessage(): string {
        return this.message ?? 'Script-thrown exception';
    }

    /** As an uncaught exception is reported: `System.ListException: List index out of bounds: 3`. */
    toString(): string {
        return this.shownMessage === '' ? this.typeName : `${this.typeName}: ${this.shownMessage}`;
    }
}

/**
 * Throws what is no JavaScript error: an Apex exception has a type, a stack and fields of its own, and is made too often
 * in a running program for a JavaScript stack to be taken each time.
 */
export function throwApex(failure: ApexException | LimitExceeded): never {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- see above
    throw failure;
}

/** A governor limit is exceeded. Apex cannot catch it, so it is no ApexException. */
export class LimitExceeded {
    readonly message: string;
    stack: readonly StackLine[] = [];

    constructor(message: string) {
        this.message = message;
    }

    get typeName(): string {
        return 'System.LimitException';
    }

    get stackText(): string {
        return this.stack.map(({ where, line }) => `${where}: line ${line}, column 1`).join('\n');
    }

    toString(): string {
        return `System.LimitException: ${this.message}`;
    }
}
