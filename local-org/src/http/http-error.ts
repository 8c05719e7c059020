import type { WireResponse } from './types.ts';

/** An answer other than success. Handlers throw it; the engine sends what `toResponse` gives. */
export abstract class HttpError extends Error {
    readonly status: number;

    constructor(status: number, message: string) {
        super(message);
        this.status = status;
    }

    abstract toResponse(): WireResponse;
}
