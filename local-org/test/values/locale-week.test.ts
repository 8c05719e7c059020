import assert from 'node:assert/strict';
import { it } from 'node:test';
import { firstDayOfWeek } from '../../src/values/locale-week.ts';

const SUNDAY = 0;
const MONDAY = 1;
const SATURDAY = 6;

for (const [locale, day] of [
    ['en_US', SUNDAY],
    ['en_GB', MONDAY],
    ['ar_EG', SATURDAY],
    ['pl', MONDAY],
    ['uz_LATN_UZ', MONDAY],
    ['de_DE_EURO', MONDAY],
    ['', SUNDAY],
    ['nowhere', SUNDAY]
] as const) {
    it(`a week starts on day ${day} in "${locale}"`, () => assert.equal(firstDayOfWeek(locale), day));
}
