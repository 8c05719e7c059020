import { createElement } from 'lwc';
import { refreshAllApex } from './apex.ts';
import { REFRESH_EVENT, runRefreshHandlers } from './lightning/refresh.ts';
import { RECORDS_CHANGED, refreshAllRecords } from './lightning/uiRecordApi.ts';
import { refreshFragments } from './fragments.ts';
import { wireMenus, wireTabs } from './page-controls.ts';
import { failureBox, showToast, wireToasts } from './feedback.ts';

/** One component of the page, from its placeholder `<div data-component="…">`. */
interface ComponentSpec {
    /** `c/targetAccountPanel` */
    readonly module: string;
    /** `c-target-account-panel` */
    readonly tag: string;
    readonly properties: Readonly<Record<string, unknown>>;
}

type ComponentModule = { readonly default: Parameters<typeof createElement>[1]['is'] };

wireToasts();
wireMenus();
wireTabs();
wireRefresh();
wireFaults();
await mountComponents();
document.documentElement.dataset['ready'] = 'true';

async function mountComponents(): Promise<void> {
    const places = [...document.querySelectorAll<HTMLElement>('[data-component]')];
    await Promise.all(places.map((place) => mount(place)));
}

async function mount(place: HTMLElement): Promise<void> {
    const spec = JSON.parse(place.dataset['component']!) as ComponentSpec;
    try {
        const module = (await import(spec.module)) as ComponentModule;
        const element = createElement(spec.tag, { is: module.default });
        Object.assign(element, spec.properties);
        place.replaceChildren(element);
    } catch (error) {
        place.replaceChildren(failureBox(`${spec.module} could not be shown`, error));
    }
    place.removeAttribute('aria-busy');
}

/** RefreshEvent reads the whole page again; a change of records what the page shows of records. */
function wireRefresh(): void {
    window.addEventListener(REFRESH_EVENT, () => {
        void Promise.all([runRefreshHandlers(), refreshAllRecords(), refreshAllApex(), refreshFragments()]);
    });
    window.addEventListener(RECORDS_CHANGED, () => void refreshFragments());
}

/** What no component caught is shown, as the platform shows it: nothing fails in silence. */
function wireFaults(): void {
    const report = (error: unknown): void => {
        const message = error instanceof Error ? error.message : JSON.stringify(error);
        showToast({ title: 'A component failed', message, variant: 'error', mode: 'sticky' });
    };
    window.addEventListener('error', (event) => report(event.error ?? event.message));
    window.addEventListener('unhandledrejection', (event) => report(event.reason));
}
