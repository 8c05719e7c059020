import { Id } from '../../../values/index.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { nativeClass, type NativeClass, type NativeStatic } from '../native.ts';

/** What the scripts of a package and of a sandbox get as their context. */
class PackageContext extends NativeObject {
    readonly className: string;
    readonly values: Readonly<Record<string, unknown>>;

    constructor(className: string, values: Readonly<Record<string, unknown>>) {
        super();
        this.className = className;
        this.values = values;
    }
}

function orgId(rt: Runtime): Id {
    return Id.of(rt.org.id);
}

function testInstall(rt: Runtime, handler: object | null, previous: unknown, isPush: boolean | null = false): void {
    const context = new PackageContext('System.InstallContext', {
        installerId: Id.of(rt.tx.access.userId),
        isPush: isPush === true,
        isUpgrade: previous !== null,
        organizationId: orgId(rt),
        previousVersion: previous
    });
    rt.invoke(handler ?? rt.nullPointer(), 'onInstall', [context]);
}

function testUninstall(rt: Runtime, handler: object | null): void {
    const context = new PackageContext('System.UninstallContext', {
        organizationId: orgId(rt),
        uninstallerId: Id.of(rt.tx.access.userId)
    });
    rt.invoke(handler ?? rt.nullPointer(), 'onUninstall', [context]);
}

function testSandboxCopy(
    rt: Runtime,
    script: object | null,
    organization: unknown,
    sandbox: unknown,
    name: unknown
): void {
    const context = new PackageContext('System.SandboxContext', {
        organizationId: organization,
        sandboxId: sandbox,
        sandboxName: name
    });
    rt.invoke(script ?? rt.nullPointer(), 'runApexClass', [context]);
}

/** Tests of package and sandbox scripts (Apex Reference, Test Class). */
export const packageTestStatics: Readonly<Record<string, NativeStatic>> = {
    'testInstall(InstallHandler,Version)': testInstall,
    'testInstall(InstallHandler,Version,Boolean)': testInstall,
    'testSandboxPostCopyScript/4': testSandboxCopy,
    'testSandboxPostCopyScript/5': testSandboxCopy,
    'testUninstall(UninstallHandler)': testUninstall
};

function contextClass(name: string, members: readonly string[]): NativeClass {
    const methods = members.map(
        (member) =>
            [
                `${member}()`,
                (rt: Runtime, self: object) =>
                    self instanceof PackageContext ? self.values[member] : rt.invoke(self, member, [])
            ] as const
    );
    return nativeClass({ name, methods: Object.fromEntries(methods) });
}

export const packageContextClasses: readonly NativeClass[] = [
    contextClass('System.InstallContext', ['installerId', 'isPush', 'isUpgrade', 'organizationId', 'previousVersion']),
    contextClass('System.UninstallContext', ['organizationId', 'uninstallerId']),
    contextClass('System.SandboxContext', ['organizationId', 'sandboxId', 'sandboxName'])
];
