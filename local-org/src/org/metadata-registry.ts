/**
 * Deployed metadata as the org keeps it: the parsed document and its files, by type and full name. Handlers write here
 * (inside a deploy, which rolls back as a whole); the parts of the org that act on a type read from here.
 */
export interface MetadataComponent {
    readonly type: string;
    /** `AccountHelper`, `Account.Source_Record_Key__c`, `targetAccountPanel`. */
    readonly fullName: string;
    /** Record id of the component, with the platform's key prefix (`01p` for ApexClass). */
    readonly id: string;
    /** Path in the package to bytes: `classes/X.cls`, `classes/X.cls-meta.xml`. */
    readonly files: ReadonlyMap<string, Uint8Array>;
    /** The XML document as plain objects, arrays for repeated elements; undefined for types without one. */
    readonly document: Readonly<Record<string, unknown>> | undefined;
    readonly lastModified: number;
}

export interface MetadataRegistry {
    get(type: string, fullName: string): MetadataComponent | undefined;
    list(type: string): readonly MetadataComponent[];
    put(component: Omit<MetadataComponent, 'id' | 'lastModified'>): MetadataComponent;
    remove(type: string, fullName: string): boolean;
    /** Rises with each change of the type; caches key on it. */
    version(type: string): number;
}
