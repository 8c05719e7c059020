/** Proleptic Gregorian calendar arithmetic on days since 1970-01-01. */
export interface CivilDate {
    readonly year: number;
    /** 1 to 12. */
    readonly month: number;
    readonly day: number;
}

const MS_PER_DAY = 86_400_000;

/** Months and days outside their range carry over, as in a lenient java.util.Calendar. */
export function daysFromCivil(year: number, month: number, day: number): number {
    const carriedMonth = month - 1;
    const wholeYear = year + Math.floor(carriedMonth / 12);
    const date = new Date(0);
    date.setUTCFullYear(wholeYear, ((carriedMonth % 12) + 12) % 12, 1);
    return Math.round(date.getTime() / MS_PER_DAY) + day - 1;
}

export function civilFromDays(days: number): CivilDate {
    const date = new Date(days * MS_PER_DAY);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

export function isLeapYear(year: number): boolean {
    return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

export function daysInMonth(year: number, month: number): number {
    return daysFromCivil(year, month + 1, 1) - daysFromCivil(year, month, 1);
}

/** Adds months; a day that the new month lacks becomes its last day. */
export function addMonths(date: CivilDate, months: number): CivilDate {
    const index = date.year * 12 + date.month - 1 + months;
    const year = Math.floor(index / 12);
    const month = index - year * 12 + 1;
    return { year, month, day: Math.min(date.day, daysInMonth(year, month)) };
}

export function pad(value: number, width: number): string {
    return value < 0 ? `-${String(-value).padStart(width, '0')}` : String(value).padStart(width, '0');
}
