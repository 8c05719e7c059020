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

/** The way of changes between the orgs: of one record, of one correlation id, or the newest of all. */
export default class SyncHistory extends LightningElement {
    entries: readonly SyncHistoryEntry[] | undefined;
    errors: string[] | undefined;

    private term = '';
    private requests = 0;

    /** Correlation id, or Id of a record of either org; blank for all. */
    @api
    get searchTerm(): string {
        return this.term;
    }
    set searchTerm(value: string | undefined) {
        this.term = value ?? '';
        void this.refresh();
    }

    connectedCallback(): void {
        void this.refresh();
    }

    /** Reads the log again; settles when the list is up to date. */
    @api
    async refresh(): Promise<void> {
        const request = ++this.requests;
        try {
            const entries = await getHistory({ searchTerm: this.term });
            if (request === this.requests) {
                this.entries = entries;
                this.errors = undefined;
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
        this.term = event.detail.value.trim();
        void this.refresh();
    }

    handleFollow(event: Event): void {
        this.term = (event.currentTarget as HTMLElement).dataset.correlation ?? '';
        void this.refresh();
    }

    handleRetry(): void {
        void this.refresh();
    }
}
