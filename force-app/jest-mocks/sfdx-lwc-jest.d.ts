/** The part of the Jest preset that the tests use; the package has no types of its own. */
declare module '@salesforce/sfdx-lwc-jest' {
    export interface ApexTestWireAdapter {
        emit(data: unknown): void;
        /** Provisions `{ body, ok: false, status, statusText }`. */
        error(body?: unknown, status?: number, statusText?: string): void;
        /** What the component last asked for. */
        getLastConfig(): Record<string, unknown>;
    }

    export interface LdsTestWireAdapter {
        emit(data: unknown): void;
    }

    export function createApexTestWireAdapter(callable: unknown): ApexTestWireAdapter;
}
