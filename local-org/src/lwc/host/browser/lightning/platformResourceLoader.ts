const loading = new Map<string, Promise<void>>();

/** Runs a script of a static resource once; rejects when it cannot be loaded. */
export function loadScript(_component: unknown, url: string): Promise<void> {
    return loadOnce(url, () => Object.assign(document.createElement('script'), { src: url }));
}

/** Applies a style sheet of a static resource once; rejects when it cannot be loaded. */
export function loadStyle(_component: unknown, url: string): Promise<void> {
    return loadOnce(url, () => Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url }));
}

function loadOnce(url: string, create: () => HTMLElement): Promise<void> {
    const started = loading.get(url);
    if (started !== undefined) {
        return started;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const element = create();
    element.addEventListener('load', () => resolve());
    element.addEventListener('error', () => reject(new Error(`${url} could not be loaded`)));
    document.head.append(element);
    loading.set(url, promise);
    return promise;
}
