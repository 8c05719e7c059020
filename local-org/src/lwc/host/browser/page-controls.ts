/** Menus are `<details class="host-menu">`: they close on Escape and on a click elsewhere. */
export function wireMenus(): void {
    const menus = [...document.querySelectorAll<HTMLDetailsElement>('details.host-menu')];
    document.addEventListener('click', (event) => {
        for (const menu of menus.filter((candidate) => !event.composedPath().includes(candidate))) {
            menu.open = false;
        }
    });
    for (const menu of menus) {
        menu.addEventListener('keydown', (event) => {
            if (event.key === 'Escape' && menu.open) {
                menu.open = false;
                menu.querySelector('summary')?.focus();
            }
        });
    }
}

const ARROWS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** Tab sets of a page layout, with the keys of the ARIA tabs pattern. */
export function wireTabs(): void {
    for (const list of document.querySelectorAll<HTMLElement>('.host-tabs [role="tablist"]')) {
        const tabs = [...list.querySelectorAll<HTMLElement>('[role="tab"]')];
        for (const [index, tab] of tabs.entries()) {
            tab.addEventListener('click', () => selectTab(tabs, tab));
            tab.addEventListener('keydown', ({ key }) => {
                const step = ARROWS[key];
                if (step !== undefined) {
                    const next = tabs[(index + step + tabs.length) % tabs.length];
                    selectTab(tabs, next);
                    next.focus();
                }
            });
        }
    }
}

function selectTab(tabs: readonly HTMLElement[], selected: HTMLElement): void {
    for (const tab of tabs) {
        const isSelected = tab === selected;
        tab.setAttribute('aria-selected', String(isSelected));
        tab.tabIndex = isSelected ? 0 : -1;
        tab.parentElement?.classList.toggle('slds-is-active', isSelected);
        const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
        panel?.classList.toggle('slds-show', isSelected);
        panel?.classList.toggle('slds-hide', !isSelected);
    }
}
