import { Id } from '../../../values/index.ts';
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
        return `AccessLevel.${this.mode === 'system' ? 'SYSTEM' : 'USER'}_MODE`;
    }
}

const USER_MODE = new AccessLevelObject('user');
const SYSTEM_MODE = new AccessLevelObject('system');

/** Mode of a database method: the argument's, else that of the code that calls (class version 67.0 and up: user mode). */
export function modeOf(rt: Runtime, level: AccessLevelObject | null | undefined): AccessMode {
    return level?.mode ?? rt.tx.access.mode;
}

/** Whether the permission set exists is asked when it is named, so that a wrong id does not read as missing access. */
export function permissionSetIdOf(rt: Runtime, given: Id | string | null): string {
    const id = Id.tryParse(rt.toText(given ?? rt.nullPointer()));
    if (id === undefined || rt.org.database.readRow('PermissionSet', id) === undefined) {
        const message = `There is no permission set with the id ${rt.toText(given)}`;
        return rt.throwNew('System.IllegalArgumentException', message);
    }
    return id.value;
}

function withPermissionSet(rt: Runtime, self: AccessLevelObject, given: string | null): AccessLevelObject {
    const permissionSetId = permissionSetIdOf(rt, given);
    return self.mode === 'system' ? self : new AccessLevelObject({ permissionSetId });
}

/**
 * AccessLevel (Apex Reference, System.AccessLevel). A permission set adds its object and field permissions to those of the
 * running user, for one operation. The platform runs this in scratch orgs with the feature ApexUserModeWithPermset; an org
 * here has it.
 */
export const accessLevelClass: NativeClass = nativeClass({
    name: 'System.AccessLevel',
    staticProperties: { USER_MODE: { get: () => USER_MODE }, SYSTEM_MODE: { get: () => SYSTEM_MODE } },
    methods: { 'withPermissionSetId(String)': withPermissionSet }
});
