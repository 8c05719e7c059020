import { workerData } from 'node:worker_threads';
import { openEngineChannel } from '../../src/engine/engine-channel.ts';
import { text } from '../../src/http/responses.ts';
import type { EngineStart } from '../../src/engine/channel.ts';
import type { WireRequest, WireResponse } from '../../src/http/types.ts';

/**
 * An engine without an org, to test the channel: `/echo` answers what it got, `/relay?to=<url>` answers what a callout to
 * the URL gave, `/crash` throws where nothing catches.
 */
const { settings, port, signal } = workerData as EngineStart;
const channel = openEngineChannel(port, new Int32Array(signal));

function handle(request: WireRequest): WireResponse {
    const url = new URL(request.url, settings.baseUrl);
    if (url.pathname === '/crash') {
        setImmediate(() => {
            throw new Error('the engine crashed on purpose');
        });
        return text(200, 'soon');
    }
    if (url.pathname === '/relay') {
        const timeoutMs = Number(url.searchParams.get('timeout') ?? 5000);
        const to = url.searchParams.get('to') ?? '';
        const outcome = channel.transport.send({
            method: 'GET',
            url: to,
            headers: {},
            body: new Uint8Array(),
            timeoutMs
        });
        const answer = outcome.ok ? new TextDecoder().decode(outcome.body) : outcome.reason;
        return text(200, `${settings.name}(${answer})`);
    }
    return text(200, `${settings.name}:${request.method}:${new TextDecoder().decode(request.body)}`);
}

channel.serve(handle, {
    onSignedUp: () => undefined,
    onStop() {
        channel.post({ kind: 'stopped' });
        channel.close();
    }
});
channel.post({
    kind: 'ready',
    org: { id: settings.name, apiVersion: '67.0', admin: { userId: '', username: '', accessToken: '' } }
});
