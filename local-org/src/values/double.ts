/** An Apex Double: a 64-bit IEEE number that stays apart from Integer and prints as java.lang.Double does. */
export class Double {
    readonly value: number;

    constructor(value: number) {
        this.value = value;
    }

    static of(value: number): Double {
        return new Double(value);
    }

    /** Undefined when the text is not a number. */
    static tryParse(text: string): Double | undefined {
        const trimmed = text.trim();
        return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[dDfF]?$/.test(trimmed)
            ? new Double(Number.parseFloat(trimmed))
            : undefined;
    }

    equals(other: Double): boolean {
        return this.value === other.value;
    }

    /** `1.0`, `1.0E10`, `NaN`, `Infinity`. */
    toString(): string {
        const { value } = this;
        if (!Number.isFinite(value)) {
            return String(value);
        }
        const size = Math.abs(value);
        if (value === 0) {
            return Object.is(value, -0) ? '-0.0' : '0.0';
        }
        if (size >= 1e-3 && size < 1e7) {
            const text = String(value);
            return text.includes('.') ? text : `${text}.0`;
        }
        const [mantissa = '', exponent = ''] = value.toExponential().split('e');
        return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
    }
}
