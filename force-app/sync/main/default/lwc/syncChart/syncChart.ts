import { LightningElement, api } from 'lwc';

/** One kind of bar; those of one point in time stand on each other. */
export interface ChartSeries {
    name: string;
    kind: 'sent' | 'received' | 'failed' | 'lag';
    values: readonly number[];
}

interface Bar {
    key: string;
    className: string;
    x: number;
    y: number;
    width: number;
    height: number;
}

interface LegendEntry {
    name: string;
    className: string;
}

interface TableRow {
    label: string;
    cells: readonly { key: string; text: string }[];
}

/** Units of the drawing, which is stretched to the width of the page. */
const WIDTH = 600;
const HEIGHT = 120;
const GAP = 4;
/** So that a figure that is not nought can be seen. */
const LEAST = 2;

/** Stacked bars over time. The same figures are in a table that screen readers read instead. */
export default class SyncChart extends LightningElement {
    @api label = '';
    /** What the figures are, for the axis: `changes`, `ms`. */
    @api unit = '';
    /** Names of the points in time, oldest first. */
    @api points: readonly string[] = [];
    @api series: readonly ChartSeries[] = [];

    get viewBox(): string {
        return `0 0 ${WIDTH} ${HEIGHT}`;
    }

    get bars(): Bar[] {
        const step = WIDTH / Math.max(1, this.points.length);
        return this.points.flatMap((_point, index) => {
            let top = HEIGHT;
            return this.series.flatMap(({ kind, values }) => {
                const value = values[index] ?? 0;
                if (value <= 0) {
                    return [];
                }
                const height = Math.max(LEAST, (value / this.highest) * HEIGHT);
                top -= height;
                const x = index * step + GAP / 2;
                return [{ key: `${kind}${index}`, className: `bar ${kind}`, x, y: top, width: step - GAP, height }];
            });
        });
    }

    get legend(): LegendEntry[] {
        return this.series.map(({ name, kind }) => ({ name, className: `swatch ${kind}` }));
    }

    get rows(): TableRow[] {
        return this.points.map((label, index) => ({
            label,
            cells: this.series.map(({ name, values }) => ({ key: name, text: String(values[index] ?? 0) }))
        }));
    }

    get highestText(): string {
        return this.isEmpty ? '' : `${this.highest.toLocaleString()} ${this.unit}`;
    }

    get firstPoint(): string {
        return this.points[0] ?? '';
    }

    get lastPoint(): string {
        return this.points.at(-1) ?? '';
    }

    get isEmpty(): boolean {
        return this.series.every(({ values }) => values.every((value) => value <= 0));
    }

    private get highest(): number {
        const sums = this.points.map((_point, index) =>
            this.series.reduce((sum, { values }) => sum + Math.max(0, values[index] ?? 0), 0)
        );
        return Math.max(1, ...sums);
    }
}
