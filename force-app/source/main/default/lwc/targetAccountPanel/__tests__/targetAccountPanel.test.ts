import { refreshApex } from '@salesforce/apex';
import TargetAccountEditor from 'c/targetAccountEditor';
import TargetAccountPanel from 'c/targetAccountPanel';
import { SOURCE_ID, accountRow, savedOutcome, twinView } from 'jest-mocks/accounts';
import { find, flush, mount, query } from 'jest-mocks/mount';

jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn(() => Promise.resolve()) }), { virtual: true });
jest.mock('@salesforce/apex/AccountHelper.getTwin', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/AccountHelper.pushToTarget', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/AccountHelper.createOrUpdateAccount', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/AccountHelper.getAccountList', () => jest.requireActual<object>('jest-mocks/apex-wire'), {
    virtual: true
});

const getTwin = jest.requireMock<{ default: jest.Mock }>('@salesforce/apex/AccountHelper.getTwin').default;
const openEditor = jest.mocked(TargetAccountEditor.open);

type Panel = TargetAccountPanel & HTMLElement;

async function mountPanel(recordId?: string): Promise<Panel> {
    getTwin.mockResolvedValue(twinView());
    return mount('c-target-account-panel', TargetAccountPanel, { recordId, pageSize: 5 });
}

function list(panel: Panel): HTMLElement {
    return query(panel, 'c-target-account-list') as HTMLElement;
}

async function edit(panel: Panel): Promise<void> {
    list(panel).dispatchEvent(new CustomEvent('edit', { detail: accountRow() }));
    await flush();
}

function listenToToasts(panel: Panel): jest.Mock<void, [CustomEvent]> {
    const listener = jest.fn<void, [CustomEvent]>();
    panel.addEventListener('lightning__showtoast', listener as unknown as EventListener);
    return listener;
}

describe('c-target-account-panel', () => {
    it('compares the account of the page and lists all accounts', async () => {
        const panel = await mountPanel(SOURCE_ID);

        expect(getTwin).toHaveBeenCalledWith({ recordId: SOURCE_ID });
        expect(list(panel)).toMatchObject({ pageSize: 5 });
        await expect(panel).toBeAccessible();
    });

    it('lists all accounts only on a page without a record', async () => {
        const panel = await mountPanel();

        expect(query(panel, 'c-target-account-twin')).toBeNull();
        expect(list(panel)).not.toBeNull();
        expect(query(panel, 'lightning-tabset')).toBeNull();
        await expect(panel).toBeAccessible();
    });

    it('carries the title of the design property', async () => {
        const panel = await mount('c-target-account-panel', TargetAccountPanel, { cardTitle: 'Partner Org' });

        expect(query<HTMLElement>(panel, 'lightning-card')?.title).toBe('Partner Org');
    });

    it('reads both orgs again on request', async () => {
        const panel = await mountPanel(SOURCE_ID);

        find(panel, 'refresh').click();
        await flush();

        expect(getTwin).toHaveBeenCalledTimes(2);
    });

    it('reads the list again when the twin was pushed', async () => {
        const panel = await mountPanel(SOURCE_ID);

        query(panel, 'c-target-account-twin')?.dispatchEvent(new CustomEvent('saved'));
        await flush();

        expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it('opens the editor for an account', async () => {
        const panel = await mountPanel(SOURCE_ID);

        await edit(panel);

        expect(openEditor).toHaveBeenCalledWith(
            expect.objectContaining({ label: 'Edit Acme in the Target Org', account: accountRow() })
        );
    });

    it('tells that the account was saved and compares again', async () => {
        openEditor.mockResolvedValueOnce(savedOutcome());
        const panel = await mountPanel(SOURCE_ID);
        const toasts = listenToToasts(panel);

        await edit(panel);

        expect(toasts.mock.calls[0]?.[0].detail).toMatchObject({ title: 'Account saved', variant: 'success' });
        expect(getTwin).toHaveBeenCalledTimes(2);
    });

    it('changes nothing when the editor is cancelled', async () => {
        openEditor.mockResolvedValueOnce(undefined);
        const panel = await mountPanel(SOURCE_ID);
        const toasts = listenToToasts(panel);

        await edit(panel);

        expect(toasts).not.toHaveBeenCalled();
        expect(getTwin).toHaveBeenCalledTimes(1);
    });
});
