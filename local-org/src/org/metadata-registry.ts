/**
 * Deployed metadata as the org keeps it: the parsed document and its files, by type and full name. Handlers write here
 * (inside a deploy, which rolls back as a whole); the parts of the org that act on a type read from here.
 *
 * Granularity is that of package.xml members: the children of a custom object (`CustomField`, `RecordType`,
 * `ValidationRule`, `ListView`, `CompactLayout`, `FieldSet`, `WebLink`, `BusinessProcess`, …) and each `CustomLabel` are
 * components of their own; the `CustomObject` document holds the rest of the object. `Settings` is named without its
 * suffix (`ExternalClientApp`), a `CustomMetadata` record `Type.Record` without `__mdt`. Each principal of an external
 * credential is an `ExternalCredentialParameter` named `<credential>-<principal>` besides.
 */
export interface MetadataComponent {
    readonly type: string;
    /** `AccountHelper`, `Account.Source_Record_Key__c`, `targetAccountPanel`. */
    readonly fullName: string;
    /** Record id of the component, with the platform's key prefix (`01p` for ApexClass). Stays over updates. */
    readonly id: string;
    /** Path in the package to bytes: `classes/X.cls`, `classes/X.cls-meta.xml`. Empty when the document says it all. */
    readonly files: ReadonlyMap<string, Uint8Array>;
    /** The XML document, see MetadataDocument; undefined for types without one. */
    readonly document: MetadataDocument | undefined;
    /** Milliseconds since 1970-01-01 UTC. */
    readonly lastModified: number;
}

/**
 * The content of the root element. Every simple value is the text of its element, numbers and booleans too: `'true'`,
 * `'255'`. Elements that the Metadata API declares as repeated are arrays even when there is one of them, and are
 * missing when there is none; elements with children are documents. The value of a custom metadata record
 * (`<value xsi:type="xsd:double">`) is `{ type: 'xsd:double', text: '1' }`, without `text` when it is nil.
 */
export interface MetadataDocument {
    readonly [element: string]: MetadataValue | undefined;
}

export type MetadataValue = string | MetadataDocument | readonly (string | MetadataDocument)[];

export interface MetadataRegistry {
    /** Names are compared without case, as the platform compares them. */
    get(type: string, fullName: string): MetadataComponent | undefined;
    /** In order of first deployment. */
    list(type: string): readonly MetadataComponent[];
    put(component: Omit<MetadataComponent, 'id' | 'lastModified'>): MetadataComponent;
    remove(type: string, fullName: string): boolean;
    /** Rises with each change of the type, rollbacks included; caches key on it. */
    version(type: string): number;
}

/** What the owner of the registry (a deploy, the snapshot of an org) may do beyond reading and writing. */
export interface TransactionalMetadataRegistry extends MetadataRegistry {
    /** Types with at least one component. */
    types(): readonly string[];
    savepoint(): RegistrySavepoint;
    /** Brings back the content at the savepoint. Ids given since are not given again. */
    rollback(to: RegistrySavepoint): void;
    snapshot(): RegistrySnapshot;
    restore(from: RegistrySnapshot): void;
}

declare const registrySavepointBrand: unique symbol;
export type RegistrySavepoint = { readonly [registrySavepointBrand]: true };

/** Plain JSON; file contents are base64. Handlers keep secrets out of documents and files, so it holds none. */
export interface RegistrySnapshot {
    readonly components: readonly {
        readonly type: string;
        readonly fullName: string;
        readonly id: string;
        readonly lastModified: number;
        readonly document?: MetadataDocument;
        readonly files: Readonly<Record<string, string>>;
    }[];
}
