import getHistory from '@salesforce/apex/SyncMonitorController.getHistory';
import SyncHistory from 'c/syncHistory';
import { apexError } from 'jest-mocks/accounts';
import { deferred, find, flush, mount, query, queryAll } from 'jest-mocks/mount';
import { CORRELATION_ID, RECORD_ID, historyEntry } from 'jest-mocks/sync';
import type { SyncHistoryEntry } from 'apex/types';

jest.mock('@salesforce/apex/SyncMonitorController.getHistory', () => ({ default: jest.fn() }), { virtual: true });

const read = jest.mocked(getHistory);

describe('c-sync-history', () => {
    it('shows the way of each change', async () => {
        read.mockResolvedValue([
            historyEntry(),
            historyEntry({
                id: 'a03000000000002AAA',
                direction: 'In',
                outcome: 'Refused',
                errorCode: 'STRING_TOO_LONG',
                reason: 'Subject: data value too large'
            })
        ]);

        const component = await mount('c-sync-history', SyncHistory);

        const [first, second] = queryAll(component, 'tbody tr').map(({ textContent }) => textContent);
        expect(first).toContain('To the other org');
        expect(first).toContain('340 ms');
        expect(second).toContain('From the other org');
        expect(second).toContain('data value too large');
        await expect(component).toBeAccessible();
    });

    it('follows one change by its correlation id', async () => {
        read.mockResolvedValue([historyEntry()]);
        const component = await mount('c-sync-history', SyncHistory);

        query<HTMLElement>(component, `lightning-button[data-correlation]`)?.click();
        await flush();

        expect(read).toHaveBeenLastCalledWith({ searchTerm: CORRELATION_ID });
    });

    describe('while someone types', () => {
        beforeEach(() => jest.useFakeTimers());
        afterEach(() => jest.useRealTimers());

        function type(component: HTMLElement, value: string): void {
            find(component, 'search').dispatchEvent(new CustomEvent('change', { detail: { value } }));
        }

        it('searches once, without spaces around the term', async () => {
            read.mockResolvedValue([]);
            const component = await mount('c-sync-history', SyncHistory);
            expect(find(component, 'empty').textContent).toBe('Nothing moved yet.');

            type(component, ' 5');
            type(component, ` ${RECORD_ID} `);
            await flush();
            expect(read).toHaveBeenCalledTimes(1);
            expect(find<HTMLInputElement>(component, 'search').value).toBe(` ${RECORD_ID} `);
            jest.runAllTimers();
            await flush();

            expect(read).toHaveBeenCalledTimes(2);
            expect(read).toHaveBeenLastCalledWith({ searchTerm: RECORD_ID });
            expect(find(component, 'empty').textContent).toBe(`No change is known by ${RECORD_ID}.`);
        });

        it('asks nothing more when it is gone', async () => {
            read.mockResolvedValue([]);
            const component = await mount('c-sync-history', SyncHistory);

            type(component, RECORD_ID);
            component.remove();
            jest.runAllTimers();

            expect(read).toHaveBeenCalledTimes(1);
        });
    });

    it('says what failed and tries again', async () => {
        read.mockRejectedValueOnce(apexError('You may not read the log.'));
        const component = await mount('c-sync-history', SyncHistory);
        expect(query<HTMLElement & { messages: string[] }>(component, 'c-error-panel')?.messages).toEqual([
            'You may not read the log.'
        ]);

        read.mockResolvedValue([historyEntry()]);
        query(component, 'c-error-panel')?.dispatchEvent(new CustomEvent('retry'));
        await flush();

        expect(query(component, 'c-error-panel')).toBeNull();
        expect(queryAll(component, 'tbody tr')).toHaveLength(1);
    });

    it('shows the answer to the last question, whichever comes last', async () => {
        const slow = deferred<SyncHistoryEntry[]>();
        read.mockReturnValueOnce(slow.promise);
        const failing = deferred<SyncHistoryEntry[]>();
        const component = await mount('c-sync-history', SyncHistory);
        read.mockReturnValueOnce(failing.promise);
        void component.refresh();
        read.mockResolvedValue([historyEntry({ id: 'last' })]);
        await component.refresh();
        slow.resolve([historyEntry({ id: 'first' })]);
        failing.reject(new Error('late'));
        await flush();

        expect(queryAll(component, 'tbody tr').map(({ dataset }) => dataset.entry)).toEqual(['last']);
    });
});
