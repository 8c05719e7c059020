import type { LinkedOrgs } from '../lib/context.ts';
import type { Steps } from '../lib/steps.ts';
import { tokenRefusal } from '../lib/token-probe.ts';
import { attempt, failed, failing } from './outcome.ts';
import { deleteStaged, readStaged, rotatePair, stagePair, type StagedPair } from './staged-credentials.ts';

/** Brings the target to a new pair and answers the old one, which still works. Goes on with what a stopped run left. */
export async function rotateTarget({ target }: LinkedOrgs, steps: Steps, consumer: string): Promise<StagedPair> {
    const left = await readStaged(target, consumer);
    if (left?.state === 'Rotated') {
        return steps.step('Stage a new key and secret in the target org', (report) => {
            report.already('a rotation was begun before; it is finished now');
            return left;
        });
    }
    const staged = await steps.step('Stage a new key and secret in the target org', async (report) => {
        if (left !== undefined) {
            await deleteStaged(target, consumer, left.id);
            report.detail('a pair that was staged before and never used is replaced');
        }
        return failing('stage', 'Nothing was changed.', () => stagePair(target, consumer));
    });
    return steps.step('Rotate: the target org takes the new pair, and the old one still', async () => {
        try {
            await rotatePair(target, consumer, staged.id);
        } catch (cause) {
            const undone = await attempt(() => deleteStaged(target, consumer, staged.id));
            throw failed(
                'rotate',
                undone ? 'The staged pair was removed again.' : 'The staged pair is left, unused.',
                cause
            );
        }
        const old = await readStaged(target, consumer);
        if (old === undefined) {
            throw failed('rotate', 'The target org does not show the old pair.', new Error('the slot is empty'), false);
        }
        return old;
    });
}

/** Ends the pair of before. Answers how the target refuses it. */
export async function retirePair({ target }: LinkedOrgs, consumer: string, old: StagedPair): Promise<string> {
    const kept = `The source uses the new pair; the old one works until ${old.expirationDate} unless it is retired.`;
    await failing('retire', kept, () => deleteStaged(target, consumer, old.id));
    const refusal = await tokenRefusal(target, old);
    if (refusal === undefined || !refusal.startsWith('invalid_client')) {
        throw failed(
            'retire',
            kept,
            new Error(`the target org still knows the old pair: ${refusal ?? 'it gave a token'}`)
        );
    }
    return refusal;
}
