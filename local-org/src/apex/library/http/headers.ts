/** Header fields: names without regard to case, kept as first written. */
export class Headers {
    readonly #entries = new Map<string, { readonly name: string; value: string }>();

    get(name: string): string | null {
        return this.#entries.get(name.toLowerCase())?.value ?? null;
    }

    set(name: string, value: string): void {
        const entry = this.#entries.get(name.toLowerCase());
        if (entry === undefined) {
            this.#entries.set(name.toLowerCase(), { name, value });
        } else {
            entry.value = value;
        }
    }

    /** In the order of their names. */
    names(): string[] {
        const entries = [...this.#entries].sort(([left], [right]) => (left < right ? -1 : 1));
        return entries.map(([, { name }]) => name);
    }

    entries(): [name: string, value: string][] {
        return Array.from(this.#entries.values(), ({ name, value }) => [name, value]);
    }
}
