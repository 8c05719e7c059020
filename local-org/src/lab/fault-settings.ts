import { FAULT_KINDS, KINDS_AT, POINTS, type FaultKind, type Point } from './fault-kinds.ts';
import { uniform } from './seeded.ts';

/** What a run is reproduced from. Plain JSON. */
export interface FaultSettings {
    readonly seed: string;
    /** Probability of a fault at each call of a point that can have it, from 0 to 1. */
    readonly rates: Readonly<Partial<Record<FaultKind, number>>>;
    /** Points that are struck, `callout` or `source.callout`; all but `api` when absent, so that the tooling is left alone. */
    readonly points: readonly string[];
    /** Upper bound of a late arrival, in milliseconds. */
    readonly latencyMs: number;
    /** Upper bound by which a clock moves, in milliseconds. */
    readonly clockMs: number;
    /** How long a crashed org does not answer, in milliseconds. */
    readonly downMs: number;
}

export class FaultSettingsError extends Error {}

const DEFAULTS = { latencyMs: 200, clockMs: 15 * 60_000, downMs: 200 };
const DEFAULT_POINTS: readonly Point[] = ['callout', 'dml', 'event', 'clock'];
const ORGS = ['source', 'target'];
const KEYS: ReadonlySet<string> = new Set(['seed', 'rates', 'points', ...Object.keys(DEFAULTS)]);
/** Highest rate of a kind in settings that come from a seed alone. */
const HIGHEST_RATE = 0.25;

/** Settings of a seed alone: some kinds of faults, each at a rate of its own. */
export function settingsOfSeed(seed: string): FaultSettings {
    const chosen = FAULT_KINDS.filter((kind) => uniform(seed, `chosen ${kind}`, 0) < 0.4);
    const kinds = chosen.length > 0 ? chosen : FAULT_KINDS;
    const rates = kinds.map((kind) => [kind, HIGHEST_RATE * uniform(seed, `rate ${kind}`, 0) ** 2] as const);
    return { seed, rates: Object.fromEntries(rates), points: DEFAULT_POINTS, ...DEFAULTS };
}

/** Settings from a parsed fault file. Throws FaultSettingsError that names the value and what may stand there. */
export function readFaultSettings(value: unknown): FaultSettings {
    if (typeof value === 'string' || typeof value === 'number') {
        return settingsOfSeed(String(value));
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new FaultSettingsError('Faults are a seed, or an object with "seed" and "rates".');
    }
    const given = value as Record<string, unknown>;
    const unknown = Object.keys(given).find((key) => !KEYS.has(key));
    if (unknown !== undefined) {
        throw new FaultSettingsError(`"${unknown}" is no setting of faults; known are ${[...KEYS].join(', ')}.`);
    }
    const { seed } = given;
    if (typeof seed !== 'string' && typeof seed !== 'number') {
        throw new FaultSettingsError('"seed" is missing: a text or a number that the run is reproduced from.');
    }
    const base = settingsOfSeed(String(seed));
    return {
        seed: base.seed,
        rates: given['rates'] === undefined ? base.rates : readRates(given['rates']),
        points: given['points'] === undefined ? DEFAULT_POINTS : readPoints(given['points']),
        latencyMs: milliseconds(given, 'latencyMs'),
        clockMs: milliseconds(given, 'clockMs'),
        downMs: milliseconds(given, 'downMs')
    };
}

function readRates(value: unknown): FaultSettings['rates'] {
    if (typeof value !== 'object' || value === null) {
        throw new FaultSettingsError('"rates" is an object of probabilities by kind of fault.');
    }
    for (const [kind, rate] of Object.entries(value)) {
        if (!FAULT_KINDS.includes(kind as FaultKind)) {
            throw new FaultSettingsError(`"${kind}" is no kind of fault; known are ${FAULT_KINDS.join(', ')}.`);
        }
        if (typeof rate !== 'number' || !(rate >= 0 && rate <= 1)) {
            throw new FaultSettingsError(
                `The rate of "${kind}" is ${JSON.stringify(rate)}; it is a number from 0 to 1.`
            );
        }
    }
    return value;
}

function readPoints(value: unknown): readonly string[] {
    const points = Array.isArray(value) ? value.map(String) : [];
    const known = [...POINTS, ...ORGS.flatMap((org) => POINTS.map((point) => `${org}.${point}`))];
    const wrong = points.find((point) => !known.includes(point));
    if (points.length === 0 || wrong !== undefined) {
        throw new FaultSettingsError(
            `"points" holds ${JSON.stringify(wrong ?? value)}; known are ${known.join(', ')}.`
        );
    }
    return points;
}

function milliseconds(given: Readonly<Record<string, unknown>>, key: keyof typeof DEFAULTS): number {
    const value = given[key] ?? DEFAULTS[key];
    if (typeof value !== 'number' || !(value >= 0)) {
        throw new FaultSettingsError(`"${key}" is ${JSON.stringify(value)}; it is a number of milliseconds.`);
    }
    return value;
}

/** Whether the settings strike the point of the org. */
export function strikes({ points }: FaultSettings, org: string, point: Point): boolean {
    return points.includes(point) || points.includes(`${org}.${point}`);
}

export function kindsAt(settings: FaultSettings, org: string, point: Point): readonly FaultKind[] {
    return strikes(settings, org, point) ? KINDS_AT[point].filter((kind) => (settings.rates[kind] ?? 0) > 0) : [];
}
