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

    names(): string[] {
        return Array.from(this.#entries.values(), (entry) => entry.name);
    }

    entries(): [name: string, value: string][] {
        return Array.from(this.#entries.values(), ({ name, value }) => [name, value]);
    }
}
