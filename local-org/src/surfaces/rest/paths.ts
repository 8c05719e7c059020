import type { AccessContext } from '../../access/types.ts';
import type { PathParameters } from '../../http/router.ts';
import type { Session } from '../../org/sessions.ts';

/** `/services/data/v67.0`, in the version that the request names. */
export function dataPath({ version }: PathParameters): string {
    return `/services/data/${version}`;
}

/** REST always acts as the session's user: object, field and record access are enforced. */
export function asUser(session: Session): AccessContext {
    return { userId: session.userId, mode: 'user', sharing: true };
}
