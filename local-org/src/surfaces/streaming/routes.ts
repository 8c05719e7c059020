import { randomBytes } from 'node:crypto';
import { jsonParserError } from '../../http/api-error.ts';
import { json } from '../../http/responses.ts';
import { jsonObject } from '../rest/record-json.ts';
import { sessionRoute, type Surface } from '../surface.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { WireResponse } from '../../http/types.ts';

type Message = Readonly<Record<string, unknown>>;

/**
 * The handshake of the Streaming API, which clients make before they look whether a test run has ended. Everything has
 * ended here when its id is known, so there is nothing to stream: a subscription is refused in the protocol's own words,
 * since clients try again for ever after an HTTP error. Source: Bayeux Protocol 1.0; Streaming API Developer Guide.
 */
export const streamingSurface: Surface = {
    name: 'streaming',
    routes: [sessionRoute(['POST'], '/cometd/:release', cometd)]
};

function cometd(request: HttpRequest): WireResponse {
    const messages = request.json();
    if (!Array.isArray(messages)) {
        throw jsonParserError('A list of messages is expected');
    }
    return json(
        200,
        messages.map((message) => answer(jsonObject(message)))
    );
}

function answer({ channel, id, clientId }: Message): Message {
    const common = { channel, ...(id !== undefined && { id }) };
    switch (channel) {
        case '/meta/handshake':
            return {
                ...common,
                clientId: randomBytes(12).toString('hex'),
                version: '1.0',
                minimumVersion: '1.0',
                supportedConnectionTypes: ['long-polling'],
                successful: true
            };
        case '/meta/disconnect':
            return { ...common, clientId, successful: true };
        default:
            return {
                ...common,
                clientId,
                successful: false,
                error: '501::The local org does not support the Streaming API',
                advice: { reconnect: 'none' }
            };
    }
}
