import { invalidInput, notFound } from '../../http/api-error.ts';
import { noContent } from '../../http/responses.ts';
import { sourceMembersOf } from '../../deploy/source-members.ts';
import { jsonObject } from '../rest/record-json.ts';
import { requireSetupPermission } from './query.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SessionContext } from '../surface.ts';

/** PATCH /tooling/sobjects/SourceMember/0MZ… with `{"RevisionCounter":0}`: the client knows the change. */
export function updateSourceMember(
    request: HttpRequest,
    { id = '' }: PathParameters,
    context: SessionContext
): WireResponse {
    requireSetupPermission(context);
    const { RevisionCounter: revision, ...others } = jsonObject(request.json());
    if (typeof revision !== 'number' || Object.keys(others).some((name) => name !== 'Id')) {
        throw invalidInput('Only RevisionCounter of a SourceMember can be written, as a number.');
    }
    if (!context.org.tracksSource || !sourceMembersOf(context.org).setRevision(id, revision)) {
        throw notFound();
    }
    return noContent();
}
