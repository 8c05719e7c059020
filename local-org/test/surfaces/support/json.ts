import assert from 'node:assert/strict';

/** A JSON answer that a test looks into by member and index; what is not there reads as undefined when the test runs. */
export interface Json {
    readonly [member: string]: Json;
}

export function list(json: Json | undefined): readonly Json[] {
    assert.ok(Array.isArray(json), `a list is expected, not ${JSON.stringify(json)}`);
    return json as readonly Json[];
}

export function text(json: Json | undefined): string {
    assert.equal(typeof json, 'string');
    return json as unknown as string;
}
