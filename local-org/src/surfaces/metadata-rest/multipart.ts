/** One part of a multipart body. */
export interface MultipartPart {
    readonly name: string;
    readonly body: Uint8Array;
}

/** Parts of a `multipart/form-data` body by the boundary of its content type; empty when there is no boundary. */
export function parseMultipart(contentType: string, body: Uint8Array): readonly MultipartPart[] {
    const boundary = parameterOf(contentType, 'boundary');
    if (boundary === undefined) {
        return [];
    }
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    const delimiter = Buffer.from(`--${boundary}`);
    const parts: MultipartPart[] = [];
    let start = bytes.indexOf(delimiter);
    while (start >= 0) {
        const next = bytes.indexOf(delimiter, start + delimiter.length);
        if (next < 0) {
            break;
        }
        const part = parsePart(bytes.subarray(start + delimiter.length + 2, next - 2));
        parts.push(...(part ? [part] : []));
        start = next;
    }
    return parts;
}

function parsePart(bytes: Buffer): MultipartPart | undefined {
    const end = bytes.indexOf('\r\n\r\n');
    const lines = bytes.subarray(0, Math.max(end, 0)).toString('utf8').split('\r\n');
    const disposition = lines.find((line) => line.toLowerCase().startsWith('content-disposition:'));
    const name = disposition && parameterOf(disposition, 'name');
    return name === undefined ? undefined : { name, body: bytes.subarray(end + 4) };
}

/** `boundary=x` or `name="x"` behind a semicolon. */
function parameterOf(header: string, name: string): string | undefined {
    const parameter = header
        .split(';')
        .map((part) => part.trim())
        .find((part) => part.toLowerCase().startsWith(`${name}=`));
    const value = parameter?.slice(name.length + 1);
    return value?.startsWith('"') ? value.slice(1, -1) : value;
}
