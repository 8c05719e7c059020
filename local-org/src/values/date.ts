import { addMonths, civilFromDays, daysFromCivil, daysInMonth, pad, type CivilDate } from './calendar.ts';

/** An Apex Date: a day without time or zone, as days since 1970-01-01. Immutable. */
export class ApexDate {
    readonly days: number;

    constructor(days: number) {
        this.days = days;
    }

    /** Months and days outside their range carry over. */
    static of(year: number, month: number, day: number): ApexDate {
        return new ApexDate(daysFromCivil(year, month, day));
    }

    /** `yyyy-MM-dd`; a time behind it is ignored, as `Date.valueOf` does. Undefined when the text is no date. */
    static tryParse(text: string): ApexDate | undefined {
        const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$/.exec(text);
        return match === null ? undefined : validDate(Number(match[1]), Number(match[2]), Number(match[3]));
    }

    /** `M/d/yyyy`, the form of `Date.parse` and `format` in the en_US locale. */
    static tryParseLocal(text: string): ApexDate | undefined {
        const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim());
        return match === null ? undefined : validDate(Number(match[3]), Number(match[1]), Number(match[2]));
    }

    get civil(): CivilDate {
        return civilFromDays(this.days);
    }

    get year(): number {
        return this.civil.year;
    }

    get month(): number {
        return this.civil.month;
    }

    get day(): number {
        return this.civil.day;
    }

    /** 0 is Sunday. */
    get dayOfWeek(): number {
        return (((this.days + 4) % 7) + 7) % 7;
    }

    addDays(count: number): ApexDate {
        return new ApexDate(this.days + count);
    }

    addMonths(count: number): ApexDate {
        const { year, month, day } = addMonths(this.civil, count);
        return ApexDate.of(year, month, day);
    }

    addYears(count: number): ApexDate {
        return this.addMonths(count * 12);
    }

    compareTo(other: ApexDate): number {
        return Math.sign(this.days - other.days);
    }

    equals(other: ApexDate): boolean {
        return this.days === other.days;
    }

    /** `M/d/yyyy`. */
    format(): string {
        const { year, month, day } = this.civil;
        return `${month}/${day}/${year}`;
    }

    /** `yyyy-MM-dd`. */
    toString(): string {
        const { year, month, day } = this.civil;
        return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
    }

    toJSON(): string {
        return this.toString();
    }
}

function validDate(year: number, month: number, day: number): ApexDate | undefined {
    return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
        ? ApexDate.of(year, month, day)
        : undefined;
}
