/** The function, run once for each list of texts; the same answer afterwards. For what does not change while a command runs. */
export function onceFor<T>(work: (texts: readonly string[]) => T): (texts: readonly string[]) => T {
    const known = new Map<string, { readonly answer: T }>();
    return (texts) => {
        const key = JSON.stringify(texts);
        const found = known.get(key) ?? { answer: work(texts) };
        known.set(key, found);
        return found.answer;
    };
}
