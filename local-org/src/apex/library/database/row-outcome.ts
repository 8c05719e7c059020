import { ApexException } from '../../runtime/apex-exception.ts';
import type { DmlFailureDetails } from '../../runtime/data.ts';
import type { DmlRowError, Runtime } from '../../runtime/runtime.ts';

/**
 * Runs work that writes several rows as one. Without `allOrNone` its DmlException becomes the errors of a result, and
 * what it wrote is undone either way.
 */
export function attempt<T>(
    rt: Runtime,
    allOrNone: boolean,
    work: () => T
): { readonly value: T } | { readonly errors: readonly DmlRowError[] } {
    try {
        return { value: rt.org.database.atomic(work) };
    } catch (error) {
        if (allOrNone || !(error instanceof ApexException) || error.typeName !== 'System.DmlException') throw error;
        return { errors: (error.details as DmlFailureDetails | undefined)?.failures ?? [] };
    }
}
