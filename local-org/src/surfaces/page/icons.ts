import { markup, type Markup } from './markup.ts';
import { SLDS_1_URL } from '../../lwc/static-files.ts';

const STANDARD_ICONS: ReadonlySet<string> = new Set(
    `account asset asset_relationship assigned_resource campaign case contact contract dashboard entitlement event
    individual lead opportunity order partners person_account pricebook product quotes report service_contract task user
    work_order`.split(/\s+/)
);
const OTHER_NAMES: Readonly<Record<string, string>> = {
    pricebook2: 'pricebook',
    product2: 'product',
    quote: 'quotes',
    workorder: 'work_order'
};
const CUSTOM_ICONS = 100;

/** The icon of an object, as the App Builder would choose it; decorative. */
export function objectIcon(object: string, size: 'large' | 'small' = 'large'): Markup {
    const name = object.toLowerCase();
    const standard = OTHER_NAMES[name] ?? name;
    if (STANDARD_ICONS.has(standard)) {
        return boxedIcon('standard', standard, size);
    }
    const sum = [...name].reduce((total, character) => total + character.codePointAt(0)!, 0);
    return boxedIcon('custom', `custom${(sum % CUSTOM_ICONS) + 1}`, size);
}

export function boxedIcon(category: 'standard' | 'custom', name: string, size: 'large' | 'small' = 'large'): Markup {
    const classes = size === 'large' ? 'slds-icon' : 'slds-icon slds-icon_small';
    const container = `slds-icon_container slds-icon-${category}-${name.replaceAll('_', '-')}`;
    return markup`<span class="${container}">${svg(category, name, classes)}</span>`;
}

export function utilityIcon(name: string, size: 'x-small' | 'small' | 'xx-small' = 'x-small'): Markup {
    return svg('utility', name, `slds-icon slds-icon-text-default slds-icon_${size}`);
}

function svg(category: string, name: string, classes: string): Markup {
    const url = `${SLDS_1_URL}/icons/${category}-sprite/svg/symbols.svg#${name}`;
    return markup`<svg class="${classes}" aria-hidden="true" focusable="false"><use href="${url}"></use></svg>`;
}
