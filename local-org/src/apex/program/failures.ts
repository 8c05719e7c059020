import { ApexException, LimitExceeded } from '../runtime/apex-exception.ts';

/** How a transaction of Apex failed, as the platform reports it. */
export interface Failure {
    /** `System.DmlException`, `Outer.MyException`. */
    readonly typeName: string;
    readonly message: string | null;
    /** `System.ListException: List index out of bounds: 3`. */
    readonly text: string;
    readonly stackTrace: string;
    readonly line: number;
    readonly exception: ApexException | undefined;
}

/** The failure behind a caught value; faults of the engine itself are no failures of Apex and are thrown on. */
export function failureOf(error: unknown): Failure {
    if (error instanceof ApexException || error instanceof LimitExceeded) {
        return {
            typeName: error.typeName,
            message: error.message,
            text: error.toString(),
            stackTrace: error.stackText,
            line: error.stack[0]?.line ?? -1,
            exception: error instanceof ApexException ? error : undefined
        };
    }
    throw error;
}
