import { unzipSync } from 'fflate';

/** Files of a package by path below its root: `package.xml`, `classes/X.cls`. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

export const MANIFEST = 'package.xml';

/** The zip is unusable as a whole; the deploy ends with this text and code. */
export class PackageError extends Error {
    readonly statusCode: string;

    constructor(statusCode: string, message: string) {
        super(message);
        this.statusCode = statusCode;
    }
}

/**
 * Unpacks a deploy's zip. The package is at the root or, as `sf project deploy start --metadata-dir` and scratch org
 * settings send it, in the only top folder.
 */
export function readPackageFiles(zip: Uint8Array): PackageFiles {
    const files = unzip(zip);
    if (files.has(MANIFEST)) {
        return files;
    }
    const roots = [...files.keys()].filter((path) => path.endsWith(`/${MANIFEST}`) && path.split('/').length === 2);
    const [manifest] = roots;
    if (manifest === undefined) {
        throw new PackageError('INVALID_PACKAGE', 'No package.xml found');
    }
    if (roots.length > 1) {
        throw new PackageError(
            'NOT_SUPPORTED_LOCALLY',
            'The local org does not support several packages in one deploy'
        );
    }
    const root = manifest.slice(0, -MANIFEST.length);
    return new Map(
        [...files].filter(([path]) => path.startsWith(root)).map(([path, bytes]) => [path.slice(root.length), bytes])
    );
}

function unzip(zip: Uint8Array): Map<string, Uint8Array> {
    try {
        return new Map(Object.entries(unzipSync(zip)).filter(([path]) => !path.endsWith('/')));
    } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        throw new PackageError('INVALID_PACKAGE', `Unable to read the zip file: ${detail}`);
    }
}
