import { NativeObject } from '../../runtime/native-object.ts';
import { nativeClass, type NativeClass } from '../native.ts';

/** What `iterator()` of a List or Set gives. */
export class NativeIterator extends NativeObject {
    readonly className = 'System.Iterator';
    readonly #items: readonly unknown[];
    #position = 0;

    constructor(items: readonly unknown[]) {
        super();
        this.#items = items;
    }

    hasNext(): boolean {
        return this.#position < this.#items.length;
    }

    /** undefined past the end. */
    next(): unknown {
        return this.hasNext() ? this.#items[this.#position++] : undefined;
    }
}

/** Iterator interface (Apex Reference, System.Iterator). Objects of deployed classes answer for themselves. */
export const iteratorClass: NativeClass = nativeClass({
    name: 'System.Iterator',
    methods: {
        'hasNext()': (rt, self) =>
            self instanceof NativeIterator ? self.hasNext() : rt.invoke(self as object, 'hasNext', []),
        'next()': (rt, self) => {
            if (!(self instanceof NativeIterator)) {
                return rt.invoke(self as object, 'next', []);
            }
            const value = self.next();
            return value === undefined
                ? rt.throwNew('System.NoSuchElementException', 'Iterator has no more elements')
                : value;
        }
    }
});
