/**
 * `{0}` placeholders of java.text.MessageFormat; `''` is an apostrophe and apostrophes quote what is between them. A
 * placeholder without an argument stays. Throws RangeError for one that is no number.
 */
export function formatMessage(pattern: string, texts: readonly string[]): string {
    let result = '';
    let quoted = false;
    for (let index = 0; index < pattern.length; index++) {
        const char = pattern[index];
        if (char === "'" && pattern[index + 1] === "'") {
            result += "'";
            index++;
        } else if (char === "'") {
            quoted = !quoted;
        } else if (char === '{' && !quoted) {
            const end = pattern.indexOf('}', index);
            const name = pattern.slice(index + 1, end < 0 ? undefined : end).trim();
            if (end < 0 || !/^\d+$/.test(name)) {
                throw new RangeError(
                    end < 0 ? 'Unmatched braces in the pattern.' : `can't parse argument number: ${name}`
                );
            }
            result += texts[Number(name)] ?? `{${name}}`;
            index = end;
        } else {
            result += char;
        }
    }
    return result;
}
