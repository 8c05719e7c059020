import type { LocalOrg } from '../../org/local-org.ts';
import type { OauthApp } from '../../org/oauth-app.ts';
import type { OrgUser } from '../../org/users.ts';

/** Whether an administrator approved the app for the user, by a permission set or by the profile. */
export function isAdminApproved(org: LocalOrg, app: OauthApp, user: OrgUser): boolean {
    const profiles = lowerCase(app.profiles);
    if (profiles.has(user.profileName.toLowerCase())) {
        return true;
    }
    // External client apps list permission sets by API name, connected apps by label.
    const listed = lowerCase(app.permissionSets);
    return org.users
        .permissionSets(user.id)
        .some(({ name, label }) => listed.has(name.toLowerCase()) || listed.has(label.toLowerCase()));
}

function lowerCase(names: readonly string[]): ReadonlySet<string> {
    return new Set(names.map((name) => name.toLowerCase()));
}
