import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testData } from '../store/support/test-data.ts';

describe('FOR VIEW and FOR REFERENCE', () => {
    const data = testData();
    data.insert('Account', { Name: 'Seen' });
    data.insert('Account', { Name: 'Other' });
    const dates = () => {
        const rows = data.query('SELECT LastViewedDate, LastReferencedDate FROM Account ORDER BY Name DESC');
        return rows.map((row) => [row.get('LastViewedDate') !== null, row.get('LastReferencedDate') !== null]);
    };

    it('stamp the rows that a query gives, and no others', () => {
        assert.deepEqual(dates(), [
            [false, false],
            [false, false]
        ]);
        data.query("SELECT Id FROM Account WHERE Name = 'Seen' FOR REFERENCE");
        assert.deepEqual(dates()[0], [false, true]);
        data.query("SELECT Id FROM Account WHERE Name = 'Seen' FOR VIEW");
        assert.deepEqual(dates(), [
            [true, true],
            [false, false]
        ]);
    });

    it('stamp rows that are visited one by one too', () => {
        const { database, system } = data;
        database.visit("SELECT Id FROM Account WHERE Name = 'Other' FOR VIEW", { access: system }, () => undefined);
        assert.deepEqual(dates()[1], [true, true]);
    });
});
