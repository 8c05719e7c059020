import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from '../../local-org/test/support/fast-check.ts';
import { csvLine, readCsv } from '../lib/csv.ts';
import { wireText } from '../sync/wire.ts';

async function* pieces(text: string, cuts: readonly number[]): AsyncGenerator<string> {
    await Promise.resolve();
    const ends = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((left, right) => left - right);
    let start = 0;
    for (const end of [...ends, text.length]) {
        yield text.slice(start, end);
        start = end;
    }
}

test('what is written as CSV is read again, wherever the text is cut', async () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('"', '""', ',', '\n', '\r\n', 'a "b", c\n'));
    await fc.assert(
        fc.asyncProperty(
            fc.array(fc.tuple(cell, cell), { minLength: 1 }),
            fc.array(fc.nat(400), { maxLength: 8 }),
            async (rows, cuts) => {
                const text = [['First', 'Second'], ...rows].map(csvLine).join('');
                const read = await Array.fromAsync(readCsv(pieces(text, cuts)));
                assert.deepEqual(
                    read,
                    rows.map(([First, Second]) => ({ First, Second }))
                );
            }
        )
    );
});

test('plain cells, line ends of Windows and a last line without an end are read', async () => {
    const read = await Array.fromAsync(readCsv(pieces('Id,Name\r\n1,"a"\r\n\r\n2,b c', [3, 9])));
    assert.deepEqual(read, [
        { Id: '1', Name: 'a' },
        { Id: '2', Name: 'b c' }
    ]);
    await assert.rejects(Array.fromAsync(readCsv(pieces('Id\n"1', []))), SyntaxError);
});

test('numbers are written as the engine writes them', () => {
    const written = ['1.390E8', '-1.5e-3', '10.00', '0.0', '-0.00', '007.10', '1e3', '12345678901234567.89', ''].map(
        (text) => wireText(text, true)
    );
    assert.deepEqual(written, ['139000000', '-0.0015', '10', '0', '0', '7.1', '1000', '12345678901234567.89', null]);
    assert.equal(wireText('10.00', false), '10.00');
});
