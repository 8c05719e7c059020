import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from '../support/fast-check.ts';
import { ApexDate } from '../../src/values/date.ts';
import { Datetime } from '../../src/values/datetime.ts';
import { Time } from '../../src/values/time.ts';

const LOS_ANGELES = 'America/Los_Angeles';

test('a date survives the way through text', () => {
    fc.assert(
        fc.property(fc.integer({ min: -500_000, max: 1_000_000 }), (days) => {
            const date = new ApexDate(days);
            fc.pre(date.year > 0);
            assert.equal(ApexDate.tryParse(date.toString())?.days, days);
        })
    );
});

test('months end where they end', () => {
    assert.equal(ApexDate.of(2024, 1, 31).addMonths(1).toString(), '2024-02-29');
    assert.equal(ApexDate.of(2024, 3, 31).addMonths(-13).toString(), '2023-02-28');
    assert.equal(ApexDate.of(2024, 2, 29).addYears(1).toString(), '2025-02-28');
    assert.equal(ApexDate.of(2023, 2, 31).toString(), '2023-03-03');
    assert.equal(ApexDate.tryParse('2023-02-31'), undefined);
});

test('wall clocks follow daylight saving time', () => {
    assert.equal(Datetime.of(2026, 1, 1, 12, 0, 0, LOS_ANGELES).toString(), '2026-01-01 20:00:00');
    assert.equal(Datetime.of(2026, 7, 1, 12, 0, 0, LOS_ANGELES).toString(), '2026-07-01 19:00:00');
    // 02:30 does not exist on March 8; the clock after the change shows 03:30.
    assert.equal(Datetime.of(2026, 3, 8, 2, 30, 0, LOS_ANGELES).format('HH:mm', LOS_ANGELES), '03:30');
    assert.equal(Datetime.of(2026, 3, 1, 12, 0, 0, 'No/Such_Zone').toString(), '2026-03-01 12:00:00');
});

test('an instant shown on a clock leads back to the instant', () => {
    const zones = fc.constantFrom('GMT', LOS_ANGELES, 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe');
    const instants = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2050, 0, 1) });
    fc.assert(
        fc.property(zones, instants, (zone, ms) => {
            const value = new Datetime(ms);
            const again = Datetime.ofDate(value.dateIn(zone), value.timeIn(zone), zone);
            // An hour that the clock shows twice may stand for either.
            assert.ok(Math.abs(again.ms - ms) <= 3_600_000 && again.timeIn(zone).equals(value.timeIn(zone)));
        })
    );
});

test('patterns are those of SimpleDateFormat', () => {
    const value = new Datetime(Date.UTC(2026, 0, 5, 15, 4, 9, 7));
    const format = (pattern: string, zone = 'GMT'): string => value.format(pattern, zone);
    assert.equal(format("yyyy-MM-dd'T'HH:mm:ss.SSSZ"), '2026-01-05T15:04:09.007+0000');
    assert.equal(format("EEE, d MMM yyyy h:mm a 'o''clock'"), "Mon, 5 Jan 2026 3:04 PM o'clock");
    assert.equal(format('EEEE MMMM yy D u X'), 'Monday January 26 5 1 Z');
    assert.equal(format('HH:mm XXX z', LOS_ANGELES), '07:04 -08:00 PST');
    assert.throws(() => format('qq'), /Illegal pattern character 'q'/);
    assert.throws(() => format("'open"), /Unterminated quote/);
});

test('the forms of JSON and REST', () => {
    const value = Datetime.tryParseIso('2026-01-01T00:00:00.000+0000');
    assert.equal(value?.toRest(), '2026-01-01T00:00:00.000+0000');
    assert.equal(value?.toJSON(), '2026-01-01T00:00:00.000Z');
    assert.equal(Datetime.tryParseIso('2026-01-01T02:00:00+02:00')?.ms, value?.ms);
    assert.equal(Datetime.tryParseIso('2026-01-01'), undefined);
    assert.equal(Datetime.tryParse('2026-01-01 24:00:00'), undefined);
});

test('times wrap around midnight', () => {
    assert.equal(Time.of(23, 59, 59, 999).add(1).toString(), '00:00:00.000Z');
    assert.equal(Time.tryParse('01:02:03.4Z')?.toString(), '01:02:03.400Z');
    assert.equal(Time.tryParse('25:00:00'), undefined);
});
