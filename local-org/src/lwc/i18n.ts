import type { ModuleUser } from './platform-modules.ts';

/** Formats of the one locale that the local org writes numbers and dates in. */
const EN_US: Readonly<Record<string, unknown>> = {
    currency: 'USD',
    defaultCurrency: 'USD',
    'dateTime.shortDateFormat': 'M/d/yyyy',
    'dateTime.mediumDateFormat': 'MMM d, yyyy',
    'dateTime.longDateFormat': 'MMMM d, yyyy',
    'dateTime.shortTimeFormat': 'h:mm a',
    'dateTime.mediumTimeFormat': 'h:mm:ss a',
    'dateTime.shortDateTimeFormat': 'M/d/yyyy h:mm a',
    'dateTime.mediumDateTimeFormat': 'MMM d, yyyy, h:mm:ss a',
    dir: 'ltr',
    firstDayOfWeek: 1,
    'number.currencyFormat': '¤#,##0.00',
    'number.currencySymbol': '$',
    'number.decimalSeparator': '.',
    'number.groupingSeparator': ',',
    'number.numberFormat': '#,##0.###',
    'number.percentFormat': '#,##0%',
    showJapaneseCalendar: false
};

/** `@salesforce/i18n/<name>`; undefined when there is no such value. */
export function i18nValue(name: string, user: ModuleUser): { readonly value: unknown } | undefined {
    switch (name) {
        case 'lang':
            return { value: user.language.replace('_', '-') };
        case 'locale':
            return { value: user.locale.replace('_', '-') };
        case 'timeZone':
            return { value: user.timeZone };
        default:
            return user.locale === 'en_US' && name in EN_US ? { value: EN_US[name] } : undefined;
    }
}
