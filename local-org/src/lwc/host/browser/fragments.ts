let running: Promise<void> | undefined;
let wanted = false;

/** Reads the parts of the page again that the org rendered: the elements with `data-fragment`. */
export function refreshFragments(): Promise<void> {
    wanted = true;
    running ??= refreshWhileWanted().finally(() => {
        running = undefined;
    });
    return running;
}

async function refreshWhileWanted(): Promise<void> {
    while (wanted) {
        wanted = false;
        const places = document.querySelectorAll<HTMLElement>('[data-fragment]');
        if (places.length > 0) {
            await replaceFragments(places);
        }
    }
}

async function replaceFragments(places: Iterable<HTMLElement>): Promise<void> {
    const response = await fetch(window.location.href, { credentials: 'same-origin' });
    if (!response.ok) {
        return;
    }
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    for (const place of places) {
        const fresh = page.querySelector(`[data-fragment="${place.dataset['fragment']}"]`);
        if (fresh !== null && fresh.innerHTML !== place.innerHTML) {
            place.innerHTML = fresh.innerHTML;
        }
    }
}
