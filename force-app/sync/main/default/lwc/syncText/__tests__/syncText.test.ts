import { count, duration, figure } from 'c/syncText';

describe('c/syncText', () => {
    it.each([
        [null, '–'],
        [undefined, '–'],
        [0, '0 ms'],
        [999, '999 ms'],
        [1_250, '1.3 s'],
        [90_000, '2 min'],
        [7_200_000, '2 h']
    ])('says %p milliseconds as %p', (milliseconds, text) => {
        expect(duration(milliseconds)).toBe(text);
    });

    it('counts things in the singular and the plural', () => {
        expect([count(null, 'letter'), count(1, 'letter'), count(2, 'letter')]).toEqual([
            '0 letters',
            '1 letter',
            '2 letters'
        ]);
    });

    it('groups the digits of figures', () => {
        expect([figure(undefined), figure(4_200)]).toEqual(['0', (4_200).toLocaleString()]);
    });
});
