import { describeRefusal, reduceErrors } from 'c/errorUtils';
import { apexError, refusedOutcome } from 'jest-mocks/accounts';

describe('c-error-utils', () => {
    it.each([
        ['an AuraHandledException', apexError('Target org answered 503.'), ['Target org answered 503.']],
        ['a JavaScript error', new Error('Failed to fetch'), ['Failed to fetch']],
        ['a text', 'Offline', ['Offline']],
        ['a list of errors', { body: [{ message: 'First' }, { message: 'Second' }] }, ['First', 'Second']],
        ['the same text twice', [{ message: 'Same' }, { message: 'Same' }], ['Same']],
        [
            'page and field errors',
            {
                body: {
                    message: 'Summary',
                    pageErrors: [{ message: 'Page' }],
                    fieldErrors: { Name: [{ message: 'Field' }] }
                }
            },
            ['Page', 'Field']
        ],
        ['record errors of the UI API', { body: { output: { errors: [{ message: 'Output' }] } } }, ['Output']]
    ])('reads %s', (_shape, cause, expected) => {
        expect(reduceErrors(cause)).toEqual(expected);
    });

    it.each([[undefined], [null], [''], [{}], [{ body: {} }], [42]])('has a text for %p', (cause) => {
        expect(reduceErrors(cause)).toEqual([expect.stringContaining('unexpected error')]);
    });

    it('describes why the target org refused an account', () => {
        expect(describeRefusal(refusedOutcome('Phone is not a number.', ['Phone']))).toEqual([
            'Phone is not a number.'
        ]);
    });

    it('describes a refusal without errors', () => {
        expect(describeRefusal({ success: false })).toHaveLength(1);
    });
});
