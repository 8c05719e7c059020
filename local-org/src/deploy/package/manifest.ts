import { parseXml, XmlError } from '../document/parse-xml.ts';
import { PackageError } from './package-files.ts';

export interface Manifest {
    /** API version of the package, "67.0". */
    readonly version: string | undefined;
    readonly members: readonly ManifestMember[];
}

export interface ManifestMember {
    readonly type: string;
    /** `*` stands for every component of the type in the package. */
    readonly fullName: string;
}

/** Reads package.xml or a destructive changes file. Throws PackageError. */
export function parseManifest(bytes: Uint8Array, fileName: string): Manifest {
    try {
        const root = parseXml(new TextDecoder().decode(bytes));
        const types = root.children.filter((child) => child.name === 'types');
        return {
            version: root.children.find((child) => child.name === 'version')?.text.trim(),
            members: types.flatMap(({ children }) => {
                const type = children.find((child) => child.name === 'name')?.text.trim() ?? '';
                const members = children.filter((child) => child.name === 'members');
                return members.map((member) => ({ type, fullName: member.text.trim() }));
            })
        };
    } catch (error) {
        if (error instanceof XmlError) {
            const { line, column } = error.position;
            throw new PackageError(
                'INVALID_PACKAGE',
                `Error parsing ${fileName}: ${error.message} (${line}:${column})`
            );
        }
        throw error;
    }
}
