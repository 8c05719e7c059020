/** A function call of a paused program (Chrome DevTools Protocol, Debugger.CallFrame). */
export interface CallFrame {
    readonly callFrameId: string;
    readonly functionName: string;
    readonly location: { readonly scriptId: string; readonly lineNumber: number; readonly columnNumber: number };
}

export interface Script {
    readonly scriptId: string;
    readonly url: string;
    readonly sourceMapURL: string;
}

interface Message {
    readonly id?: number;
    readonly method?: string;
    readonly params?: unknown;
    readonly result?: unknown;
    readonly error?: { readonly message: string };
}

/** Speaks the inspector protocol as an editor does: commands, scripts as they are parsed, and pauses. */
export class InspectorClient {
    readonly #socket: WebSocket;
    readonly #scripts = new Map<string, Script>();
    readonly #answers = new Map<number, PromiseWithResolvers<unknown>>();
    readonly #pauses: PromiseWithResolvers<readonly CallFrame[]>[] = [];
    #lastId = 0;

    private constructor(socket: WebSocket) {
        this.#socket = socket;
        socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data)) as Message));
    }

    static async connect(url: string): Promise<InspectorClient> {
        const socket = new WebSocket(url);
        await new Promise((opened, failed) => {
            socket.addEventListener('open', opened);
            socket.addEventListener('error', () => failed(new Error(`Nothing answers at ${url}`)));
        });
        const client = new InspectorClient(socket);
        await client.send('Runtime.enable');
        await client.send('Debugger.enable');
        return client;
    }

    send(method: string, params: object = {}): Promise<unknown> {
        this.#lastId += 1;
        const answer = Promise.withResolvers<unknown>();
        this.#answers.set(this.#lastId, answer);
        this.#socket.send(JSON.stringify({ id: this.#lastId, method, params }));
        return answer.promise;
    }

    /** A parsed script by its URL. */
    script(url: string): Script {
        const script = this.#scripts.get(url);
        if (script === undefined) throw new Error(`No script ${url} among ${[...this.#scripts.keys()].join(', ')}`);
        return script;
    }

    async sourceOf({ scriptId }: Script): Promise<string> {
        const { scriptSource } = (await this.send('Debugger.getScriptSource', { scriptId })) as {
            scriptSource: string;
        };
        return scriptSource;
    }

    /** The calls of the next pause, innermost first. */
    paused(): Promise<readonly CallFrame[]> {
        const pause = Promise.withResolvers<readonly CallFrame[]>();
        this.#pauses.push(pause);
        return pause.promise;
    }

    async evaluate({ callFrameId }: CallFrame, expression: string): Promise<unknown> {
        const answer = await this.send('Debugger.evaluateOnCallFrame', {
            callFrameId,
            expression,
            returnByValue: true
        });
        return (answer as { result: { value: unknown } }).result.value;
    }

    close(): void {
        this.#socket.close();
    }

    #receive({ id, method, params, result, error }: Message): void {
        if (id !== undefined) {
            const answer = this.#answers.get(id);
            if (error === undefined) answer?.resolve(result);
            else answer?.reject(new Error(error.message));
            return;
        }
        if (method === 'Debugger.scriptParsed') {
            const script = params as Script;
            this.#scripts.set(script.url, script);
        }
        if (method === 'Debugger.paused') {
            this.#pauses.shift()?.resolve((params as { callFrames: readonly CallFrame[] }).callFrames);
        }
    }
}
