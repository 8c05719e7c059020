import { pad } from './calendar.ts';

const MS_PER_DAY = 86_400_000;

/** An Apex Time: milliseconds since midnight, without a zone. Immutable; additions wrap around midnight. */
export class Time {
    readonly ms: number;

    constructor(ms: number) {
        this.ms = ((ms % MS_PER_DAY) + MS_PER_DAY) % MS_PER_DAY;
    }

    static of(hour: number, minute: number, second: number, millisecond: number): Time {
        return new Time(((hour * 60 + minute) * 60 + second) * 1000 + millisecond);
    }

    /** `HH:mm:ss`, with optional milliseconds and `Z`. */
    static tryParse(text: string): Time | undefined {
        const match = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?Z?$/.exec(text);
        if (match === null || Number(match[1]) > 23 || Number(match[2]) > 59 || Number(match[3] ?? 0) > 59) {
            return undefined;
        }
        const millisecond = Number((match[4] ?? '').padEnd(3, '0'));
        return Time.of(Number(match[1]), Number(match[2]), Number(match[3] ?? 0), millisecond);
    }

    get hour(): number {
        return Math.floor(this.ms / 3_600_000);
    }

    get minute(): number {
        return Math.floor(this.ms / 60_000) % 60;
    }

    get second(): number {
        return Math.floor(this.ms / 1000) % 60;
    }

    get millisecond(): number {
        return this.ms % 1000;
    }

    add(ms: number): Time {
        return new Time(this.ms + ms);
    }

    compareTo(other: Time): number {
        return Math.sign(this.ms - other.ms);
    }

    equals(other: Time): boolean {
        return this.ms === other.ms;
    }

    /** `HH:mm:ss.SSSZ`, in text and in JSON. */
    toString(): string {
        return `${pad(this.hour, 2)}:${pad(this.minute, 2)}:${pad(this.second, 2)}.${pad(this.millisecond, 3)}Z`;
    }

    toJSON(): string {
        return this.toString();
    }
}
