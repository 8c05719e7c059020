import { deployedBundle } from '../../lwc/bundle.ts';
import { propertyTypes } from '../../lwc/configuration.ts';
import { publicMembers } from '../../lwc/references.ts';
import { detailPanel } from './record-parts.ts';
import { markup, type Markup } from './markup.ts';
import type { LightningPage, PageComponent } from './flexi-page.ts';
import type { VisibleRecord } from './record.ts';
import type { SessionContext } from '../surface.ts';

/** What a page is shown for: the components find their place in it. */
export interface PageContext extends SessionContext {
    readonly page: LightningPage;
    /** Of record pages. */
    readonly record?: VisibleRecord;
}

const WIDE_REGIONS = ['header', 'subheader', 'footer'];
const NARROW_REGIONS = ['sidebar', 'leftsidebar', 'rightsidebar', 'leftcol', 'rightcol', 'right', 'left'];
/** What the page's own header shows. */
const HIGHLIGHTS = ['force:highlightsPanel', 'record_flexipage:dynamicHighlights'];
const DETAILS = ['force:detailPanel', 'force:recordDetailPanelMobile'];

/** Regions in rows: headers over the full width, the others side by side. */
export function pageRegions(context: PageContext): Markup {
    const regions = [...context.page.regions].filter(([, components]) => components.length > 0);
    const columns = regions.filter(([name]) => !isWide(name));
    const wide = (position: 'above' | 'below'): readonly Markup[] =>
        regions
            .filter(([name]) => isWide(name) && (name.toLowerCase() === 'footer') === (position === 'below'))
            .map(([, components]) => markup`${componentList(context, components)}`);
    const grid = columns.map(([name, components]) => {
        const width = columns.length > 1 && NARROW_REGIONS.includes(name.toLowerCase()) ? 'narrow' : 'wide';
        return markup`<div class="host-region host-region_${width}">${componentList(context, components)}</div>`;
    });
    return markup`${wide('above')}<div class="host-regions">${grid}</div>${wide('below')}`;
}

function isWide(region: string): boolean {
    return WIDE_REGIONS.includes(region.toLowerCase());
}

function componentList(context: PageContext, components: readonly PageComponent[]): readonly Markup[] {
    return components.map((component) => {
        const shown = componentMarkup(context, component);
        const note = notice(`${component.name} is shown under a condition`, 'The local org shows it in any case.');
        return component.isConditional ? markup`${note}${shown}` : shown;
    });
}

function componentMarkup(context: PageContext, component: PageComponent): Markup {
    const { name } = component;
    if (!name.includes(':')) {
        return placeholder(context, component);
    }
    if (HIGHLIGHTS.includes(name) && context.record !== undefined) {
        return markup``;
    }
    if (DETAILS.includes(name) && context.record !== undefined) {
        return detailPanel(context, context.record);
    }
    if (name === 'flexipage:tabset' || name === 'flexipage:tabset2') {
        return tabset(context, component);
    }
    return notice(name, 'A standard component of the platform that the local org does not have.');
}

/** Where the start script mounts the component. */
function placeholder(context: PageContext, component: PageComponent): Markup {
    const { page, org, record } = context;
    const bundle = deployedBundle(org.metadata, component.name);
    if (bundle === undefined) {
        return notice(component.name, 'The org has no Lightning component bundle of that name.');
    }
    const types = propertyTypes(bundle, `lightning__${page.type}`);
    const properties: Record<string, unknown> = {};
    for (const [property, value] of component.properties) {
        properties[property] = typedValue(value, types.get(property));
    }
    const members = publicMembers(bundle);
    if (record !== undefined) {
        const given = { recordId: String(record.row.get('Id')), objectApiName: record.object.name };
        for (const [property, value] of Object.entries(given)) {
            if (members?.has(property) !== false) {
                properties[property] = value;
            }
        }
    }
    const spec = JSON.stringify({ module: `c/${bundle.name}`, tag: `c-${toKebab(bundle.name)}`, properties });
    return markup`<div class="host-component" data-component="${spec}" aria-busy="true">
        <div class="host-card host-loading">Loading ${bundle.name}</div>
    </div>`;
}

function typedValue(value: string, type: string | undefined): unknown {
    switch (type) {
        case 'Integer':
            return Number.parseInt(value, 10);
        case 'Boolean':
            return value === 'true';
        default:
            return value;
    }
}

function toKebab(name: string): string {
    return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A tab's title and content are components of the facet that the tab set names. */
function tabset(context: PageContext, component: PageComponent): Markup {
    const { facets } = context.page;
    const tabs = (facets.get(component.properties.get('tabs') ?? '') ?? []).map((tab, index) => ({
        id: `${context.page.name}-tab-${index}-${component.properties.get('tabs')}`,
        title: tabTitle(tab.properties.get('title') ?? tab.properties.get('label') ?? `Tab ${index + 1}`),
        content: facets.get(tab.properties.get('body') ?? '') ?? [],
        isFirst: index === 0
    }));
    const items = tabs.map(
        ({
            id,
            title,
            isFirst
        }) => markup`<li class="slds-tabs_default__item ${isFirst && 'slds-is-active'}" role="presentation">
            <a class="slds-tabs_default__link" role="tab" href="#${id}" id="${id}-tab" aria-controls="${id}"
                aria-selected="${String(isFirst)}" tabindex="${isFirst ? 0 : -1}">${title}</a>
        </li>`
    );
    const panels = tabs.map(
        ({ id, content, isFirst }) => markup`<div id="${id}" role="tabpanel" aria-labelledby="${id}-tab"
            class="slds-tabs_default__content ${isFirst ? 'slds-show' : 'slds-hide'}">${componentList(context, content)}</div>`
    );
    return markup`<div class="host-card host-tabs slds-tabs_default">
        <ul class="slds-tabs_default__nav" role="tablist">${items}</ul>${panels}
    </div>`;
}

/** `Standard.Tab.detail` is the platform's own label of a tab. */
function tabTitle(title: string): string {
    const prefix = 'Standard.Tab.';
    const key = title.startsWith(prefix) ? title.slice(prefix.length) : undefined;
    return key === undefined
        ? title
        : key.charAt(0).toUpperCase() + key.slice(1).replaceAll(/[A-Z]/g, (letter) => ` ${letter}`);
}

/** Says what the local org leaves out, where it would be. */
export function notice(title: string, text: string): Markup {
    return markup`<div class="host-notice" role="note">
        <p class="host-notice__title">${title}</p>
        <p>${text}</p>
    </div>`;
}
