import { createContext, Script } from 'node:vm';
import { RegexTooComplicated } from '../../runtime/governor.ts';
import { shapeOf, type ExpressionShape } from './expression-shape.ts';

/** Milliseconds after which a match is given up. */
const PATIENCE = 1_000;

/** Steps that a match may take without being watched. */
const HARMLESS = 1e8;

/**
 * An expression whose matching ends: where going back over the text could take for ever, a clock stops it and
 * RegexTooComplicated is thrown. The clock costs a thread, so only what may be slow is watched.
 */
export class GuardedExpression extends RegExp {
    #shape: ExpressionShape | undefined;

    override exec(text: string): RegExpExecArray | null {
        this.#shape ??= shapeOf(this.source);
        const isHarmless = mostSteps(this.#shape, text.length - this.lastIndex) <= HARMLESS;
        return isHarmless ? super.exec(text) : watched(() => super.exec(text));
    }
}

function mostSteps({ isExponential, repetitions, choices }: ExpressionShape, length: number): number {
    const ways = length ** (repetitions + 1) * 2 ** choices;
    return isExponential ? Math.max(ways, 2 ** length) : ways;
}

type Match = () => RegExpExecArray | null;

const holder: { match: Match } = { match: () => null };
const context = createContext(holder);
const script = new Script('match()');

function watched(match: Match): RegExpExecArray | null {
    holder.match = match;
    try {
        return script.runInContext(context, { timeout: PATIENCE }) as RegExpExecArray | null;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new RegexTooComplicated();
        throw error;
    } finally {
        holder.match = () => null;
    }
}
