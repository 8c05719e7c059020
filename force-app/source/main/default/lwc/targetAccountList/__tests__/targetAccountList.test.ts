import { refreshApex } from '@salesforce/apex';
import getAccountList from '@salesforce/apex/AccountHelper.getAccountList';
import type { ApexTestWireAdapter } from '@salesforce/sfdx-lwc-jest';
import type ErrorPanel from 'c/errorPanel';
import TargetAccountList from 'c/targetAccountList';
import { UNREACHABLE, accountPage, apexError } from 'jest-mocks/accounts';
import { find, flush, mount, query, queryAll } from 'jest-mocks/mount';

jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn(() => Promise.resolve()) }), { virtual: true });
jest.mock('@salesforce/apex/AccountHelper.getAccountList', () => jest.requireActual<object>('jest-mocks/apex-wire'), {
    virtual: true
});

const wire = getAccountList as unknown as ApexTestWireAdapter;

type List = TargetAccountList & HTMLElement;

async function mountShowing(...page: Parameters<typeof accountPage>): Promise<List> {
    const list = await mount('c-target-account-list', TargetAccountList);
    await answer(...page);
    return list;
}

async function answer(...page: Parameters<typeof accountPage>): Promise<void> {
    wire.emit(accountPage(...page));
    await flush();
}

async function search(list: List, value: string): Promise<void> {
    find(list, 'search').dispatchEvent(new CustomEvent('change', { detail: { value } }));
    jest.runOnlyPendingTimers();
    await flush();
}

async function click(list: List, dataId: string): Promise<void> {
    find(list, dataId).click();
    await flush();
}

function names(list: List): string[] {
    return queryAll(list, 'tbody .name').map(({ textContent }) => textContent);
}

function announcement(list: List): string {
    return find(list, 'announcement').textContent;
}

function errorPanel(list: List): (ErrorPanel & HTMLElement) | null {
    return query<ErrorPanel & HTMLElement>(list, 'c-error-panel');
}

describe('c-target-account-list', () => {
    it('says that it loads until the first answer', async () => {
        const list = await mount('c-target-account-list', TargetAccountList);

        expect(query(list, 'section')?.getAttribute('aria-busy')).toBe('true');
        expect(announcement(list)).toBe('Loading accounts of the target org');
        expect(query(list, 'table')).toBeNull();
        await expect(list).toBeAccessible();
    });

    it('asks for the first page with the page size of the design property', async () => {
        await mount('c-target-account-list', TargetAccountList, { pageSize: 25 });

        expect(wire.getLastConfig()).toEqual({ searchTerm: '', pageSize: 25, afterCursor: null });
    });

    it('lists the accounts', async () => {
        const list = await mountShowing(['Acme', 'Umbrella']);

        expect(names(list)).toEqual(['Acme', 'Umbrella']);
        expect(query(list, 'tbody th')?.textContent).toContain('Customer - Direct');
        expect(announcement(list)).toBe('2 accounts, page 1');
        expect(query(list, 'nav')).toBeNull();
        await expect(list).toBeAccessible();
    });

    it('announces a single account', async () => {
        const list = await mountShowing(['Acme']);

        expect(announcement(list)).toBe('1 account, page 1');
    });

    it('says when the target org has no accounts', async () => {
        const list = await mountShowing([]);

        expect(find(list, 'empty').textContent).toContain('No accounts in the target org');
        expect(announcement(list)).toBe('No accounts in the target org');
        await expect(list).toBeAccessible();
    });

    it('shows what to check when the accounts cannot be read', async () => {
        const list = await mount('c-target-account-list', TargetAccountList);

        wire.error({ message: UNREACHABLE });
        await flush();

        expect(errorPanel(list)).toMatchObject({ messages: [UNREACHABLE], retryable: true });
        expect(query(list, 'table')).toBeNull();
        expect(announcement(list)).toBe('');
        await expect(list).toBeAccessible();
    });

    it('reads again after a failure', async () => {
        const list = await mount('c-target-account-list', TargetAccountList);
        wire.error(apexError(UNREACHABLE));
        await flush();

        errorPanel(list)?.dispatchEvent(new CustomEvent('retry'));
        await answer(['Acme']);

        expect(refreshApex).toHaveBeenCalledTimes(1);
        expect(errorPanel(list)).toBeNull();
        expect(names(list)).toEqual(['Acme']);
    });

    it('refreshes the very value that the wire provisioned', async () => {
        const list = await mountShowing(['Acme']);

        await list.refresh();

        expect(refreshApex).toHaveBeenCalledWith({ data: accountPage(['Acme']), error: undefined });
        expect(query(list, 'section')?.getAttribute('aria-busy')).toBe('false');
    });

    it('hands the account to the editor', async () => {
        const list = await mountShowing(['Acme', 'Umbrella']);
        const edit = jest.fn<void, [CustomEvent]>();
        list.addEventListener('edit', edit as unknown as EventListener);

        query(list, '[data-account-id="0011"]')?.click();

        expect(edit.mock.calls[0]?.[0].detail).toMatchObject({ id: '0011', name: 'Umbrella' });
        expect(query<HTMLInputElement>(list, '[data-account-id="0011"]')).toMatchObject({
            alternativeText: 'Edit Umbrella in the target org'
        });
    });

    describe('search', () => {
        beforeEach(() => jest.useFakeTimers());
        afterEach(() => jest.useRealTimers());

        it('waits until the user stops typing', async () => {
            const list = await mountShowing(['Acme']);

            find(list, 'search').dispatchEvent(new CustomEvent('change', { detail: { value: 'U' } }));
            await flush();
            expect(wire.getLastConfig()).toMatchObject({ searchTerm: '' });
            await search(list, ' Umb ');

            expect(wire.getLastConfig()).toMatchObject({ searchTerm: 'Umb' });
            expect(announcement(list)).toBe('Loading accounts of the target org');
        });

        it('starts again at the first page', async () => {
            const list = await mountShowing(['Acme'], 'after-1');
            await click(list, 'next');
            await answer(['Umbrella']);

            await search(list, 'Acme');

            expect(wire.getLastConfig()).toMatchObject({ searchTerm: 'Acme', afterCursor: null });
        });

        it('does not load again for the term that is shown', async () => {
            const list = await mountShowing(['Acme']);

            await search(list, '   ');

            expect(query(list, 'section')?.getAttribute('aria-busy')).toBe('false');
        });

        it('says when nothing matches', async () => {
            const list = await mountShowing(['Acme']);

            await search(list, 'Nobody');
            await answer([]);

            expect(announcement(list)).toBe('No accounts match “Nobody”');
            jest.useRealTimers();
            await expect(list).toBeAccessible();
        });

        it('is forgotten when the component goes away', async () => {
            const list = await mountShowing(['Acme']);
            find(list, 'search').dispatchEvent(new CustomEvent('change', { detail: { value: 'Umb' } }));

            list.remove();

            expect(jest.getTimerCount()).toBe(0);
        });
    });

    describe('pages', () => {
        it('walks forward and back through the cursors', async () => {
            const list = await mountShowing(['A'], 'after-1');

            await click(list, 'next');
            expect(wire.getLastConfig()).toMatchObject({ afterCursor: 'after-1' });
            await answer(['B'], 'after-2');
            await click(list, 'next');
            expect(wire.getLastConfig()).toMatchObject({ afterCursor: 'after-2' });
            await answer(['C']);
            expect(announcement(list)).toBe('1 account, page 3');

            await click(list, 'previous');
            expect(wire.getLastConfig()).toMatchObject({ afterCursor: 'after-1' });
            await answer(['B'], 'after-2');
            await click(list, 'previous');
            expect(wire.getLastConfig()).toMatchObject({ afterCursor: null });
        });

        it('ends at both ends', async () => {
            const list = await mountShowing(['A'], 'after-1');
            expect(find<HTMLButtonElement>(list, 'previous').disabled).toBe(true);
            expect(find<HTMLButtonElement>(list, 'next').disabled).toBe(false);

            await click(list, 'next');
            await answer(['B']);

            expect(find<HTMLButtonElement>(list, 'previous').disabled).toBe(false);
            expect(find<HTMLButtonElement>(list, 'next').disabled).toBe(true);
            await expect(list).toBeAccessible();
        });

        it('ignores clicks while a page loads', async () => {
            const list = await mountShowing(['A'], 'after-1');

            await click(list, 'next');
            await click(list, 'next');
            await click(list, 'previous');

            expect(wire.getLastConfig()).toMatchObject({ afterCursor: 'after-1' });
            expect(find(list, 'page').textContent).toBe('Page 2');
        });

        it('moves the focus to the page label once the page is there', async () => {
            const list = await mountShowing(['A'], 'after-1');

            await click(list, 'next');
            await answer(['B']);

            expect(list.shadowRoot?.activeElement).toBe(find(list, 'page'));
        });
    });
});
