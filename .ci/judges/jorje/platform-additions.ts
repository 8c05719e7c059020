/** Members that the signature table lacks, as source, by class. */
const ADDITIONS: Readonly<Record<string, readonly string[]>> = {};

export function platformAdditions(className: string): readonly string[] {
    return ADDITIONS[className] ?? [];
}
