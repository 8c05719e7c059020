import { documentsOf, textOf } from '../../schema/document.ts';
import type { MetadataComponent, MetadataDocument } from '../../org/metadata-registry.ts';
import type { LocalOrg } from '../../org/local-org.ts';

/** A component placed on a Lightning page. */
export interface PageComponent {
    /** `force:detailPanel`, or the bundle's name for a component of the org. */
    readonly name: string;
    readonly properties: ReadonlyMap<string, string>;
    /** Shown under a condition only. */
    readonly isConditional: boolean;
}

export interface LightningPage {
    readonly name: string;
    readonly label: string;
    readonly type: string;
    /** By name, in the order of the page. */
    readonly regions: ReadonlyMap<string, readonly PageComponent[]>;
    /** Parts of a region that a component shows, a tab for example. */
    readonly facets: ReadonlyMap<string, readonly PageComponent[]>;
}

const PAGE_TYPE = 'FlexiPage';

/** The page of an object's records: what the object's View action names, else the one deployed last. */
export function recordPageOf(org: LocalOrg, object: string): LightningPage | undefined {
    const candidates = org.metadata
        .list(PAGE_TYPE)
        .filter(
            ({ document }) => textOf(document, 'type') === 'RecordPage' && textOf(document, 'sobjectType') === object
        );
    const assigned = documentsOf(org.metadata.get('CustomObject', object)?.document, 'actionOverrides').find(
        (override) => textOf(override, 'actionName') === 'View' && textOf(override, 'type') === 'Flexipage'
    );
    const named = candidates.find(({ fullName }) => fullName === textOf(assigned, 'content'));
    const newest = candidates.toSorted((left, right) => right.lastModified - left.lastModified)[0];
    const page = named ?? newest;
    return page && readPage(page);
}

export function pageNamed(org: LocalOrg, name: string): LightningPage | undefined {
    const page = org.metadata.get(PAGE_TYPE, name);
    return page && readPage(page);
}

function readPage({ fullName, document }: MetadataComponent): LightningPage {
    const parts = documentsOf(document, 'flexiPageRegions').map((region) => ({
        name: textOf(region, 'name') ?? '',
        isFacet: textOf(region, 'type') === 'Facet',
        components: componentsOf(region)
    }));
    const collect = (wantFacets: boolean): Map<string, readonly PageComponent[]> =>
        new Map(parts.filter(({ isFacet }) => isFacet === wantFacets).map((part) => [part.name, part.components]));
    return {
        name: fullName,
        label: textOf(document, 'masterLabel') ?? fullName,
        type: textOf(document, 'type') ?? '',
        regions: collect(false),
        facets: collect(true)
    };
}

/** Regions of older API versions hold `componentInstances`, newer ones `itemInstances` around them. */
function componentsOf(region: MetadataDocument): readonly PageComponent[] {
    const items = documentsOf(region, 'itemInstances').flatMap((item) => documentsOf(item, 'componentInstance'));
    return [...items, ...documentsOf(region, 'componentInstances')].map((instance) => {
        const name = textOf(instance, 'componentName') ?? '';
        const properties = documentsOf(instance, 'componentInstanceProperties').map((property): [string, string] => [
            textOf(property, 'name') ?? '',
            textOf(property, 'value') ?? ''
        ]);
        return {
            name: name.startsWith('c:') ? name.slice(2) : name,
            properties: new Map(properties),
            isConditional: instance['visibilityRule'] !== undefined
        };
    });
}
