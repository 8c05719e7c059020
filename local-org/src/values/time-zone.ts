/** Offsets of IANA time zones, through Intl. An unknown zone counts as GMT, as in Java. */
const formats = new Map<string, Intl.DateTimeFormat | undefined>();

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
    if (!formats.has(zone)) {
        formats.set(zone, createFormat(zone));
    }
    return formats.get(zone);
}

function createFormat(zone: string): Intl.DateTimeFormat | undefined {
    if (zone === 'GMT' || zone === 'UTC') {
        return undefined;
    }
    try {
        return new Intl.DateTimeFormat('en-US', {
            timeZone: zone,
            hourCycle: 'h23',
            year: 'numeric',
            month: 'numeric',
            day: 'numeric',
            hour: 'numeric',
            minute: 'numeric',
            second: 'numeric',
            era: 'short'
        });
    } catch {
        return undefined;
    }
}

export function isKnownZone(zone: string): boolean {
    return zone === 'GMT' || zone === 'UTC' || formatOf(zone) !== undefined;
}

/** Milliseconds to add to a UTC instant to get the zone's wall clock. */
export function offsetAt(zone: string, instant: number): number {
    const format = formatOf(zone);
    if (format === undefined) {
        return 0;
    }
    const parts: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(instant)) {
        parts[type] = value;
    }
    const year = parts['era']?.startsWith('B') ? 1 - Number(parts['year']) : Number(parts['year']);
    const wall = new Date(0);
    wall.setUTCFullYear(year, Number(parts['month']) - 1, Number(parts['day']));
    wall.setUTCHours(Number(parts['hour']), Number(parts['minute']), Number(parts['second']), 0);
    return wall.getTime() - Math.floor(instant / 1000) * 1000;
}

/** The instant at which the zone's clock shows `wall` (milliseconds as if UTC). In a gap, the clock after the change. */
export function instantOf(zone: string, wall: number): number {
    const before = offsetAt(zone, wall - 86_400_000);
    const candidate = wall - before;
    const offset = offsetAt(zone, candidate);
    return offset === before ? candidate : keepIfConsistent(zone, wall - offset, offset, candidate);
}

function keepIfConsistent(zone: string, instant: number, offset: number, fallback: number): number {
    return offsetAt(zone, instant) === offset ? instant : fallback;
}

/** `Pacific Standard Time`, `PST`. */
export function zoneName(zone: string, instant: number, style: 'long' | 'short'): string {
    if (formatOf(zone) === undefined) {
        return style === 'short' ? 'GMT' : 'Greenwich Mean Time';
    }
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: style });
    return format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? zone;
}
