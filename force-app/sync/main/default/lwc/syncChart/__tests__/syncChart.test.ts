import SyncChart, { type ChartSeries } from 'c/syncChart';
import { find, mount, query, queryAll } from 'jest-mocks/mount';

const SERIES: ChartSeries[] = [
    { name: 'Sent', kind: 'sent', values: [0, 30] },
    { name: 'Failed', kind: 'failed', values: [1, 10] }
];

function mountChart(series: ChartSeries[]): Promise<SyncChart & HTMLElement> {
    return mount('c-sync-chart', SyncChart, {
        label: 'Throughput',
        unit: 'changes',
        points: ['10:00', '10:05'],
        series
    });
}

function bar(chart: Element, kind: string): Record<string, number> {
    const bars = queryAll<SVGRectElement>(chart, `rect.${kind}`);
    const last = bars.at(-1);
    return Object.fromEntries(['x', 'y', 'width', 'height'].map((name) => [name, Number(last?.getAttribute(name))]));
}

describe('c-sync-chart', () => {
    it('stands the bars of one time on each other, the highest as high as the drawing', async () => {
        const chart = await mountChart(SERIES);

        expect(queryAll(chart, 'rect')).toHaveLength(3);
        expect(bar(chart, 'sent')).toEqual({ x: 302, y: 30, width: 296, height: 90 });
        expect(bar(chart, 'failed')).toEqual({ x: 302, y: 0, width: 296, height: 30 });
        expect(find(chart, 'highest').textContent).toBe('40 changes');
    });

    it('keeps a small figure visible', async () => {
        const chart = await mountChart([{ name: 'Sent', kind: 'sent', values: [1, 10_000] }]);

        expect(queryAll(chart, 'rect')[0]?.getAttribute('height')).toBe('2');
    });

    it('gives the figures to screen readers', async () => {
        const chart = await mountChart(SERIES);

        const cells = queryAll(chart, 'tbody tr').map((row) => [...row.children].map(({ textContent }) => textContent));
        expect(cells).toEqual([
            ['10:00', '0', '1'],
            ['10:05', '30', '10']
        ]);
        await expect(chart).toBeAccessible();
    });

    it('says that there is nothing', async () => {
        const chart = await mountChart([{ name: 'Sent', kind: 'sent', values: [0, 0] }]);

        expect(find(chart, 'nothing').textContent).toBe('Nothing in this time');
        expect(query(chart, 'rect')).toBeNull();
        expect(find(chart, 'highest').textContent).toBe('');
    });

    it('draws without points', async () => {
        const chart = await mount('c-sync-chart', SyncChart);

        expect(query(chart, 'rect')).toBeNull();
    });
});
