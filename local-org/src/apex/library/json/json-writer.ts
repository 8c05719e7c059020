/** Builds JSON text, plain or as Jackson's default pretty printer lays it out. */
export class JsonWriter {
    readonly #pretty: boolean;
    /** Joined at the end: text that grows by `+=` keeps every piece of itself in memory for as long as a row holds it. */
    #pieces: string[] = [];
    readonly #open: { readonly kind: 'object' | 'array'; count: number }[] = [];
    /** A field name was written and its value is due. */
    #nameWritten = false;

    constructor(pretty: boolean) {
        this.#pretty = pretty;
    }

    get text(): string {
        this.#pieces = [this.#pieces.join('')];
        return this.#pieces[0];
    }

    get container(): 'object' | 'array' | undefined {
        return this.#open.at(-1)?.kind;
    }

    get expectsValue(): boolean {
        return this.container !== 'object' || this.#nameWritten;
    }

    start(kind: 'object' | 'array'): void {
        this.#beforeValue();
        this.#pieces.push(kind === 'object' ? '{' : '[');
        this.#open.push({ kind, count: 0 });
    }

    end(): void {
        const closed = this.#open.pop();
        if (closed === undefined) {
            throw new RangeError('Nothing to close');
        }
        if (this.#pretty) {
            this.#pieces.push(closed.kind === 'object' && closed.count > 0 ? this.#newLine() : ' ');
        }
        this.#pieces.push(closed.kind === 'object' ? '}' : ']');
    }

    name(name: string): void {
        const object = this.#open.at(-1);
        if (object?.kind !== 'object' || this.#nameWritten) {
            throw new RangeError('Can not write a field name, expecting a value');
        }
        if (object.count++ > 0) {
            this.#pieces.push(',');
        }
        this.#pieces.push(this.#pretty ? `${this.#newLine()}${JSON.stringify(name)} : ` : `${JSON.stringify(name)}:`);
        this.#nameWritten = true;
    }

    string(value: string): void {
        this.raw(JSON.stringify(value));
    }

    /** Text that is JSON already. */
    raw(json: string): void {
        this.#beforeValue();
        this.#pieces.push(json);
    }

    #beforeValue(): void {
        const container = this.#open.at(-1);
        if (container?.kind === 'array') {
            this.#pieces.push((container.count++ > 0 ? ',' : '') + (this.#pretty ? ' ' : ''));
        }
        if (container?.kind === 'object' && !this.#nameWritten) {
            throw new RangeError('Can not write a value, expecting a field name');
        }
        this.#nameWritten = false;
    }

    #newLine(): string {
        return `\n${'  '.repeat(this.#open.filter((container) => container.kind === 'object').length)}`;
    }
}
