/** Groups the digits of a plain number by thousands, as `format()` does in the en_US locale. */
export function groupThousands(plain: string): string {
    const [whole = '', fraction] = plain.split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
    return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
