import { diagnostics } from './diagnostics.ts';

/** What is wrong with a urlMapping; undefined when nothing is. */
export function restUrlProblem(url: string): string | undefined {
    if (url === '') return diagnostics.restUrlEmpty();
    if (url.length > 255) return diagnostics.restUrlLong();
    if (!url.startsWith('/')) return diagnostics.restUrlSlash();
    for (let at = url.indexOf('*'); at !== -1; at = url.indexOf('*', at + 1)) {
        if (url[at - 1] !== '/') return diagnostics.restUrlBeforeWildcard();
        if (at < url.length - 1 && url[at + 1] !== '/') return diagnostics.restUrlAfterWildcard();
    }
    return undefined;
}
