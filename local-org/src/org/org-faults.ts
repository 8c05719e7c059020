/** Faults that the laboratory causes inside an org. */
export interface OrgFaults {
    /** Whether the rows of this change are locked by someone else. */
    readonly isLocked: (object: string) => boolean;
}
