import type { Decimal } from '../../values/index.ts';

/** java.lang.String.hashCode. */
export function hashOfString(text: string): number {
    let hash = 0;
    for (let index = 0; index < text.length; index++) {
        hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
    }
    return hash;
}

/** java.lang.Long.hashCode. */
export function hashOfLong(value: bigint): number {
    const bits = BigInt.asUintN(64, value);
    return Number(BigInt.asIntN(32, bits ^ (bits >> 32n)));
}

/** java.lang.Double.hashCode. */
export function hashOfDouble(value: number): number {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    return hashOfLong(view.getBigInt64(0));
}

/** java.math.BigDecimal.hashCode: depends on the scale. */
export function hashOfDecimal(value: Decimal): number {
    return (Math.imul(31, hashOfBigInteger(value.unscaled)) + value.scale) | 0;
}

function hashOfBigInteger(value: bigint): number {
    let magnitude = value < 0n ? -value : value;
    const words: number[] = [];
    while (magnitude > 0n) {
        words.push(Number(magnitude & 0xffff_ffffn));
        magnitude >>= 32n;
    }
    const hash = words.reduceRight((total, word) => (Math.imul(31, total) + word) | 0, 0);
    return value < 0n ? -hash | 0 : hash;
}
