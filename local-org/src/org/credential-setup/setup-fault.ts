/**
 * Why a call that sets up named credentials fails. Connect REST answers with status and code, ConnectApi throws the
 * message: they are two doors to one thing.
 */
export class SetupFault extends Error {
    readonly status: number;
    readonly errorCode: string;

    constructor(status: number, errorCode: string, message: string) {
        super(message);
        this.status = status;
        this.errorCode = errorCode;
    }
}

export function invalid(message: string): SetupFault {
    return new SetupFault(400, 'INVALID_API_INPUT', message);
}

/** A value that is none of those that the property takes. */
export function badValue(message: string): SetupFault {
    return new SetupFault(400, 'POST_BODY_PARSE_ERROR', message);
}

export function unreadable(message: string): SetupFault {
    return new SetupFault(400, 'JSON_PARSER_ERROR', message);
}

export function absent(message: string): SetupFault {
    return new SetupFault(404, 'NOT_FOUND', message);
}

export function taken(message: string): SetupFault {
    return new SetupFault(409, 'CONFLICT', message);
}

export function denied(message: string): SetupFault {
    return new SetupFault(403, 'INSUFFICIENT_ACCESS', message);
}
