import { NativeObject } from '../../runtime/native-object.ts';
import type { AccessMode, Runtime } from '../../runtime/runtime.ts';
import { nativeClass, type NativeClass } from '../native.ts';

export class AccessLevelObject extends NativeObject {
    readonly className = 'System.AccessLevel';
    readonly mode: AccessMode;

    constructor(mode: AccessMode) {
        super();
        this.mode = mode;
    }

    override valueText(): string {
        return `AccessLevel.${this.mode.toUpperCase()}_MODE`;
    }
}

const USER_MODE = new AccessLevelObject('user');
const SYSTEM_MODE = new AccessLevelObject('system');

/** Mode of a database method: the argument's, else that of the code that calls (class version 67.0 and up: user mode). */
export function modeOf(rt: Runtime, level: AccessLevelObject | null | undefined): AccessMode {
    return level?.mode ?? rt.tx.access.mode;
}

const WITH_PERMISSION_SET = 'withPermissionSetId(String)';

/**
 * AccessLevel (Apex Reference, System.AccessLevel). As in an org without the feature ApexUserModeWithPermset, code that adds a
 * permission set compiles and does not run.
 */
export const accessLevelClass: NativeClass = nativeClass({
    name: 'System.AccessLevel',
    staticProperties: { USER_MODE: { get: () => USER_MODE }, SYSTEM_MODE: { get: () => SYSTEM_MODE } },
    methods: {
        [WITH_PERMISSION_SET]: (rt) => {
            const what = 'AccessLevel.withPermissionSetId, which needs the feature ApexUserModeWithPermset';
            return rt.throwNew('System.UnsupportedOperationException', `Not implemented in the local org: ${what}`);
        }
    },
    refused: new Set([WITH_PERMISSION_SET])
});
