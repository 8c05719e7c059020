/**
 * `OrganizationType` of an org by the edition that a scratch org definition names. Source: Salesforce DX Developer Guide,
 * "Supported Scratch Org Editions"; Object Reference, Organization.
 */
const ORGANIZATION_TYPES: ReadonlyMap<string, string> = new Map([
    ['developer', 'Developer Edition'],
    ['enterprise', 'Enterprise Edition'],
    ['group', 'Team Edition'],
    ['professional', 'Professional Edition'],
    ['partner developer', 'Partner Developer Edition'],
    ['partner enterprise', 'Enterprise Edition'],
    ['partner group', 'Team Edition'],
    ['partner professional', 'Professional Edition']
]);

/** undefined when there is no such edition. */
export function organizationTypeOf(edition: string): string | undefined {
    return ORGANIZATION_TYPES.get(edition.trim().toLowerCase());
}
