import type { Checkpoint } from './checkpoint.ts';
import { load, type LoadCounts } from './load.ts';
import type { From, Route } from './route.ts';
import type { TwinRule } from './twins.ts';

export interface LoadedRoute extends LoadCounts {
    readonly mapping: string;
    readonly from: From;
    readonly seconds: number;
    /** API requests. */
    readonly calls: { readonly sender: number; readonly receiver: number };
}

type OnProgress = (read: number, total: number) => void;

export interface LoadRoutesOptions {
    readonly routes: readonly Route[];
    /** By mapping. */
    readonly rules: ReadonlyMap<string, TwinRule>;
    readonly chunk?: number;
    readonly checkpointOf: (route: Route) => Checkpoint;
    /** Runs one pass over one route under a title. */
    readonly run: (title: string, work: (onProgress: OnProgress) => Promise<LoadCounts>) => Promise<LoadCounts>;
}

/**
 * Loads routes in their order, parents first. Records that refer to each other in a circle, or to one that comes later, wait;
 * those routes are gone over again as long as fewer and fewer wait.
 */
export async function loadRoutes(options: LoadRoutesOptions): Promise<readonly LoadedRoute[]> {
    const loaded = new Map<Route, LoadedRoute>();
    let open: readonly Route[] = options.routes;
    let before = Infinity;
    while (open.length > 0) {
        for (const route of open) loaded.set(route, await loadOnce(route, options, loaded.get(route)));
        const waiting = open.map((route) => loaded.get(route)?.waiting ?? 0);
        const sum = waiting.reduce((total, one) => total + one, 0);
        open = sum < before ? open.filter((_route, index) => waiting[index] > 0) : [];
        before = sum;
    }
    return options.routes.flatMap((route) => loaded.get(route) ?? []);
}

async function loadOnce(
    route: Route,
    { rules, chunk, checkpointOf, run }: LoadRoutesOptions,
    earlier: LoadedRoute | undefined
): Promise<LoadedRoute> {
    const { mapping, from, sender, receiver } = route;
    const again = earlier === undefined ? '' : ' again';
    const calls = { sender: sender.calls, receiver: receiver.calls };
    const started = performance.now();
    const counts = await run(`Load ${mapping.name} from the ${from} org${again}`, (onProgress) =>
        load({
            route,
            rule: rules.get(mapping.name),
            checkpoint: checkpointOf(route),
            ...(chunk !== undefined && { chunk }),
            onProgress: ({ read }, total) => onProgress(read, total)
        })
    );
    const once: LoadedRoute = {
        mapping: mapping.name,
        from,
        seconds: (performance.now() - started) / 1000,
        calls: { sender: sender.calls - calls.sender, receiver: receiver.calls - calls.receiver },
        ...counts
    };
    return earlier === undefined ? once : joined(earlier, once);
}

/** A second pass finds what the first one did: what it says about open records replaces what the first one said. */
function joined(first: LoadedRoute, second: LoadedRoute): LoadedRoute {
    return {
        ...second,
        read: first.read,
        resumed: first.resumed,
        unchanged: first.unchanged,
        created: first.created + second.created,
        linked: first.linked + second.linked,
        updated: first.updated,
        queued: first.queued + second.queued,
        seconds: first.seconds + second.seconds,
        calls: {
            sender: first.calls.sender + second.calls.sender,
            receiver: first.calls.receiver + second.calls.receiver
        }
    };
}
