import { existsSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { OrgRole } from '../../lib/org-connection.ts';
import { projectPath } from '../../lib/project.ts';

/** Where `bridge sync generate` writes by default; `bridge up --sync` deploys it. */
export const GENERATED_FOLDER = projectPath('force-app', 'sync', 'generated');

const SHARED = ['customMetadata', 'triggers', 'permissionsets', 'classes'];
const PERMISSION_SETS = 'permissionsets/*.permissionset-meta.xml';

/** Folders of what was generated that an org of a role gets: those of both orgs and its own. */
export function generatedFolders(folder: string, role: OrgRole): string[] {
    return [...SHARED, role].map((name) => join(folder, name)).filter((path) => existsSync(path));
}

/** Permission sets that were generated for an org. */
export function generatedPermissionSets(folder: string, role: OrgRole): string[] {
    return [PERMISSION_SETS, `${role}/${PERMISSION_SETS}`]
        .flatMap((pattern) => globSync(pattern, { cwd: folder }))
        .map((path) => basename(path).slice(0, -'.permissionset-meta.xml'.length))
        .sort();
}
