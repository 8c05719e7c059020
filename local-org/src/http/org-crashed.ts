/**
 * Thrown through everything that runs in an org when it crashes: transactions on the way are undone, and no code of the
 * org can catch it.
 */
export class OrgCrashed extends Error {
    constructor() {
        super('The org has crashed');
    }
}
