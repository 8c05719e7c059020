import { markup } from './markup.ts';
import { pageResponse } from './shell.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SessionContext } from '../surface.ts';

export interface PageMessage {
    readonly title: string;
    readonly text: string;
}

/** A page that says why there is nothing else on it. */
export function messagePage(
    request: HttpRequest,
    context: SessionContext,
    status: number,
    { title, text }: PageMessage
): WireResponse {
    const body = markup`<div class="host-card host-message">
        <h1 class="slds-text-heading_medium">${title}</h1>
        <p>${text}</p>
        <p><a href="/">Go to the home page</a></p>
    </div>`;
    return pageResponse(request, context, { title, body, status });
}
