import type { Element, MetadataDocument } from '../../lib/metadata-documents.ts';
import type { CodeComparison } from '../../lib/deployed-code.ts';
import { API_CLASS, RECORD_KEY_FIELD } from '../../lib/target-api.ts';
import type { Facts } from '../facts.ts';
import { isBroken, setting } from '../link-state.ts';
import type { DoctorRule } from '../rule.ts';
import { SOURCE_SHUT, TARGET_SHUT } from './reach.ts';

const SET_GONE = [...TARGET_SHUT, 'api-set-missing'];
const DEPLOY = 'Deploy the target org: npm run bridge -- deploy.';
const LISTED = 6;

/** What the API permission set has in the project and not in the org, by the element that names it. */
function lost(facts: Facts, list: string, name: (entry: Element) => string | undefined): string[] {
    return facts.config.target.permissionSets.flatMap((set) => {
        const deployed = facts.target.documents.get('PermissionSet', set);
        const own = facts.target.project('PermissionSet', set);
        if (deployed === undefined || own === undefined) {
            return [];
        }
        const granted = grants(deployed, list, name);
        return [...grants(own, list, name)].filter((grant) => !granted.has(grant));
    });
}

function grants(
    document: MetadataDocument,
    list: string,
    name: (entry: Element) => string | undefined
): ReadonlySet<string> {
    return new Set(document.list(list).flatMap((entry) => name(entry) ?? []));
}

/** `Account (allowRead, allowCreate)`: an object with what it grants. */
function objectGrant(entry: Element): string {
    const permissions = ['allowRead', 'allowCreate', 'allowEdit'].filter((element) => entry[element] === 'true');
    return `${entry['object']} (${permissions.join(', ')})`;
}

function lostAccess(list: string, name: (entry: Element) => string | undefined): DoctorRule['find'] {
    return (facts) => {
        const names = lost(facts, list, name);
        return names.length === 0
            ? undefined
            : setting(facts, `${facts.config.target.permissionSets.join(', ')}: no ${list} for ${names.join(', ')}`);
    };
}

/** Code that differs, as evidence; permission sets have causes of their own. */
function drift(code: CodeComparison | undefined): string | undefined {
    const components = withoutSets(code?.metadata?.different);
    return named('differ from this project', [...asClasses(code?.different), ...components]);
}

function missing(code: CodeComparison | undefined): string | undefined {
    return named('not in the org', [...asClasses(code?.missing), ...withoutSets(code?.metadata?.missing)]);
}

function asClasses(names: readonly string[] = []): string[] {
    return names.map((name) => `ApexClass ${name}`);
}

function withoutSets(components: readonly string[] = []): string[] {
    return components.filter((name) => !name.startsWith('PermissionSet '));
}

function named(what: string, names: readonly string[]): string | undefined {
    const rest = names.length > LISTED ? ` and ${names.length - LISTED} more` : '';
    return names.length === 0 ? undefined : `${names.slice(0, LISTED).join(', ')}${rest}: ${what}`;
}

/** The API of the target, who may use it, and whether both orgs have the code of this project. */
export const API: readonly DoctorRule[] = [
    {
        id: 'api-class-missing',
        severity: 'error',
        org: 'target',
        title: 'The Apex REST class of the API, which needs all others, is not in the target org',
        hiddenBy: TARGET_SHUT,
        fix: DEPLOY,
        remedy: 'deploy',
        find: (facts) =>
            facts.target.code?.missing.includes(API_CLASS) === true
                ? setting(facts, `ApexClass ${API_CLASS}: not in the target org`)
                : undefined
    },
    {
        id: 'api-set-missing',
        severity: 'error',
        org: 'target',
        title: 'The target org has no API permission set of the name',
        hiddenBy: TARGET_SHUT,
        fix: DEPLOY,
        remedy: 'deploy',
        find: (facts) => {
            const names = facts.config.target.permissionSets.filter(
                (name) => facts.target.documents.get('PermissionSet', name) === undefined
            );
            return isBroken(facts) && names.length > 0
                ? setting(facts, `PermissionSet ${names.join(', ')}: not in the target org`)
                : undefined;
        }
    },
    {
        id: 'class-access-missing',
        severity: 'error',
        org: 'target',
        title: 'The API permission set does not open the Apex class of the API',
        // A permission set loses the entry of a class that is deleted.
        hiddenBy: [...SET_GONE, 'api-class-missing'],
        fix: DEPLOY,
        remedy: 'deploy',
        find: lostAccess('classAccesses', (entry) => (entry['enabled'] === 'true' ? entry['apexClass'] : undefined))
    },
    {
        id: 'object-access-missing',
        severity: 'error',
        org: 'target',
        title: 'The API permission set does not give what the API does with Account',
        hiddenBy: SET_GONE,
        fix: DEPLOY,
        remedy: 'deploy',
        find: lostAccess('objectPermissions', objectGrant)
    },
    {
        id: 'field-access-missing',
        severity: 'error',
        org: 'target',
        title: 'The API permission set does not give the fields that the API reads and writes',
        hiddenBy: SET_GONE,
        fix: DEPLOY,
        remedy: 'deploy',
        find: lostAccess('fieldPermissions', (entry) => (entry['editable'] === 'true' ? entry['field'] : undefined))
    },
    {
        id: 'key-field',
        severity: 'error',
        org: 'target',
        title: 'Account has no unique external id field for the key of the source record',
        hiddenBy: TARGET_SHUT,
        fix: DEPLOY,
        remedy: 'deploy',
        find: ({ target: { keyField } }) =>
            keyField !== undefined && !(keyField.exists && keyField.externalId && keyField.unique)
                ? `Account.${RECORD_KEY_FIELD}: exists = ${keyField.exists}, externalId = ${keyField.externalId}, unique = ${keyField.unique}`
                : undefined
    },
    {
        id: 'target-code-differs',
        severity: 'warning',
        org: 'target',
        title: 'The target org runs another version of the API than this project',
        hiddenBy: TARGET_SHUT,
        fix: `The two ends must speak the same contract. ${DEPLOY}`,
        remedy: 'deploy',
        find: ({ target: { code } }) => drift(code)
    },
    {
        id: 'source-code-missing',
        severity: 'error',
        org: 'source',
        title: 'Apex or components of this project are missing in the source org',
        hiddenBy: SOURCE_SHUT,
        fix: 'Deploy the source org: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: ({ source: { code } }) => missing(code)
    },
    {
        id: 'source-code-differs',
        severity: 'warning',
        org: 'source',
        title: 'The source org runs another version of the client than this project',
        hiddenBy: SOURCE_SHUT,
        fix: 'The two ends must speak the same contract. Deploy the source org: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: ({ source: { code } }) => drift(code)
    }
];
