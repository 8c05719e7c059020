const DAYS = 7;

/** What Intl answers and the type library does not know yet (ECMA-402, Intl.Locale.prototype.getWeekInfo). */
interface WeekInfo {
    /** 1 Monday to 7 Sunday. */
    readonly firstDay: number;
}

const known = new Map<string, number>();

/** First day of the week where a locale such as `en_US` is used: 0 Sunday, 1 Monday, to 6; Sunday when nobody knows it. */
export function firstDayOfWeek(locale: string): number {
    const found = known.get(locale) ?? ask(locale);
    known.set(locale, found);
    return found;
}

function ask(locale: string): number {
    const [tag] = Intl.DateTimeFormat.supportedLocalesOf(locale.replaceAll('_', '-'));
    if (tag === undefined) return 0;
    const asked = new Intl.Locale(tag) as Intl.Locale & { getWeekInfo(): WeekInfo };
    return asked.getWeekInfo().firstDay % DAYS;
}
