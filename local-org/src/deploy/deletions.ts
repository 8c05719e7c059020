import type { DeployContext } from './handlers/metadata-handler.ts';
import { METADATA_HANDLERS } from './handlers/index.ts';
import type { DeployMessage } from './deploy-types.ts';
import { parseManifest, type ManifestMember } from './package/manifest.ts';
import type { PackageFiles } from './package/package-files.ts';
import { unsupportedType } from './package/package-components.ts';

export interface Deletion extends ManifestMember {
    readonly fileName: string;
}

const BEFORE = ['destructiveChangesPre.xml', 'destructiveChanges.xml'];
const AFTER = ['destructiveChangesPost.xml'];

/** What the package deletes before and after its components are deployed. */
export function readDeletions(files: PackageFiles): { readonly before: Deletion[]; readonly after: Deletion[] } {
    const read = (names: readonly string[]): Deletion[] =>
        names.flatMap((fileName) => {
            const bytes = files.get(fileName);
            return bytes ? parseManifest(bytes, fileName).members.map((member) => ({ ...member, fileName })) : [];
        });
    return { before: read(BEFORE), after: read(AFTER) };
}

/** Removes the components; deleting what is not there is a warning, as on the platform. */
export function applyDeletions(
    deletions: readonly Deletion[],
    context: DeployContext,
    createdDate: string
): DeployMessage[] {
    return deletions.map(({ type, fullName, fileName }) => {
        const base = { componentType: type, fullName, fileName, createdDate, changed: false, created: false };
        if (!METADATA_HANDLERS.has(type) || fullName === '*') {
            const problem = fullName === '*' ? `* isn't allowed in ${fileName}` : unsupportedType(type);
            return { ...base, success: false, deleted: false, problem, problemType: 'Error' as const };
        }
        const id = context.org.metadata.get(type, fullName)?.id;
        if (id === undefined) {
            const problem = `No ${type} named: ${fullName} found`;
            return { ...base, success: true, deleted: false, problem, problemType: 'Warning' as const };
        }
        context.org.metadata.remove(type, fullName);
        METADATA_HANDLERS.get(type)?.removeParts?.(fullName, context);
        return { ...base, id, success: true, deleted: true };
    });
}
