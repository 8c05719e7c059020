import { Id } from '../values/index.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SEQUENCE_LENGTH = 7;

/** Gives record ids: three characters of key prefix, five of the org's pod, seven of a sequence per prefix. */
export interface RecordIds {
    next(keyPrefix: string): Id;
    snapshot(): Readonly<Record<string, number>>;
    restore(sequences: Readonly<Record<string, number>>): void;
}

/** `pod`: five base-62 characters that tell the ids of one org from another's, for example `Hn000`. */
export function createRecordIds(pod: string): RecordIds {
    if (!/^[0-9A-Za-z]{5}$/.test(pod)) throw new RangeError(`A pod has five base-62 characters: ${pod}`);
    const sequences = new Map<string, number>();
    return {
        next(keyPrefix) {
            const number = (sequences.get(keyPrefix) ?? 0) + 1;
            sequences.set(keyPrefix, number);
            return Id.of(keyPrefix + pod + base62(number));
        },
        snapshot: () => Object.fromEntries(sequences),
        restore(saved) {
            sequences.clear();
            for (const [prefix, number] of Object.entries(saved)) sequences.set(prefix, number);
        }
    };
}

function base62(number: number): string {
    let text = '';
    for (let rest = number; rest > 0; rest = Math.floor(rest / 62)) {
        text = (DIGITS[rest % 62] ?? '0') + text;
    }
    return text.padStart(SEQUENCE_LENGTH, '0');
}
