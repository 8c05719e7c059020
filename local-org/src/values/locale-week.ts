const DAYS = 7;

/** Language, script and region; what the platform puts behind them, as in `de_DE_EURO`, no language tag has. */
const TAG = /^[a-z]{2,3}(?:_[a-z]{4})?(?:_[a-z]{2})?(?![a-z0-9])/i;

const known = new Map<string, number>();

/** First day of the week where a locale such as `en_US` is used: 0 Sunday, 1 Monday, to 6; Sunday when nobody knows it. */
export function firstDayOfWeek(locale: string): number {
    const found = known.get(locale) ?? ask(locale);
    known.set(locale, found);
    return found;
}

function ask(locale: string): number {
    const language = TAG.exec(locale)?.[0].replaceAll('_', '-') ?? [];
    const [tag] = Intl.DateTimeFormat.supportedLocalesOf(language);
    return tag === undefined ? 0 : new Intl.Locale(tag).getWeekInfo().firstDay % DAYS;
}
