import type { LocalOrg } from '../../org/local-org.ts';
import type { MetadataComponent, MetadataDocument } from '../../org/metadata-registry.ts';
import type { PackageComponent, PackageProblem } from '../package/package-components.ts';
import type { PackageFiles } from '../package/package-files.ts';

/** What a handler sees of the deploy: the org with the whole package already in its registry. */
export interface DeployContext {
    readonly org: LocalOrg;
}

/** Rules of one metadata type. What is absent has the common behaviour: keep the document, check nothing more. */
export interface MetadataHandler {
    /** The document that the org keeps: merged with the one before, without secrets. */
    readonly prepare?: (document: MetadataDocument, previous: MetadataComponent | undefined) => MetadataDocument;
    /** Faults in the component itself and in what it refers to. Runs when the whole package is staged. */
    readonly check?: (
        component: PackageComponent,
        context: DeployContext,
        previous: MetadataComponent | undefined
    ) => readonly PackageProblem[];
    /** The content files that the org keeps, where they are not those of the package. */
    readonly prepareFiles?: (
        component: PackageComponent,
        previous: MetadataComponent | undefined,
        context: DeployContext
    ) => PackageFiles;
    /** Takes what must not be in the registry, secrets above all. Runs when the deploy is kept. */
    readonly keep?: (component: PackageComponent, context: DeployContext) => void;
    /** Components that the platform keeps along with this one; called when it is staged. */
    readonly stageParts?: (component: PackageComponent, context: DeployContext) => void;
    /** Takes those components away again when this one is deleted. */
    readonly removeParts?: (fullName: string, context: DeployContext) => void;
}
