export const REFRESH_EVENT = 'lightning__refreshview';

/** Asks the page to bring its data up to date. */
export class RefreshEvent extends CustomEvent<undefined> {
    constructor() {
        super(REFRESH_EVENT, { bubbles: true, composed: true });
    }
}

type RefreshHandler = () => Promise<unknown>;

const handlers = new Map<number, RefreshHandler>();
let lastId = 0;

/** The handler runs when the page refreshes, until it is unregistered with the id that this gives. */
export function registerRefreshHandler(_contextElement: HTMLElement, handler: RefreshHandler): number {
    lastId += 1;
    handlers.set(lastId, handler);
    return lastId;
}

export function unregisterRefreshHandler(id: number): boolean {
    return handlers.delete(id);
}

/** Components that coordinate refreshes of their own part of a page. */
export function registerRefreshContainer(): never {
    throw new Error('registerRefreshContainer of lightning/refresh is not implemented in the local org');
}

export function unregisterRefreshContainer(): never {
    throw new Error('unregisterRefreshContainer of lightning/refresh is not implemented in the local org');
}

/** For the page: runs every handler. */
export async function runRefreshHandlers(): Promise<void> {
    await Promise.allSettled([...handlers.values()].map((handler) => handler()));
}
