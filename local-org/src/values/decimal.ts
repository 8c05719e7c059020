/**
 * Modes of `System.RoundingMode`, with the meanings of java.math.RoundingMode.
 */
export type RoundingMode = 'CEILING' | 'DOWN' | 'FLOOR' | 'HALF_DOWN' | 'HALF_EVEN' | 'HALF_UP' | 'UNNECESSARY' | 'UP';

/**
 * Digits behind the point that a quotient may have. The platform documents no precision for `/`; it allows scales up to
 * 33 (Apex Reference, Decimal.setScale), so quotients that do not end are cut there, half-even.
 */
const MAX_QUOTIENT_SCALE = 33;

const powersOfTen: bigint[] = [1n];

function powerOfTen(exponent: number): bigint {
    for (let next = powersOfTen.length; next <= exponent; next++) {
        powersOfTen.push(powersOfTen[next - 1] * 10n);
    }
    return powersOfTen[exponent];
}

/**
 * An Apex Decimal: `unscaled × 10^-scale`, with the arithmetic of java.math.BigDecimal. Immutable. `1.1` and `1.10` are
 * equal but keep their scales, which shows in their text and hash (Apex Reference, Decimal).
 */
export class Decimal {
    static readonly ZERO: Decimal = new Decimal(0n, 0);
    static readonly ONE: Decimal = new Decimal(1n, 0);

    readonly unscaled: bigint;
    /** Digits behind the point; negative for multiples of powers of ten. */
    readonly scale: number;

    constructor(unscaled: bigint, scale: number) {
        this.unscaled = unscaled;
        this.scale = scale;
    }

    static of(unscaled: bigint | number, scale: number = 0): Decimal {
        return new Decimal(BigInt(unscaled), scale);
    }

    /** The shortest decimal text of a JavaScript number: 5 has scale 0, 0.1 scale 1. Throws RangeError for NaN. */
    static fromNumber(value: number): Decimal {
        return Number.isSafeInteger(value) ? new Decimal(BigInt(value), 0) : Decimal.parse(String(value));
    }

    /** Throws RangeError when the text is not a number; the scale of the text is kept. */
    static parse(text: string): Decimal {
        const parsed = Decimal.tryParse(text);
        if (parsed === undefined) {
            throw new RangeError(`Not a decimal number: ${text}`);
        }
        return parsed;
    }

    /** As `new BigDecimal(String)`: sign, digits, point, exponent; no spaces. */
    static tryParse(text: string): Decimal | undefined {
        const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/.exec(text);
        if (match === null) {
            return undefined;
        }
        const whole = match[2] ?? '';
        const fraction = match[3] ?? '';
        if (whole === '' && fraction === '') {
            return undefined;
        }
        const digits = BigInt(whole + fraction);
        return new Decimal(match[1] === '-' ? -digits : digits, fraction.length - Number(match[4] ?? 0));
    }

    add(other: Decimal): Decimal {
        const scale = Math.max(this.scale, other.scale);
        return new Decimal(this.unscaledAt(scale) + other.unscaledAt(scale), scale);
    }

    subtract(other: Decimal): Decimal {
        const scale = Math.max(this.scale, other.scale);
        return new Decimal(this.unscaledAt(scale) - other.unscaledAt(scale), scale);
    }

    multiply(other: Decimal): Decimal {
        return new Decimal(this.unscaled * other.unscaled, this.scale + other.scale);
    }

    /**
     * The operator `/`: exact when the quotient ends within 33 digits behind the point, and then as short as the
     * scales of the operands allow. Throws RangeError on division by zero.
     */
    divide(other: Decimal): Decimal {
        const preferredScale = Math.max(this.scale - other.scale, 0);
        const scale = Math.max(preferredScale, MAX_QUOTIENT_SCALE);
        return this.divideTo(other, scale, 'HALF_EVEN').withoutZerosBelow(preferredScale);
    }

    /** `divide(divisor, scale, roundingMode)`. */
    divideTo(other: Decimal, scale: number, mode: RoundingMode = 'HALF_EVEN'): Decimal {
        if (other.unscaled === 0n) {
            throw new RangeError('Divide by 0');
        }
        const shift = scale - this.scale + other.scale;
        const numerator = shift >= 0 ? this.unscaled * powerOfTen(shift) : this.unscaled;
        const denominator = shift >= 0 ? other.unscaled : other.unscaled * powerOfTen(-shift);
        return new Decimal(divideRounded(numerator, denominator, mode), scale);
    }

    negate(): Decimal {
        return new Decimal(-this.unscaled, this.scale);
    }

    abs(): Decimal {
        return this.unscaled < 0n ? this.negate() : this;
    }

    signum(): -1 | 0 | 1 {
        return this.unscaled === 0n ? 0 : this.unscaled < 0n ? -1 : 1;
    }

    /** By numeric value: 1.1 and 1.10 compare as 0. */
    compareTo(other: Decimal): number {
        const scale = Math.max(this.scale, other.scale);
        const left = this.unscaledAt(scale);
        const right = other.unscaledAt(scale);
        return left < right ? -1 : left > right ? 1 : 0;
    }

    /** By numeric value, as the operator `==`. */
    equals(other: Decimal): boolean {
        return this.compareTo(other) === 0;
    }

    /** Throws RangeError with mode UNNECESSARY when digits would be lost. */
    setScale(scale: number, mode: RoundingMode = 'HALF_EVEN'): Decimal {
        if (scale >= this.scale) {
            return scale === this.scale ? this : new Decimal(this.unscaledAt(scale), scale);
        }
        return new Decimal(divideRounded(this.unscaled, powerOfTen(this.scale - scale), mode), scale);
    }

    /** To a whole number; callers narrow it to Integer or Long. */
    round(mode: RoundingMode = 'HALF_EVEN'): bigint {
        return this.setScale(0, mode).unscaled;
    }

    /** The whole part, towards zero. */
    truncate(): bigint {
        return this.round('DOWN');
    }

    pow(exponent: number): Decimal {
        return new Decimal(this.unscaled ** BigInt(exponent), this.scale * exponent);
    }

    /** Number of digits of the unscaled value. */
    precision(): number {
        return digitsOf(this.unscaled).length;
    }

    stripTrailingZeros(): Decimal {
        return this.unscaled === 0n ? Decimal.ZERO : this.withoutZerosBelow(-Infinity);
    }

    toNumber(): number {
        return Number(this.toString());
    }

    toPlainString(): string {
        const sign = this.unscaled < 0n ? '-' : '';
        const digits = digitsOf(this.unscaled);
        if (this.scale <= 0) {
            return sign + (digits === '0' ? digits : digits + '0'.repeat(-this.scale));
        }
        const padded = digits.padStart(this.scale + 1, '0');
        return `${sign}${padded.slice(0, -this.scale)}.${padded.slice(-this.scale)}`;
    }

    /** As BigDecimal.toString: scientific for negative scales and for exponents below -6. */
    toString(): string {
        const digits = digitsOf(this.unscaled);
        const exponent = digits.length - 1 - this.scale;
        if (this.scale >= 0 && exponent >= -6) {
            return this.toPlainString();
        }
        const sign = this.unscaled < 0n ? '-' : '';
        const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
        const suffix = exponent === 0 ? '' : `E${exponent > 0 ? '+' : ''}${exponent}`;
        return sign + mantissa + suffix;
    }

    private unscaledAt(scale: number): bigint {
        return scale === this.scale ? this.unscaled : this.unscaled * powerOfTen(scale - this.scale);
    }

    private withoutZerosBelow(smallestScale: number): Decimal {
        let { unscaled, scale } = this;
        while (scale > smallestScale && unscaled % 10n === 0n && unscaled !== 0n) {
            unscaled /= 10n;
            scale--;
        }
        return unscaled === 0n && scale > smallestScale ? new Decimal(0n, smallestScale) : new Decimal(unscaled, scale);
    }
}

function digitsOf(value: bigint): string {
    return (value < 0n ? -value : value).toString();
}

function divideRounded(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
    const quotient = numerator / denominator;
    const remainder = numerator % denominator;
    if (remainder === 0n) {
        return quotient;
    }
    const sign = numerator < 0n === denominator < 0n ? 1n : -1n;
    return roundsAway(quotient, remainder, denominator, sign, mode) ? quotient + sign : quotient;
}

function roundsAway(
    quotient: bigint,
    remainder: bigint,
    denominator: bigint,
    sign: bigint,
    mode: RoundingMode
): boolean {
    if (mode === 'UNNECESSARY') {
        throw new RangeError('Rounding necessary');
    }
    if (mode === 'UP' || mode === 'DOWN') {
        return mode === 'UP';
    }
    if (mode === 'CEILING' || mode === 'FLOOR') {
        return mode === 'CEILING' ? sign > 0n : sign < 0n;
    }
    const twice = magnitude(remainder) * 2n;
    const whole = magnitude(denominator);
    if (twice !== whole) {
        return twice > whole;
    }
    return mode === 'HALF_UP' || (mode === 'HALF_EVEN' && quotient % 2n !== 0n);
}

function magnitude(value: bigint): bigint {
    return value < 0n ? -value : value;
}
