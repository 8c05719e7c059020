import dismiss from '@salesforce/apex/SyncMonitorController.dismiss';
import getConflicts from '@salesforce/apex/SyncMonitorController.getConflicts';
import getDeadLetters from '@salesforce/apex/SyncMonitorController.getDeadLetters';
import getHistory from '@salesforce/apex/SyncMonitorController.getHistory';
import getOverview from '@salesforce/apex/SyncMonitorController.getOverview';
import pause from '@salesforce/apex/SyncMonitorController.pause';
import replay from '@salesforce/apex/SyncMonitorController.replay';
import resolve from '@salesforce/apex/SyncMonitorController.resolve';
import resume from '@salesforce/apex/SyncMonitorController.resume';
import type { SyncOverview } from 'apex/types';
import SyncMonitor from 'c/syncMonitor';
import { apexError } from 'jest-mocks/accounts';
import { deferred, find, flush, mount, query } from 'jest-mocks/mount';
import { conflict, deadLetter, overview } from 'jest-mocks/sync';

jest.mock('@salesforce/apex/SyncMonitorController.dismiss', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/SyncMonitorController.getConflicts', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/SyncMonitorController.getDeadLetters', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/SyncMonitorController.getHistory', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/SyncMonitorController.getOverview', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/SyncMonitorController.pause', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/SyncMonitorController.replay', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/SyncMonitorController.resolve', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/SyncMonitorController.resume', () => ({ default: jest.fn() }), { virtual: true });

const TOAST = 'lightning__showtoast';
const readOverview = jest.mocked(getOverview);

type Monitor = SyncMonitor & HTMLElement;

function mountMonitor(): Promise<Monitor> {
    return mount('c-sync-monitor', SyncMonitor, { refreshSeconds: 2 });
}

async function fire(monitor: Monitor, tag: string, name: string, detail: unknown): Promise<void> {
    query(monitor, tag)?.dispatchEvent(new CustomEvent(name, { detail }));
    await flush();
}

describe('c-sync-monitor', () => {
    beforeEach(() => {
        readOverview.mockResolvedValue(overview());
        jest.mocked(getDeadLetters).mockResolvedValue([deadLetter()]);
        jest.mocked(getConflicts).mockResolvedValue([conflict()]);
        jest.mocked(getHistory).mockResolvedValue([]);
    });

    it('shows that it loads, then what it read', async () => {
        const answer = deferred<SyncOverview>();
        readOverview.mockReturnValue(answer.promise);
        const monitor = await mountMonitor();
        expect(query(monitor, 'lightning-spinner')).not.toBeNull();

        answer.resolve(overview());
        await flush();

        expect(query(monitor, 'lightning-spinner')).toBeNull();
        const labels = [...(monitor.shadowRoot?.querySelectorAll('lightning-tab') ?? [])].map(
            (tab) => (tab as unknown as { label: string }).label
        );
        expect(labels).toEqual(['Overview', 'Dead Letters (1)', 'Conflicts (1)', 'History']);
        await expect(monitor).toBeAccessible();
    });

    it('reads again by itself until it goes away', async () => {
        jest.useFakeTimers();
        try {
            const monitor = await mountMonitor();
            jest.advanceTimersByTime(4_000);
            await flush();
            expect(readOverview).toHaveBeenCalledTimes(3);

            monitor.remove();
            jest.advanceTimersByTime(10_000);
            expect(readOverview).toHaveBeenCalledTimes(3);
        } finally {
            jest.useRealTimers();
        }
    });

    it('says what keeps it from reading, and tries again', async () => {
        readOverview.mockRejectedValueOnce(apexError('Assign permission set Sync_Admin.'));
        const monitor = await mountMonitor();
        expect(query<HTMLElement & { messages: string[] }>(monitor, 'c-error-panel')?.messages).toEqual([
            'Assign permission set Sync_Admin.'
        ]);

        await fire(monitor, 'c-error-panel', 'retry', undefined);

        expect(query(monitor, 'c-error-panel')).toBeNull();
    });

    it('reads everything again when asked', async () => {
        const monitor = await mountMonitor();
        jest.mocked(getHistory).mockClear();

        find(monitor, 'refresh').click();
        await flush();

        expect(readOverview).toHaveBeenCalledTimes(2);
        expect(getHistory).toHaveBeenCalledTimes(1);
    });

    it('pauses and resumes a peer', async () => {
        const monitor = await mountMonitor();
        const toast = jest.fn();
        monitor.addEventListener(TOAST, toast);

        await fire(monitor, 'c-sync-overview', 'pause', 'Target_Org');
        await fire(monitor, 'c-sync-overview', 'resume', 'Target_Org');

        expect(pause).toHaveBeenCalledWith({ peer: 'Target_Org', reason: 'Paused in the sync monitor' });
        expect(resume).toHaveBeenCalledWith({ peer: 'Target_Org' });
        expect(toast).toHaveBeenCalledTimes(2);
        expect(readOverview).toHaveBeenCalledTimes(3);
    });

    it('replays and dismisses dead letters', async () => {
        const monitor = await mountMonitor();

        await fire(monitor, 'c-sync-dead-letters', 'replay', ['a01']);
        await fire(monitor, 'c-sync-dead-letters', 'dismiss', { ids: ['a02', 'a03'], reason: 'Obsolete' });

        expect(replay).toHaveBeenCalledWith({ ids: ['a01'] });
        expect(dismiss).toHaveBeenCalledWith({ ids: ['a02', 'a03'], reason: 'Obsolete' });
    });

    it('decides a conflict', async () => {
        const monitor = await mountMonitor();
        const decision = { conflictId: 'a02', choices: { Subject: 'Local' } };

        await fire(monitor, 'c-sync-conflicts', 'resolve', decision);

        expect(resolve).toHaveBeenCalledWith(decision);
    });

    it('says when an action was refused', async () => {
        jest.mocked(replay).mockRejectedValueOnce(apexError('The letter is gone.'));
        const monitor = await mountMonitor();

        await fire(monitor, 'c-sync-dead-letters', 'replay', ['a01']);

        expect(query<HTMLElement & { messages: string[] }>(monitor, 'c-error-panel')?.messages).toEqual([
            'The letter is gone.'
        ]);
    });

    it('shows the answer to the last question, whichever comes last', async () => {
        const slow = deferred<SyncOverview>();
        const failing = deferred<SyncOverview>();
        readOverview.mockReturnValueOnce(slow.promise).mockReturnValueOnce(failing.promise);
        const monitor = await mountMonitor();
        find(monitor, 'refresh').click();
        find(monitor, 'refresh').click();
        await flush();
        slow.resolve(overview({ changes: 1 }));
        failing.reject(new Error('late'));
        await flush();

        const shown = query<HTMLElement & { overview: SyncOverview }>(monitor, 'c-sync-overview');
        expect(shown?.overview.changes).toBe(52);
        expect(query(monitor, 'c-error-panel')).toBeNull();
    });
});
