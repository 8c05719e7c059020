/** Parts of a comma-separated value, without blanks. */
export function commaSeparated(text: string | undefined): readonly string[] {
    return (text ?? '')
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '');
}
