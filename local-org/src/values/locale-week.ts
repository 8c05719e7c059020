import { languageTag } from './language-tag.ts';

const DAYS = 7;

const known = new Map<string, number>();

/** First day of the week where a locale such as `en_US` is used: 0 Sunday, 1 Monday, to 6; Sunday when nobody knows it. */
export function firstDayOfWeek(locale: string): number {
    const found = known.get(locale) ?? ask(locale);
    known.set(locale, found);
    return found;
}

function ask(locale: string): number {
    const tag = languageTag(locale);
    return tag === undefined ? 0 : new Intl.Locale(tag).getWeekInfo().firstDay % DAYS;
}
