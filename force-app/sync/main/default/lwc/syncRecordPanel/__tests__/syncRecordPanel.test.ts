import getView from '@salesforce/apex/SyncRecordController.getView';
import pull from '@salesforce/apex/SyncRecordController.pull';
import push from '@salesforce/apex/SyncRecordController.push';
import resolve from '@salesforce/apex/SyncMonitorController.resolve';
import type { SyncRecordView } from 'apex/types';
import SyncRecordPanel from 'c/syncRecordPanel';
import { apexError } from 'jest-mocks/accounts';
import { deferred, find, flush, mount, query, queryAll } from 'jest-mocks/mount';
import { RECORD_ID, REMOTE_ID, deadLetter, field, recordView } from 'jest-mocks/sync';

jest.mock('@salesforce/apex/SyncRecordController.getView', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/SyncRecordController.pull', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/SyncRecordController.push', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/SyncMonitorController.resolve', () => ({ default: jest.fn() }), { virtual: true });

const read = jest.mocked(getView);

type Panel = SyncRecordPanel & HTMLElement;

async function mountShowing(view: SyncRecordView): Promise<Panel> {
    read.mockResolvedValue(view);
    return mount('c-sync-record-panel', SyncRecordPanel, { recordId: RECORD_ID });
}

async function click(panel: Panel, dataId: string): Promise<void> {
    find(panel, dataId).click();
    await flush();
}

function messages(panel: Panel): string[] | undefined {
    return query<HTMLElement & { messages: string[] }>(panel, 'c-error-panel')?.messages;
}

describe('c-sync-record-panel', () => {
    it('reads nothing without a record', async () => {
        const panel = await mount('c-sync-record-panel', SyncRecordPanel);

        expect(read).not.toHaveBeenCalled();
        expect(panel.recordId).toBeUndefined();
    });

    it('says where the record lives and that both are in step', async () => {
        const panel = await mountShowing(recordView());

        expect(find(panel, 'status').textContent).toBe('In step with the other org');
        expect(query(panel, 'dd')?.textContent).toBe(REMOTE_ID);
        expect(query(panel, 'tr[data-field]')).toBeNull();
        await expect(panel).toBeAccessible();
    });

    it('says that the object is not mapped', async () => {
        const panel = await mountShowing({ linked: false, mapping: null });

        expect(find(panel, 'unmapped').textContent).toContain('not kept in step');
        expect(query(panel, '[data-id="push"]')).toBeNull();
    });

    it('offers to send a record that has no twin', async () => {
        const panel = await mountShowing({ linked: false, mapping: 'Case' });
        read.mockResolvedValue(recordView());

        await click(panel, 'push');

        expect(push).toHaveBeenCalledWith({ recordId: RECORD_ID });
        expect(find(panel, 'status').textContent).toBe('In step with the other org');
    });

    it('lists the fields that differ', async () => {
        const panel = await mountShowing(
            recordView({ fields: [field({ held: false }), field({ field: 'Origin', differs: false, held: false })] })
        );

        expect(find(panel, 'status').textContent).toBe('1 field differs');
        expect(queryAll(panel, 'tr[data-field]').map(({ dataset }) => dataset.field)).toEqual(['Subject']);
    });

    it('counts more than one field', async () => {
        const panel = await mountShowing(
            recordView({ fields: [field({ held: false }), field({ field: 'Priority', held: false })] })
        );

        expect(find(panel, 'status').textContent).toBe('2 fields differ');
    });

    it('shows a field that waits for a decision once', async () => {
        const fields = [field(), field({ field: 'Priority', held: false })];
        const panel = await mountShowing(recordView({ conflictId: 'a02', fields }));

        const decision = query<HTMLElement & { fields: { field: string }[] }>(panel, 'c-sync-conflict-fields');
        expect(decision?.fields.map((shown) => shown.field)).toEqual(['Subject']);
        expect(queryAll(panel, 'tr[data-field]').map(({ dataset }) => dataset.field)).toEqual(['Priority']);
        expect(find(panel, 'status').textContent).toBe('2 fields differ');
    });

    it.each([
        ['Pending', 'A change is on its way to the other org'],
        ['Waiting', 'Waits for its parent to arrive in the other org'],
        ['Dead Letter', 'The last change could not be delivered'],
        ['Resting', 'Resting']
    ])('says what a change in the queue does: %s', async (queueStatus, text) => {
        const panel = await mountShowing(recordView({ queueStatus }));

        expect(find(panel, 'status').textContent).toBe(text);
    });

    it('lists the files of the twin, and why one is not copied', async () => {
        const file = { id: 'a1', url: 'https://target.example/f', size: 1200, status: 'Copied', reason: null };
        const panel = await mountShowing(
            recordView({
                files: [
                    { ...file, title: 'plan.txt' },
                    { ...file, id: 'a2', title: 'film.mp4', size: 12_400_000, status: 'Reference', reason: 'Too big' }
                ]
            })
        );

        const texts = queryAll(panel, '[data-id="files"] li').map(({ textContent }) => textContent);
        expect(texts).toEqual(['plan.txt2 KB, copied to this record', 'film.mp412.4 MB, Too big']);
    });

    it('says that the twin is gone', async () => {
        const panel = await mountShowing(recordView({ state: 'Missing', fields: [] }));

        expect(find(panel, 'status').textContent).toBe('The record is gone in the other org');
        expect(query<HTMLElement & { variant: string }>(panel, '.status lightning-icon')?.variant).toBe('warning');
    });

    it('says why a change could not be delivered', async () => {
        const panel = await mountShowing(recordView({ queueStatus: 'Dead Letter', deadLetter: deadLetter() }));

        expect(find(panel, 'letter').textContent).toContain('A closed case needs a resolution.');
        expect(queryAll(panel, '[data-id="letter"] li')).toHaveLength(2);
    });

    it('leaves out what a dead letter does not say', async () => {
        const panel = await mountShowing(recordView({ deadLetter: deadLetter({ remedy: null, reason: null }) }));

        expect(queryAll(panel, '[data-id="letter"] li')).toHaveLength(0);
    });

    it('sends and fetches on request', async () => {
        const panel = await mountShowing(recordView());

        await click(panel, 'push');
        await click(panel, 'pull');

        expect(push).toHaveBeenCalledWith({ recordId: RECORD_ID });
        expect(pull).toHaveBeenCalledWith({ recordId: RECORD_ID });
        expect(read).toHaveBeenCalledTimes(3);
    });

    it('decides a conflict field by field', async () => {
        const panel = await mountShowing(recordView({ conflictId: 'a02', fields: [field()] }));

        query(panel, 'c-sync-conflict-fields')?.dispatchEvent(
            new CustomEvent('resolve', { detail: { Subject: 'Remote' } })
        );
        await flush();

        expect(resolve).toHaveBeenCalledWith({ conflictId: 'a02', choices: { Subject: 'Remote' } });
    });

    it('says what failed, and compares again', async () => {
        read.mockRejectedValueOnce(apexError('The other org did not answer.'));
        const panel = await mount('c-sync-record-panel', SyncRecordPanel, { recordId: RECORD_ID });
        expect(messages(panel)).toEqual(['The other org did not answer.']);

        read.mockResolvedValue(recordView());
        query(panel, 'c-error-panel')?.dispatchEvent(new CustomEvent('retry'));
        await flush();

        expect(query(panel, 'c-error-panel')).toBeNull();
    });

    it('says when an action was refused', async () => {
        const panel = await mountShowing(recordView());
        jest.mocked(push).mockRejectedValueOnce(apexError('Delivery is paused.'));

        await click(panel, 'push');

        expect(messages(panel)).toEqual(['Delivery is paused.']);
    });

    it('shows the answer to the last question, whichever comes last', async () => {
        const slow = deferred<SyncRecordView>();
        const failing = deferred<SyncRecordView>();
        read.mockReturnValueOnce(slow.promise).mockReturnValueOnce(failing.promise);
        const panel = await mount('c-sync-record-panel', SyncRecordPanel, { recordId: RECORD_ID });
        find(panel, 'refresh').click();
        read.mockResolvedValue(recordView());
        await click(panel, 'refresh');
        slow.resolve(recordView({ queueStatus: 'Pending' }));
        failing.reject(new Error('late'));
        await flush();

        expect(find(panel, 'status').textContent).toBe('In step with the other org');
        expect(query(panel, 'section')?.getAttribute('aria-busy')).toBe('false');
    });
});
