import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apexOrg } from './apex-org.ts';

test('values of platform enums stand in the order of their declaration', () => {
    const lines = apexOrg().run(`
        System.debug(LoggingLevel.values()[0] + ' ' + LoggingLevel.ERROR.ordinal());
        System.debug(JSONToken.START_OBJECT.ordinal());
        System.debug(System.RoundingMode.HALF_UP.ordinal());
        System.debug(TriggerOperation.AFTER_UNDELETE.ordinal());
        System.debug(Schema.DisplayType.values()[0]);
        System.debug(Quiddity.UNDEFINED);
    `);
    assert.deepEqual(lines, ['NONE 8', '1', '4', '6', 'STRING', 'UNDEFINED']);
});
