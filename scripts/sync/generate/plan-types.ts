import type { ObjectPair } from './object-facts.ts';

export type Direction = 'Both' | 'SourceToTarget' | 'TargetToSource';
export type ConflictPolicy = 'Source' | 'Target' | 'Newest' | 'Ask';
export type DeletePolicy = 'Mirror' | 'Keep';
export type Transform = 'None' | 'Picklist' | 'Reference' | 'RecordType' | 'Owner' | 'Currency';

/** Fields of the two orgs that belong together. */
export interface FieldNames {
    readonly source: string;
    readonly target: string;
}

/** What is asked for. */
export interface ObjectRequest {
    readonly source: string;
    readonly target: string;
    /** Pairs whose names differ. */
    readonly renamed: readonly FieldNames[];
    /** Only these fields of the source org; all that can be mapped when absent. */
    readonly only?: readonly string[];
    readonly direction?: Direction;
}

export interface PlanOptions {
    readonly direction: Direction;
    readonly conflictPolicy: ConflictPolicy;
    readonly deletePolicy: DeletePolicy;
    /** Owners and lookups to users travel too, by e-mail address. */
    readonly people: boolean;
}

/** A mapping that exists, as far as others depend on it. */
export interface MappedObject {
    readonly name: string;
    readonly source: string;
    readonly target: string;
    readonly order: number;
}

export interface PlannedField extends FieldNames {
    /** Developer name of the Sync Field. */
    readonly name: string;
    readonly transform: Transform;
    readonly value: string | undefined;
}

/** A field that is not mapped, and why. */
export interface LeftOut {
    readonly object: string;
    readonly field: string;
    readonly reason: string;
}

/** Why an object cannot be mapped. */
export interface Refusal {
    readonly object: string;
    readonly field: string | undefined;
    readonly code: string;
    readonly message: string;
}

export interface PlannedObject extends MappedObject {
    readonly direction: Direction;
    readonly facts: ObjectPair;
    readonly fields: readonly PlannedField[];
    readonly leftOut: readonly LeftOut[];
    /** What people should know before they deploy. */
    readonly warnings: readonly string[];
    /** Developer names of record types that both orgs have. */
    readonly recordTypes: readonly string[];
    /** Names, in either org, of the mapped objects to which it refers. */
    readonly mappedParents: readonly string[];
    readonly policies: { readonly conflict: ConflictPolicy; readonly remove: DeletePolicy };
}
