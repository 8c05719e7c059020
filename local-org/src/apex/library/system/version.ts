import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass, type NativeConstructor, type NativeStatic } from '../native.ts';

class VersionObject extends NativeObject {
    readonly className = 'System.Version';
    readonly parts: readonly [major: number, minor: number, patch: number | null];

    constructor(major: number, minor: number, patch: number | null) {
        super();
        this.parts = [major, minor, patch];
    }

    override valueText(): string {
        return this.parts.filter((part) => part !== null).join('.');
    }
}

const create: NativeConstructor = (rt, _type, major: number | null, minor: number | null, patch?: number | null) =>
    new VersionObject(
        major ?? rt.nullPointer(),
        minor ?? rt.nullPointer(),
        patch === undefined ? null : (patch ?? rt.nullPointer())
    );

/** 1, 0 or -1; a version without a patch is compared without it. */
function compare(_rt: Runtime, left: VersionObject, right: VersionObject): number {
    for (const [index, part] of left.parts.entries()) {
        const other = right.parts[index] ?? null;
        if (part !== null && other !== null && part !== other) return part < other ? -1 : 1;
    }
    return 0;
}

/** Version (Apex Reference, System.Version). */
export const versionClass: NativeClass = nativeClass({
    name: 'System.Version',
    constructors: { '(Integer,Integer)': create, '(Integer,Integer,Integer)': create },
    methods: {
        'compareTo(Version)': noNulls(compare),
        'major()': (_rt, self: VersionObject) => self.parts[0],
        'minor()': (_rt, self: VersionObject) => self.parts[1],
        'patch()': (_rt, self: VersionObject) => self.parts[2]
    }
});

/**
 * `System.requestVersion`: code of an unmanaged package has no version, and asking for it is an exception (Apex Reference,
 * System.System); no code of a local org is in a managed package. The wording is the local org's own.
 */
export const versionStatics: Readonly<Record<string, NativeStatic>> = {
    'requestVersion()': (rt) =>
        rt.throwNew('System.TypeException', 'System.requestVersion is for code of managed packages only')
};
