import type { BodyWriter } from './body-writer.ts';

/**
 * The parts of a call (receiver and arguments, in order of evaluation) with the call's own line noted in the frame
 * behind the last of them: a call that continues its statement on a further line, or whose arguments did so. A call
 * without parts notes its line in front.
 */
export function withLine(
    writer: BodyWriter,
    line: number,
    parts: readonly string[]
): { readonly note: string; readonly parts: readonly string[] } {
    const isMoved = line > 0 && (line !== writer.line || parts.some((part) => writer.isMoving(part)));
    if (!isMoved) return { note: '', parts };
    writer.noted = 0;
    const note = writer.note(line, ', ');
    const last = parts.at(-1);
    if (last === undefined || note === '') return { note, parts };
    const temporary = writer.temporary();
    return { note: '', parts: [...parts.slice(0, -1), `(${temporary} = ${last}, ${note}${temporary})`] };
}
