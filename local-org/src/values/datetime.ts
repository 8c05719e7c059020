import { addMonths, civilFromDays, daysFromCivil, daysInMonth, pad } from './calendar.ts';
import { ApexDate } from './date.ts';
import { formatInstant } from './date-format.ts';
import { Time } from './time.ts';
import { instantOf, offsetAt } from './time-zone.ts';

const MS_PER_DAY = 86_400_000;
const ISO = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** An Apex Datetime: an instant, in milliseconds since 1970-01-01 UTC. Immutable. Zones are IANA names. */
export class Datetime {
    readonly ms: number;

    constructor(ms: number) {
        this.ms = ms;
    }

    /** The instant at which the clock of `zone` shows the given time; parts outside their range carry over. */
    static of(
        year: number,
        month: number,
        day: number,
        hour: number = 0,
        minute: number = 0,
        second: number = 0,
        zone: string = 'GMT'
    ): Datetime {
        const wall = daysFromCivil(year, month, day) * MS_PER_DAY + ((hour * 60 + minute) * 60 + second) * 1000;
        return new Datetime(instantOf(zone, wall));
    }

    static ofDate(date: ApexDate, time: Time, zone: string = 'GMT'): Datetime {
        return new Datetime(instantOf(zone, date.days * MS_PER_DAY + time.ms));
    }

    /** `2026-01-31T10:20:30.000+0000`, with `Z` or an offset with a colon too; no offset means GMT. */
    static tryParseIso(text: string): Datetime | undefined {
        const match = ISO.exec(text);
        if (match === null) {
            return undefined;
        }
        const date = ApexDate.tryParse(`${match[1]}-${match[2]}-${match[3]}`);
        const time = Time.tryParse(`${match[4]}:${match[5]}:${match[6] ?? '00'}.${(match[7] ?? '0').slice(0, 3)}`);
        if (date === undefined || time === undefined) {
            return undefined;
        }
        return new Datetime(date.days * MS_PER_DAY + time.ms - offsetMs(match[8] ?? 'Z'));
    }

    /** `yyyy-MM-dd HH:mm:ss` on the clock of `zone`, the form of `Datetime.valueOf`. */
    static tryParse(text: string, zone: string = 'GMT'): Datetime | undefined {
        const match = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})$/.exec(text.trim());
        if (match === null) {
            return undefined;
        }
        const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
        const valid = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
        return valid && hour < 24 && minute < 60 && second < 60
            ? Datetime.of(year, month, day, hour, minute, second, zone)
            : undefined;
    }

    dateIn(zone: string): ApexDate {
        return new ApexDate(Math.floor((this.ms + offsetAt(zone, this.ms)) / MS_PER_DAY));
    }

    timeIn(zone: string): Time {
        return new Time(this.ms + offsetAt(zone, this.ms));
    }

    add(ms: number): Datetime {
        return new Datetime(this.ms + ms);
    }

    /** Keeps the time on the clock of `zone`. */
    addMonths(count: number, zone: string = 'GMT'): Datetime {
        const { year, month, day } = addMonths(this.dateIn(zone).civil, count);
        return Datetime.ofDate(ApexDate.of(year, month, day), this.timeIn(zone), zone);
    }

    compareTo(other: Datetime): number {
        return Math.sign(this.ms - other.ms);
    }

    equals(other: Datetime): boolean {
        return this.ms === other.ms;
    }

    /** With a pattern of java.text.SimpleDateFormat. Throws RangeError for a bad pattern. */
    format(pattern: string, zone: string): string {
        return formatInstant(this.ms, pattern, zone);
    }

    /** `yyyy-MM-dd'T'HH:mm:ss.SSSZ` in UTC: `2026-01-01T00:00:00.000+0000`, the form of REST answers. */
    toRest(): string {
        return `${this.isoBody()}+0000`;
    }

    /** `2026-01-01T00:00:00.000Z`, the form of `JSON.serialize`. */
    toJSON(): string {
        return `${this.isoBody()}Z`;
    }

    /** `yyyy-MM-dd HH:mm:ss` in GMT. */
    toString(): string {
        const body = this.isoBody();
        return `${body.slice(0, -13)} ${body.slice(-12, -4)}`;
    }

    private isoBody(): string {
        const days = Math.floor(this.ms / MS_PER_DAY);
        const { year, month, day } = civilFromDays(days);
        const time = new Time(this.ms - days * MS_PER_DAY).toString().slice(0, -1);
        return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${time}`;
    }
}

function offsetMs(text: string): number {
    if (text === 'Z') {
        return 0;
    }
    const digits = text.slice(1).replace(':', '');
    const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
    return (text.startsWith('-') ? -minutes : minutes) * 60_000;
}
