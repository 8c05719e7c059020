import { LightningElement, api } from 'lwc';
import getHistory from '@salesforce/apex/SyncMonitorController.getHistory';
import type { SyncHistoryEntry } from 'apex/types';
import { duration } from 'c/syncText';
import { reduceErrors } from 'c/errorUtils';

interface HistoryRow extends SyncHistoryEntry {
    way: string;
    lag: string;
    failed: boolean;
}

/** Long enough for the next letter, short enough not to be noticed. */
const TYPING_MS = 300;

/** The way of changes between the orgs: of one record, of one correlation id, or the newest of all. */
export default class SyncHistory extends LightningElement {
    entries: readonly SyncHistoryEntry[] | undefined;
    errors: string[] | undefined;
    emptyText = '';

    /** Correlation id, or Id of a record of either org; blank for all. */
    term = '';

    private typing: ReturnType<typeof setTimeout> | undefined;
    private requests = 0;

    connectedCallback(): void {
        void this.refresh();
    }

    disconnectedCallback(): void {
        clearTimeout(this.typing);
    }

    /** Reads the log again; settles when the list is up to date. */
    @api
    async refresh(): Promise<void> {
        clearTimeout(this.typing);
        const request = ++this.requests;
        const searchTerm = this.term.trim();
        try {
            const entries = await getHistory({ searchTerm });
            if (request === this.requests) {
                this.entries = entries;
                this.errors = undefined;
                this.emptyText = searchTerm === '' ? 'Nothing moved yet.' : `No change is known by ${searchTerm}.`;
            }
        } catch (cause) {
            if (request === this.requests) {
                this.errors = reduceErrors(cause);
            }
        }
    }

    get rows(): HistoryRow[] {
        return (this.entries ?? []).map((entry) => ({
            ...entry,
            way: entry.direction === 'Out' ? 'To the other org' : 'From the other org',
            lag: duration(entry.lagMs),
            failed: Boolean(entry.errorCode)
        }));
    }

    get isEmpty(): boolean {
        return this.entries?.length === 0;
    }

    handleSearch(event: CustomEvent<{ value: string }>): void {
        this.term = event.detail.value;
        clearTimeout(this.typing);
        // eslint-disable-next-line @lwc/lwc/no-async-operation -- waits for the next letter; cleared when the component goes away
        this.typing = setTimeout(() => void this.refresh(), TYPING_MS);
    }

    handleFollow(event: Event): void {
        this.term = (event.currentTarget as HTMLElement).dataset.correlation ?? '';
        void this.refresh();
    }

    handleRetry(): void {
        void this.refresh();
    }
}
