/** Language, script and region; what the platform puts behind them, as in `de_DE_EURO`, no language tag has. */
const TAG = /^[a-z]{2,3}(?:_[a-z]{4})?(?:_[a-z]{2})?(?![a-z0-9])/i;

/** The tag of a locale of the platform, such as `en-US` of `en_US`; undefined for one that Intl does not know. */
export function languageTag(locale: string): string | undefined {
    const tag = TAG.exec(locale)?.[0].replaceAll('_', '-');
    return tag === undefined ? undefined : Intl.DateTimeFormat.supportedLocalesOf(tag)[0];
}
