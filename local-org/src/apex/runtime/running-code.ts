import { ReadOnlyRecordError } from '../../values/sobject.ts';
import { platformType } from '../types/apex-types.ts';
import { ApexException, LimitExceeded, throwApex } from './apex-exception.ts';
import { ApexTransaction, type TransactionOptions } from './apex-transaction.ts';
import { FrameStack, MAXIMUM_DEPTH } from './frames.ts';
import { Governor, limitBehind } from './governor.ts';
import { runningAccess } from './running-access.ts';

/**
 * The code that runs: its transaction with limits, its frames, and the exceptions that leave them. Generated code opens and
 * closes frames here.
 */
export class RunningCode {
    readonly frames = new FrameStack();
    /** Open frames; generated code raises and lowers it. */
    depth = 0;
    /** Calls until the next look at CPU time and heap. */
    ticks = 0;
    /** Turns of a loop between two such looks. */
    ticksPerLook = 0;
    /** Static state of the transaction that runs, by class number. */
    statics: unknown[] = [];
    readonly #ids: Int32Array = this.frames.ids;
    #tx: ApexTransaction | undefined;
    #deepest = MAXIMUM_DEPTH;
    #transactions = 0;
    #governor = new Governor();

    get tx(): ApexTransaction {
        if (this.#tx === undefined) throw new Error('No Apex transaction is running.');
        return this.#tx;
    }

    get isRunning(): boolean {
        return this.#tx !== undefined;
    }

    /** Runs work as one transaction; nested in the one that waits for a callout, if any. */
    transaction<T>(
        options: Pick<TransactionOptions, 'userId' | 'isTest' | 'isAsync' | 'parent'>,
        work: (tx: ApexTransaction) => T
    ): T {
        const saved = {
            tx: this.#tx,
            statics: this.statics,
            depth: this.depth,
            deepest: this.#deepest,
            governor: this.#governor
        };
        this.#transactions += 1;
        const baseDepth = this.depth;
        const tx = new ApexTransaction({
            ...options,
            id: `TX-${String(this.#transactions).padStart(10, '0')}`,
            baseDepth,
            access: (userId) => runningAccess(userId, this.frames.owners(this.depth, baseDepth))
        });
        this.#tx = tx;
        this.statics = tx.statics;
        this.#deepest = baseDepth + MAXIMUM_DEPTH;
        this.#governor = new Governor();
        this.#setTicks();
        try {
            return work(tx);
        } catch (error) {
            throw this.limitOf(error) ?? error;
        } finally {
            this.#tx = saved.tx;
            this.statics = saved.statics;
            this.depth = saved.depth;
            this.#deepest = saved.deepest;
            this.#governor = saved.governor;
            this.#setTicks();
        }
    }

    // Frames and limits

    /** Opens a frame; gives its depth. */
    enter(id: number): number {
        const depth = ++this.depth;
        if (depth > this.#deepest) this.#overflow();
        this.#ids[depth] = id;
        if (--this.ticks < 0) this.tick();
        return depth;
    }

    #overflow(): never {
        this.depth -= 1;
        throwApex(this.#limit(`Maximum stack depth reached: ${MAXIMUM_DEPTH + 1}`));
    }

    /** Looks at CPU time and heap; gives the turns until the next look. */
    tick(): number {
        const exceeded = this.#governor.look(this.tx);
        this.#setTicks();
        if (exceeded !== undefined) throwApex(this.#limit(exceeded));
        return this.ticks;
    }

    #setTicks(): void {
        this.ticks = this.#governor.turns;
        this.ticksPerLook = this.#governor.turns;
    }

    /** Work of the library that takes room in proportion to `amount`, the elements of a list. */
    charge(amount: number): void {
        this.ticks -= amount;
        if (this.ticks < 0) this.tick();
    }

    /** The exceeded limit that an error of the JavaScript engine stands for; undefined for other errors. */
    limitOf(error: unknown): LimitExceeded | undefined {
        const message = limitBehind(error, this.tx);
        return message === undefined ? undefined : this.#limit(message);
    }

    #limit(message: string): LimitExceeded {
        const error = new LimitExceeded(message);
        error.stack = this.frames.trace(this.depth, this.tx.baseDepth);
        return error;
    }

    // Exceptions

    throwNew(typeName: string, message: string, details?: object): never {
        if (typeName === 'System.LimitException') throwApex(this.#limit(message));
        const exception = new ApexException(platformType(typeName), message);
        exception.details = details;
        throwApex(this.born(exception));
    }

    /** Code that was compiled though it uses what the local org lacks. */
    unsupported(message: string): never {
        return this.throwNew('System.UnsupportedOperationException', message);
    }

    nullPointer(): never {
        return this.throwNew('System.NullPointerException', 'Attempt to de-reference a null object');
    }

    /** The same in a function that has opened no frame. */
    nullPointerIn(frame: number, line: number): never {
        this.depth += 1;
        this.#ids[this.depth] = frame;
        this.frames.lines[this.depth] = line;
        return this.nullPointer();
    }

    nullArgument(): never {
        return this.throwNew('System.NullPointerException', 'Argument cannot be null.');
    }

    /** An exception remembers where it was created. */
    born(exception: ApexException): ApexException {
        exception.stack = this.frames.trace(this.depth, this.tx.baseDepth);
        return exception;
    }

    /** What `throw` throws. */
    raise(exception: ApexException | null): ApexException {
        return exception ?? this.nullPointer();
    }

    /** What a catch clause may look at; everything Apex cannot catch goes on. */
    caught(error: unknown, depth: number): ApexException {
        // A failed assertion cannot be caught (Apex Reference, System.assert).
        if (error instanceof ApexException && error.typeName !== 'System.AssertException') {
            this.depth = depth;
            return error;
        }
        if (error instanceof ReadOnlyRecordError) {
            const exception = this.born(new ApexException(platformType('System.FinalException'), error.message));
            this.depth = depth;
            return exception;
        }
        throw this.limitOf(error) ?? error;
    }
}
