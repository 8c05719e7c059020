import type { Document } from './document.ts';

/** A component of the kinds that are migrated. */
export interface LegacyComponent {
    readonly type: 'ConnectedApp' | 'AuthProvider' | 'NamedCredential' | 'PermissionSet';
    readonly fullName: string;
    readonly document: Document;
}

/** A file in source format; the path is relative to the folder that is written. */
export interface MigratedFile {
    readonly path: string;
    readonly content: string;
}

/** Something that has no place in the new metadata, or that only a person or another org can add. */
export interface NotCarried {
    /** `ConnectedApp Billing` */
    readonly component: string;
    readonly what: string;
    /** What to do instead. */
    readonly instead: string;
}

export interface Migrated {
    readonly files: readonly MigratedFile[];
    readonly notCarried: readonly NotCarried[];
}
