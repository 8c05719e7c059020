import { SLDS_1_URL, SLDS_2_URL } from '../../lwc/static-files.ts';
import type { HttpRequest } from '../../http/request.ts';

export interface Theme {
    readonly name: string;
    readonly label: string;
    readonly styleSheet: string;
    readonly bodyClass: string;
}

export const THEME_COOKIE = 'theme';

const COSMOS = `${SLDS_2_URL}/css/bundled/slds2.cosmos.css`;

export const THEMES: readonly Theme[] = [
    { name: 'slds2', label: 'SLDS 2 Cosmos', styleSheet: COSMOS, bodyClass: 'slds-color-scheme_light' },
    { name: 'dark', label: 'SLDS 2 Cosmos, dark', styleSheet: COSMOS, bodyClass: 'slds-color-scheme_dark' },
    {
        name: 'slds1',
        label: 'SLDS 1 Lightning',
        styleSheet: `${SLDS_1_URL}/styles/salesforce-lightning-design-system.min.css`,
        bodyClass: ''
    }
];

export function themeNamed(name: string | null | undefined): Theme | undefined {
    return THEMES.find((theme) => theme.name === name);
}

/** The theme of the browser's cookie, else the newest. */
export function themeOf(request: HttpRequest): Theme {
    return themeNamed(request.cookie(THEME_COOKIE)) ?? THEMES[0];
}

/** Path and query with another theme asked for. */
export function themeLink(request: HttpRequest, theme: Theme): string {
    const query = new URLSearchParams(request.query);
    query.set('theme', theme.name);
    return `${request.path}?${query}`;
}
