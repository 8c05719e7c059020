import { setImmediate } from 'node:timers';
import { createElement, type LightningElement } from 'lwc';

/** Creates the component, sets its properties, puts it into the page and waits until it is drawn. */
export async function mount<Component extends LightningElement>(
    tag: string,
    is: new () => Component,
    properties: Record<string, unknown> = {}
): Promise<Component & HTMLElement> {
    const element = createElement(tag, { is: is as never });
    Object.assign(element, properties);
    document.body.append(element);
    await flush();
    return element as unknown as Component & HTMLElement;
}

/** Waits until all settled promises have been handled and the component is drawn again. */
export async function flush(): Promise<void> {
    // A test may fake the global timers; those of Node's own module stay real.
    await new Promise((resolve) => setImmediate(resolve));
}

/** The element that carries `data-id`; throws when the component does not show it. */
export function find<Found extends Element = HTMLElement>(component: Element, dataId: string): Found {
    const found = query<Found>(component, `[data-id="${dataId}"]`);
    if (found === null) {
        throw new Error(`${component.localName} does not show data-id="${dataId}".`);
    }
    return found;
}

export function query<Found extends Element = HTMLElement>(component: Element, selector: string): Found | null {
    return component.shadowRoot?.querySelector<Found>(selector) ?? null;
}

export function queryAll<Found extends Element = HTMLElement>(component: Element, selector: string): Found[] {
    return [...(component.shadowRoot?.querySelectorAll<Found>(selector) ?? [])];
}

/** A promise that the test settles, to look at a component while it waits. */
export function deferred<Value>(): {
    promise: Promise<Value>;
    resolve(value: Value): void;
    reject(cause: unknown): void;
} {
    return Promise.withResolvers<Value>();
}
