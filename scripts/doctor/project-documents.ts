import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { orgPairConfig } from '../lib/config.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import { documentOf, type MetadataDocument } from '../lib/metadata-documents.ts';
import { onceFor } from '../lib/once-for.ts';
import type { OrgRole } from '../lib/org-connection.ts';
import { projectPath } from '../lib/project.ts';

/** The permission set of the first target is the pattern of the others'. */
const ACCESS_PATTERN = 'Target_Org_Access';

/** A permission set as this project has it; undefined when it has none of the name. */
export function projectDocument(
    type: string,
    fullName: string,
    plan: LinkPlan,
    role: OrgRole
): MetadataDocument | undefined {
    const pattern = fullName === plan.permissionSet ? ACCESS_PATTERN : fullName;
    const folder = projectPath(orgPairConfig()[role].packageDirectory);
    return documentIn([folder, `${pattern}.${type.toLowerCase()}-meta.xml`, type, fullName]);
}

const documentIn = onceFor(([folder, name, type, fullName]): MetadataDocument | undefined => {
    const [file] = globSync(join('**', name), { cwd: folder });
    return file === undefined ? undefined : documentOf(type, fullName, file, readFileSync(join(folder, file), 'utf8'));
});
