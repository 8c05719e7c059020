import { getRecord } from 'lightning/uiRecordApi';
import getTwin from '@salesforce/apex/AccountHelper.getTwin';
import pushToTarget from '@salesforce/apex/AccountHelper.pushToTarget';
import type { LdsTestWireAdapter } from '@salesforce/sfdx-lwc-jest';
import type { TwinView } from 'apex/types';
import type { LightningInputElement } from 'lightning/input';
import TargetAccountTwin from 'c/targetAccountTwin';
import type ErrorPanel from 'c/errorPanel';
import {
    SOURCE_ID,
    UNREACHABLE,
    accountRow,
    apexError,
    differingTwinView,
    refusedOutcome,
    savedOutcome,
    twinView
} from 'jest-mocks/accounts';
import { deferred, find, flush, mount, query, queryAll } from 'jest-mocks/mount';

jest.mock('@salesforce/apex/AccountHelper.getTwin', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/AccountHelper.pushToTarget', () => ({ default: jest.fn() }), { virtual: true });

const read = jest.mocked(getTwin);
const push = jest.mocked(pushToTarget);
const localRecord = getRecord as unknown as LdsTestWireAdapter;

type Twin = TargetAccountTwin & HTMLElement;

function mountTwin(): Promise<Twin> {
    return mount('c-target-account-twin', TargetAccountTwin, { recordId: SOURCE_ID });
}

async function mountShowing(view: TwinView): Promise<Twin> {
    read.mockResolvedValue(view);
    return mountTwin();
}

async function click(twin: Twin, dataId: string): Promise<void> {
    find(twin, dataId).click();
    await flush();
}

async function choose(twin: Twin, field: string, checked: boolean): Promise<void> {
    const input = query<LightningInputElement>(twin, `tr[data-field="${field}"] lightning-input`);
    input!.checked = checked;
    input!.dispatchEvent(new CustomEvent('change'));
    await flush();
}

function errorPanel(twin: Twin): ErrorPanel & HTMLElement {
    return query(twin, 'c-error-panel') as ErrorPanel & HTMLElement;
}

function listen(twin: Twin, event: string): jest.Mock<void, [CustomEvent]> {
    const listener = jest.fn<void, [CustomEvent]>();
    twin.addEventListener(event, listener as unknown as EventListener);
    return listener;
}

describe('c-target-account-twin', () => {
    it('says that it compares until both orgs have answered', async () => {
        const answer = deferred<TwinView>();
        read.mockReturnValue(answer.promise);

        const twin = await mountTwin();

        expect(query(twin, 'section')?.getAttribute('aria-busy')).toBe('true');
        expect(find(twin, 'announcement').textContent).toBe('Comparing with the target org');
        expect(find(twin, 'placeholder')).toBeTruthy();
        await expect(twin).toBeAccessible();

        answer.resolve(twinView());
        await flush();
        expect(query(twin, 'section')?.getAttribute('aria-busy')).toBe('false');
        expect(query(twin, '[data-id="placeholder"]')).toBeNull();
    });

    it('reads nothing without a record', async () => {
        const twin = await mount('c-target-account-twin', TargetAccountTwin);

        expect(read).not.toHaveBeenCalled();
        expect(query(twin, 'table')).toBeNull();
    });

    describe('when both orgs agree', () => {
        it('shows every field once, without a choice', async () => {
            const twin = await mountShowing(twinView());

            expect(queryAll(twin, 'tbody tr')).toHaveLength(6);
            expect(queryAll(twin, 'tbody lightning-input')).toHaveLength(0);
            expect(query(twin, '[data-id="push"]')).toBeNull();
            expect(find(twin, 'announcement').textContent).toBe('In sync with the target org');
            await expect(twin).toBeAccessible();
        });
    });

    describe('when fields differ', () => {
        it('marks them in words and chooses them all', async () => {
            const twin = await mountShowing(differingTwinView());

            const marked = queryAll(twin, 'tbody tr').filter(({ textContent }) => textContent.includes('Differs'));
            expect(marked.map(({ dataset }) => dataset.field)).toEqual(['phone', 'rating']);
            expect(find(twin, 'announcement').textContent).toBe('2 fields differ');
            expect(find<HTMLInputElement>(twin, 'push')).toMatchObject({ label: 'Update 2 Fields', disabled: false });
            await expect(twin).toBeAccessible();
        });

        it('shows the values of both orgs side by side', async () => {
            const twin = await mountShowing(differingTwinView());

            const values = queryAll<HTMLInputElement>(twin, 'tr[data-field="phone"] c-account-field-value');
            expect(values.map(({ value }) => value)).toEqual(['(555) 010-0100', '(555) 010-0999']);
        });

        it('counts a single difference', async () => {
            const twin = await mountShowing(
                twinView({ differences: [{ field: 'phone', label: 'Phone', localValue: '1', remoteValue: '2' }] })
            );

            expect(find(twin, 'status').textContent).toBe('1 field differs');
        });

        it('pushes the chosen fields only', async () => {
            push.mockResolvedValue(savedOutcome());
            const twin = await mountShowing(differingTwinView());

            await choose(twin, 'rating', false);
            await click(twin, 'push');

            expect(push).toHaveBeenCalledWith({ recordId: SOURCE_ID, fields: ['phone'] });
        });

        it('pushes a field that was chosen again', async () => {
            push.mockResolvedValue(savedOutcome());
            const twin = await mountShowing(differingTwinView());

            await choose(twin, 'rating', false);
            await choose(twin, 'rating', true);
            await click(twin, 'push');

            expect(push).toHaveBeenCalledWith({ recordId: SOURCE_ID, fields: ['phone', 'rating'] });
        });

        it('cannot push when nothing is chosen', async () => {
            const twin = await mountShowing(differingTwinView());

            await choose(twin, 'phone', false);
            await choose(twin, 'rating', false);

            expect(find<HTMLButtonElement>(twin, 'push').disabled).toBe(true);
        });

        it('says that it saves while it saves', async () => {
            push.mockReturnValue(deferred<ReturnType<typeof savedOutcome>>().promise);
            const twin = await mountShowing(differingTwinView());

            await click(twin, 'push');

            expect(find(twin, 'announcement').textContent).toBe('Saving to the target org');
            expect(find<HTMLButtonElement>(twin, 'push').disabled).toBe(true);
            expect(find<HTMLButtonElement>(twin, 'edit').disabled).toBe(true);
            await expect(twin).toBeAccessible();
        });

        it('compares again after a push, tells about it and moves the focus to the result', async () => {
            push.mockResolvedValue(savedOutcome());
            const twin = await mountShowing(differingTwinView());
            const toast = listen(twin, 'lightning__showtoast');
            const saved = listen(twin, 'saved');

            read.mockResolvedValue(twinView());
            await click(twin, 'push');

            expect(find(twin, 'status').textContent).toBe('In sync with the target org');
            expect(toast.mock.calls[0]?.[0].detail).toMatchObject({ title: 'Account updated', variant: 'success' });
            expect(saved).toHaveBeenCalledTimes(1);
            expect(twin.shadowRoot?.activeElement).toBe(find(twin, 'status'));
        });

        it('shows why the target org refused the push and keeps the choice', async () => {
            push.mockResolvedValue(refusedOutcome('Rating may not be empty.'));
            const twin = await mountShowing(differingTwinView());
            const toast = listen(twin, 'lightning__showtoast');

            await click(twin, 'push');

            expect(errorPanel(twin)).toMatchObject({
                heading: 'The target org was not changed',
                messages: ['Rating may not be empty.']
            });
            expect(find<HTMLInputElement>(twin, 'push')).toMatchObject({ label: 'Update 2 Fields', disabled: false });
            expect(toast).not.toHaveBeenCalled();
            await expect(twin).toBeAccessible();
        });

        it('shows what to check when the push does not arrive', async () => {
            push.mockRejectedValue(apexError(UNREACHABLE));
            const twin = await mountShowing(differingTwinView());

            await click(twin, 'push');

            expect(errorPanel(twin).messages).toEqual([UNREACHABLE]);
        });

        it('hands the remote account to the editor', async () => {
            const twin = await mountShowing(differingTwinView());
            const edit = listen(twin, 'edit');

            await click(twin, 'edit');

            expect(edit.mock.calls[0]?.[0].detail).toEqual(differingTwinView().remote);
        });
    });

    describe('when the account has no twin', () => {
        it('offers to create it', async () => {
            const twin = await mountShowing(twinView({ remote: null }));

            expect(find(twin, 'empty').textContent).toContain('Not in the target org yet');
            expect(find(twin, 'announcement').textContent).toBe('This account is not in the target org');
            await expect(twin).toBeAccessible();
        });

        it('creates it with all fields', async () => {
            push.mockResolvedValue(savedOutcome({ created: true }));
            const twin = await mountShowing(twinView({ remote: null }));
            const toast = listen(twin, 'lightning__showtoast');

            read.mockResolvedValue(twinView());
            await click(twin, 'create');

            expect(push).toHaveBeenCalledWith({ recordId: SOURCE_ID, fields: null });
            expect(toast.mock.calls[0]?.[0].detail).toMatchObject({ title: 'Account created' });
            expect(find(twin, 'status').textContent).toBe('In sync with the target org');
        });
    });

    describe('when the orgs cannot be compared', () => {
        it('shows what to check and compares again on request', async () => {
            read.mockRejectedValue(apexError(UNREACHABLE));
            const twin = await mountTwin();

            expect(errorPanel(twin)).toMatchObject({ messages: [UNREACHABLE], retryable: true });
            await expect(twin).toBeAccessible();

            read.mockResolvedValue(twinView());
            errorPanel(twin).dispatchEvent(new CustomEvent('retry'));
            await flush();
            expect(errorPanel(twin)).toBeNull();
            expect(queryAll(twin, 'tbody tr')).toHaveLength(6);
        });
    });

    describe('when the account is edited on the page', () => {
        async function emitVersion(value: string): Promise<void> {
            localRecord.emit({ id: SOURCE_ID, fields: { LastModifiedDate: { value } } });
            await flush();
        }

        it('compares again', async () => {
            const twin = await mountShowing(twinView());
            await emitVersion('2026-01-15T10:30:00.000Z');
            expect(read).toHaveBeenCalledTimes(1);

            read.mockResolvedValue(differingTwinView());
            await emitVersion('2026-01-15T10:31:00.000Z');

            expect(find(twin, 'status').textContent).toBe('2 fields differ');
        });

        it('does not compare again for the same version', async () => {
            await mountShowing(twinView());

            await emitVersion('2026-01-15T10:30:00.000Z');
            await emitVersion('2026-01-15T10:30:00.000Z');

            expect(read).toHaveBeenCalledTimes(1);
        });
    });

    it('ignores a late answer for a record that is no longer shown', async () => {
        const late = deferred<TwinView>();
        read.mockReturnValueOnce(late.promise);
        const twin = await mountTwin();

        read.mockResolvedValue(twinView({ localValues: accountRow({ name: 'Umbrella' }) }));
        twin.recordId = '001000000000009AAA';
        await flush();
        late.resolve(twinView({ localValues: accountRow({ name: 'Acme' }) }));
        await flush();

        expect(query<HTMLInputElement>(twin, 'tr[data-field="name"] c-account-field-value')?.value).toBe('Umbrella');
    });

    it('ignores a late failure for a record that is no longer shown', async () => {
        const late = deferred<TwinView>();
        read.mockReturnValueOnce(late.promise);
        const twin = await mountTwin();

        read.mockResolvedValue(twinView());
        twin.recordId = '001000000000009AAA';
        await flush();
        late.reject(apexError(UNREACHABLE));
        await flush();

        expect(errorPanel(twin)).toBeNull();
    });
});
