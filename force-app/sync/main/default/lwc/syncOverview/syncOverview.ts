import { LightningElement, api } from 'lwc';
import type { Interval, Mapping, Peer, SyncOverview as Overview } from 'apex/types';
import { count, duration, figure } from 'c/syncText';
import type { ChartSeries } from 'c/syncChart';

interface Tile {
    label: string;
    text: string;
}

interface PeerRow extends Peer {
    status: string;
    statusIcon: string;
    statusVariant: string;
    budget: string;
    isPaused: boolean;
    pauseLabel: string;
    resumeLabel: string;
}

/**
 * Peers, mappings and traffic at a glance.
 * @fires pause with the name of a peer whose delivery the user wants to stop
 * @fires resume with the name of a peer whose delivery the user wants to start again
 */
export default class SyncOverview extends LightningElement {
    @api overview: Overview | undefined;

    get tiles(): Tile[] {
        const peers = this.overview?.peers ?? [];
        const sum = (key: 'pending' | 'waiting' | 'deadLetters' | 'conflicts'): string =>
            figure(peers.reduce((total, peer) => total + (peer[key] ?? 0), 0));
        return [
            { label: 'Changes in the last hour', text: figure(this.overview?.changes) },
            { label: 'Half of them within', text: duration(this.overview?.lagP50) },
            { label: '95 of 100 within', text: duration(this.overview?.lagP95) },
            { label: 'In the queue', text: sum('pending') },
            { label: 'Waiting for a parent', text: sum('waiting') },
            { label: 'Dead letters', text: sum('deadLetters') },
            { label: 'Conflicts', text: sum('conflicts') }
        ];
    }

    get peers(): PeerRow[] {
        return (this.overview?.peers ?? []).map((peer) => {
            const { text, icon, variant } = statusOf(peer);
            return {
                ...peer,
                status: text,
                statusIcon: icon,
                statusVariant: variant,
                budget: budgetOf(peer),
                isPaused: Boolean(peer.paused),
                pauseLabel: `Pause ${peer.name}`,
                resumeLabel: `Resume ${peer.name}`
            };
        });
    }

    get mappings(): Mapping[] {
        return this.overview?.mappings ?? [];
    }

    get hasMappings(): boolean {
        return this.mappings.length > 0;
    }

    get points(): string[] {
        return this.traffic.map(({ startsAt }) =>
            new Date(startsAt ?? 0).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
        );
    }

    get throughput(): ChartSeries[] {
        const values = (key: 'sent' | 'received' | 'failed'): number[] =>
            this.traffic.map((interval) => interval[key] ?? 0);
        return [
            { name: 'Sent', kind: 'sent', values: values('sent') },
            { name: 'Received', kind: 'received', values: values('received') },
            { name: 'Failed', kind: 'failed', values: values('failed') }
        ];
    }

    get lag(): ChartSeries[] {
        return [{ name: '95 of 100 within', kind: 'lag', values: this.traffic.map(({ lagP95 }) => lagP95 ?? 0) }];
    }

    get truncatedText(): string {
        return this.overview?.truncated
            ? 'The lags are those of the newest changes: there were more than are read.'
            : '';
    }

    handlePause(event: Event): void {
        this.report('pause', event);
    }

    handleResume(event: Event): void {
        this.report('resume', event);
    }

    private get traffic(): Interval[] {
        return this.overview?.traffic ?? [];
    }

    private report(name: 'pause' | 'resume', event: Event): void {
        const { peer } = (event.currentTarget as HTMLElement).dataset;
        this.dispatchEvent(new CustomEvent(name, { detail: peer }));
    }
}

function statusOf(peer: Peer): { text: string; icon: string; variant: string } {
    if (peer.paused) {
        return { text: `Paused: ${peer.pausedReason ?? 'no reason given'}`, icon: 'utility:pause', variant: 'warning' };
    }
    if (peer.breaker === 'Open') {
        return { text: 'The other org does not answer; trying again later', icon: 'utility:error', variant: 'error' };
    }
    if (peer.budgetUntil) {
        return {
            text: 'Resting to spare the API requests of the other org',
            icon: 'utility:clock',
            variant: 'warning'
        };
    }
    if (peer.breaker === 'Half Open') {
        return { text: 'Trying whether the other org answers again', icon: 'utility:clock', variant: 'warning' };
    }
    return { text: 'Delivering', icon: 'utility:success', variant: 'success' };
}

function budgetOf({ apiUsed, apiLimit }: Peer): string {
    if (!apiLimit) {
        return 'Not known yet';
    }
    const percent = Math.round(((apiUsed ?? 0) / apiLimit) * 100);
    return `${count(apiUsed, 'request')} of ${figure(apiLimit)} (${percent} %)`;
}
