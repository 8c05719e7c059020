const SUFFIX_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * A record id, always held in its 18-character form. The last three characters say which of the first fifteen are
 * upper case, five characters each, lowest bit first (Object Reference, "Field Types: ID").
 */
export class Id {
    readonly value: string;

    private constructor(value: string) {
        this.value = value;
    }

    /** Throws RangeError("Invalid id: x"). */
    static of(text: string): Id {
        const id = Id.tryParse(text);
        if (id === undefined) {
            throw new RangeError(`Invalid id: ${text}`);
        }
        return id;
    }

    /** From the 15 or 18-character form. The suffix repairs the case of an 18-character id that lost it. */
    static tryParse(text: string): Id | undefined {
        if (text.length === 15) {
            return isAlphanumeric(text) ? new Id(text + checksum(text)) : undefined;
        }
        if (text.length !== 18 || !isAlphanumeric(text)) {
            return undefined;
        }
        const base = text.slice(0, 15);
        const suffix = text.slice(15).toUpperCase();
        if (checksum(base) === suffix) {
            return new Id(base + suffix);
        }
        // The platform takes an id whose suffix fits no case, which tests make up.
        return new Id((withCaseOf(base, suffix) ?? base) + suffix);
    }

    static isValid(text: string): boolean {
        return Id.tryParse(text) !== undefined;
    }

    /** The first three characters, which name the object. */
    get prefix(): string {
        return this.value.slice(0, 3);
    }

    to15(): string {
        return this.value.slice(0, 15);
    }

    equals(other: Id): boolean {
        return this.value === other.value;
    }

    toString(): string {
        return this.value;
    }

    toJSON(): string {
        return this.value;
    }
}

function isAlphanumeric(text: string): boolean {
    return /^[a-zA-Z0-9]+$/.test(text);
}

function checksum(base: string): string {
    let suffix = '';
    for (let block = 0; block < 15; block += 5) {
        let bits = 0;
        for (let offset = 0; offset < 5; offset++) {
            const code = base.charCodeAt(block + offset);
            if (code >= 65 && code <= 90) {
                bits |= 1 << offset;
            }
        }
        suffix += SUFFIX_ALPHABET[bits];
    }
    return suffix;
}

function withCaseOf(base: string, suffix: string): string | undefined {
    let repaired = '';
    for (let index = 0; index < 15; index++) {
        const bits = SUFFIX_ALPHABET.indexOf(suffix[Math.floor(index / 5)] ?? '');
        if (bits < 0) {
            return undefined;
        }
        const char = base[index] ?? '';
        repaired += bits & (1 << (index % 5)) ? char.toUpperCase() : char.toLowerCase();
    }
    // A set bit over a digit belongs to no id.
    return checksum(repaired) === suffix ? repaired : undefined;
}
