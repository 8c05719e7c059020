import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import getAccountList from '@salesforce/apex/AccountHelper.getAccountList';
import type { Wired } from 'apex/action';
import type { AccountPage, AccountRow } from 'apex/types';
import { reduceErrors } from 'c/errorUtils';

const SEARCH_DELAY_MS = 300;

interface ListRow {
    account: AccountRow;
    editLabel: string;
}

/**
 * Lists the accounts of the target org with a search by name and keyset pages.
 * @fires edit with the AccountRow that the user wants to edit
 */
export default class TargetAccountList extends LightningElement {
    @api pageSize = 10;

    searchTerm = '';
    afterCursor: string | null = null;
    currentPage: AccountPage | undefined;
    errors: string[] | undefined;
    isLoading = true;

    private wired: Wired<AccountPage> | undefined;
    private earlierCursors: (string | null)[] = [];
    private searchTimer: ReturnType<typeof setTimeout> | undefined;
    private focusPagerAfterRender = false;

    @wire(getAccountList, { searchTerm: '$searchTerm', pageSize: '$pageSize', afterCursor: '$afterCursor' })
    handlePage(wired: Wired<AccountPage>): void {
        this.wired = wired;
        if (wired.data) {
            this.currentPage = wired.data;
            this.errors = undefined;
            this.isLoading = false;
        } else if (wired.error) {
            this.currentPage = undefined;
            this.errors = reduceErrors(wired.error);
            this.isLoading = false;
        }
    }

    /** Reads the current page again; settles when it is up to date. */
    @api
    async refresh(): Promise<void> {
        this.isLoading = true;
        try {
            await refreshApex(this.wired);
        } finally {
            this.isLoading = false;
        }
    }

    disconnectedCallback(): void {
        clearTimeout(this.searchTimer);
    }

    renderedCallback(): void {
        if (this.focusPagerAfterRender && !this.isLoading) {
            this.focusPagerAfterRender = false;
            // A disabled button loses the focus; the label between the buttons keeps the place in the page.
            (this.refs?.pageLabel as HTMLElement | undefined)?.focus();
        }
    }

    get rows(): ListRow[] {
        return (this.currentPage?.records ?? []).map((account) => ({
            account,
            editLabel: `Edit ${account.name ?? 'account'} in the target org`
        }));
    }

    get hasRows(): boolean {
        return this.rows.length > 0;
    }

    get isEmpty(): boolean {
        return Boolean(this.currentPage) && !this.hasRows;
    }

    get emptyTitle(): string {
        return this.searchTerm === '' ? 'No accounts in the target org' : `No accounts match “${this.searchTerm}”`;
    }

    get emptyHint(): string {
        return this.searchTerm === ''
            ? 'Accounts appear here once the target org has some.'
            : 'Check the spelling or search for another name.';
    }

    get isPaged(): boolean {
        return this.earlierCursors.length > 0 || Boolean(this.currentPage?.nextCursor);
    }

    get isFirstPage(): boolean {
        return this.earlierCursors.length === 0;
    }

    get isLastPage(): boolean {
        return !this.currentPage?.nextCursor;
    }

    get pageLabel(): string {
        return `Page ${this.earlierCursors.length + 1}`;
    }

    get announcement(): string {
        if (this.isLoading) {
            return 'Loading accounts of the target org';
        }
        if (this.errors) {
            return '';
        }
        if (this.isEmpty) {
            return this.emptyTitle;
        }
        const count = this.rows.length;
        return `${count === 1 ? '1 account' : `${count} accounts`}, ${this.pageLabel.toLowerCase()}`;
    }

    handleSearch(event: CustomEvent<{ value: string }>): void {
        const term = event.detail.value.trim();
        clearTimeout(this.searchTimer);
        // eslint-disable-next-line @lwc/lwc/no-async-operation -- debounce; cleared when the component goes away
        this.searchTimer = setTimeout(() => this.search(term), SEARCH_DELAY_MS);
    }

    handleNext(): void {
        const next = this.currentPage?.nextCursor;
        if (next && !this.isLoading) {
            this.earlierCursors = [...this.earlierCursors, this.afterCursor];
            this.goTo(next);
        }
    }

    handlePrevious(): void {
        const previous = this.earlierCursors.at(-1);
        if (previous !== undefined && !this.isLoading) {
            this.earlierCursors = this.earlierCursors.slice(0, -1);
            this.goTo(previous);
        }
    }

    handleEdit(event: Event): void {
        const { accountId } = (event.currentTarget as HTMLElement).dataset;
        const account = this.currentPage?.records?.find(({ id }) => id === accountId);
        this.dispatchEvent(new CustomEvent('edit', { detail: account }));
    }

    handleRetry(): void {
        void this.refresh();
    }

    private search(term: string): void {
        if (term === this.searchTerm) {
            return;
        }
        this.searchTerm = term;
        this.earlierCursors = [];
        this.afterCursor = null;
        this.isLoading = true;
    }

    private goTo(cursor: string | null): void {
        this.afterCursor = cursor;
        this.isLoading = true;
        this.focusPagerAfterRender = true;
    }
}
