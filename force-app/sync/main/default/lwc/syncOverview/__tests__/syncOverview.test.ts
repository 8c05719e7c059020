import SyncOverview from 'c/syncOverview';
import type SyncChart from 'c/syncChart';
import type { Peer } from 'apex/types';
import { find, mount, query, queryAll } from 'jest-mocks/mount';
import { overview } from 'jest-mocks/sync';

type Overview = SyncOverview & HTMLElement;

function mountOverview(shown = overview()): Promise<Overview> {
    return mount('c-sync-overview', SyncOverview, { overview: shown });
}

function withPeer(changes: Peer): Promise<Overview> {
    const [peer] = overview().peers ?? [];
    return mountOverview(overview({ peers: [{ ...peer, ...changes }] }));
}

function tile(component: Overview, label: string): string | null | undefined {
    return query(component, `[data-tile="${label}"]`)?.textContent;
}

function listen(component: Overview, name: string): jest.Mock<void, [CustomEvent]> {
    const listener = jest.fn<void, [CustomEvent]>();
    component.addEventListener(name, listener as unknown as EventListener);
    return listener;
}

describe('c-sync-overview', () => {
    it('shows traffic, lag and queue at a glance', async () => {
        const component = await mountOverview();

        expect(tile(component, 'Changes in the last hour')).toBe('52');
        expect(tile(component, 'Half of them within')).toBe('340 ms');
        expect(tile(component, '95 of 100 within')).toBe('1.3 s');
        expect(tile(component, 'In the queue')).toBe('3');
        expect(tile(component, 'Dead letters')).toBe('2');
        expect(query(component, '[data-id="truncated"]')).toBeNull();
        await expect(component).toBeAccessible();
    });

    it('draws throughput and lag', async () => {
        const component = await mountOverview();

        const throughput = find(component, 'throughput') as unknown as SyncChart;
        expect(throughput.series.map(({ name, values }) => [name, values])).toEqual([
            ['Sent', [0, 40]],
            ['Received', [0, 12]],
            ['Failed', [0, 1]]
        ]);
        const lag = find(component, 'lag') as unknown as SyncChart;
        expect(lag.series[0]?.values).toEqual([0, 1_250]);
        expect(lag.points).toHaveLength(2);
    });

    it('lists the mappings', async () => {
        const component = await mountOverview();

        const cells = queryAll(component, 'tr[data-mapping="Case"] > *').map(({ textContent }) => textContent);
        expect(cells).toEqual(['Case', '3', '1', '2', '1', '40', '12', '1']);
    });

    it('has no table of mappings while nothing moves', async () => {
        const component = await mountOverview(overview({ mappings: [] }));

        expect(query(component, 'tr[data-mapping]')).toBeNull();
    });

    it('shows nought before anything was read', async () => {
        const component = await mount('c-sync-overview', SyncOverview);

        expect(tile(component, 'Changes in the last hour')).toBe('0');
        expect(tile(component, 'Half of them within')).toBe('–');
    });

    it('says when there is more than it counts', async () => {
        const component = await mountOverview(overview({ truncated: true }));

        expect(find(component, 'truncated').textContent).toContain('newest changes');
    });

    it.each<[string, Peer, string]>([
        ['delivers', {}, 'Delivering'],
        ['is paused', { paused: true, pausedReason: 'Release day' }, 'Paused: Release day'],
        ['is paused without a reason', { paused: true }, 'Paused: no reason given'],
        ['does not answer', { breaker: 'Open' }, 'does not answer'],
        ['is tried again', { breaker: 'Half Open' }, 'Trying whether'],
        ['rests', { budgetUntil: '2026-01-15T11:00:00.000Z' }, 'spare the API requests']
    ])('says that a peer %s', async (_case, changes, expected) => {
        const component = await withPeer(changes);

        expect(find(component, 'peer-status').textContent).toContain(expected);
    });

    it('says how much of the API budget is used, once it is known', async () => {
        const known = await mountOverview();
        expect(query(known, 'tr[data-peer]')?.textContent).toContain('(1 %)');

        const unknown = await withPeer({ apiLimit: null, apiUsed: null });
        expect(query(unknown, 'tr[data-peer]')?.textContent).toContain('Not known yet');
    });

    it('asks to pause a peer, and to resume a paused one', async () => {
        const delivering = await mountOverview();
        const pause = listen(delivering, 'pause');
        find(delivering, 'pause').click();
        expect(pause.mock.calls[0]?.[0].detail).toBe('Target_Org');

        const paused = await withPeer({ paused: true });
        const resume = listen(paused, 'resume');
        find(paused, 'resume').click();
        expect(resume.mock.calls[0]?.[0].detail).toBe('Target_Org');
    });
});
