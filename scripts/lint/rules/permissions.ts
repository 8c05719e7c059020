import { isPackaged, PRINCIPAL_TYPES, withoutNamespace } from '../credentials.ts';
import { parametersOfType } from '../parameters.ts';
import type { MetadataFile } from '../project.ts';
import { problemAt, type Rule } from '../rule.ts';
import { child, childrenNamed, isTrue, textOf, type XmlElement } from '../xml.ts';

const TOKENS_OBJECT = 'UserExternalCredential';

/** `<ExternalCredential>-<Principal>` of each access that a permission set grants. */
function principalsOf(permissionSet: MetadataFile): { readonly element: XmlElement; readonly principal: string }[] {
    return childrenNamed(permissionSet.root, 'externalCredentialPrincipalAccesses')
        .filter((access) => isTrue(access, 'enabled'))
        .map((access) => child(access, 'externalCredentialPrincipal') ?? access)
        .map((element) => ({ element, principal: element.text }));
}

function tokensPermission(permissionSet: MetadataFile): XmlElement | undefined {
    return childrenNamed(permissionSet.root, 'objectPermissions').find(
        (permission) => textOf(permission, 'object') === TOKENS_OBJECT
    );
}

function principalNames(externalCredential: MetadataFile): string[] {
    return parametersOfType(externalCredential, ...PRINCIPAL_TYPES).map(
        ({ name }) => `${externalCredential.name}-${name ?? ''}`
    );
}

const tokensNotReadable: Rule = {
    id: 'user-external-credential-missing',
    severity: 'warning',
    title: 'Principal access without read on UserExternalCredential',
    why: 'The platform reads the stored token as the calling user; unless the profile happens to grant it, the call fails although principal and secret are right.',
    fix: 'Add objectPermissions with allowRead true for the object UserExternalCredential.',
    kinds: ['PermissionSet'],
    *check(file) {
        const [first] = principalsOf(file);
        const permission = tokensPermission(file);
        if (first && !(permission && isTrue(permission, 'allowRead'))) {
            yield problemAt(first.element, `${file.name} grants a principal and no read on ${TOKENS_OBJECT}.`);
        }
    }
};

const TOO_WIDE: readonly string[] = ['allowCreate', 'allowDelete', 'allowEdit', 'modifyAllRecords', 'viewAllRecords'];

const tokensTooWide: Rule = {
    id: 'user-external-credential-too-wide',
    severity: 'warning',
    title: 'More than read on UserExternalCredential',
    why: 'Rows of the object hold the tokens of users; calling needs read on the own row, the rest reaches those of others.',
    fix: 'Leave allowRead true and set the others to false.',
    kinds: ['PermissionSet'],
    *check(file) {
        const permission = tokensPermission(file);
        const wide = (permission?.children ?? []).filter(
            ({ name, text }) => TOO_WIDE.includes(name) && text === 'true'
        );
        if (wide.length > 0) {
            yield problemAt(wide[0], `${wide.map(({ name }) => name).join(', ')} on ${TOKENS_OBJECT}.`);
        }
    }
};

const unknownPrincipal: Rule = {
    id: 'unknown-principal',
    severity: 'error',
    title: 'Access to a principal that does not exist',
    why: 'The name is <external credential>-<principal>; any other is refused at deploy time.',
    fix: 'Write the name of an external credential, a hyphen, and the name of one of its principals.',
    kinds: ['PermissionSet'],
    *check(file, project) {
        for (const { element, principal } of principalsOf(file)) {
            if (isPackaged(principal) || file.placeholders.isIn(principal)) {
                continue;
            }
            const credentials = project.ofKind('ExternalCredential');
            const own = credentials.filter(({ name }) => principal.startsWith(`${name}-`));
            if (!own.flatMap(principalNames).includes(principal)) {
                const known = own.flatMap(principalNames).join(', ');
                const detail = known === '' ? 'the project has no such external credential' : `known: ${known}`;
                yield problemAt(element, `There is no principal ${principal} (${detail}).`);
            }
        }
    }
};

const principalNotGranted: Rule = {
    id: 'principal-not-granted',
    severity: 'warning',
    title: 'Principal that no permission set grants',
    why: 'Nobody can call with a principal until a permission set of the caller grants it, administrators included.',
    fix: 'Add externalCredentialPrincipalAccesses with <external credential>-<principal> to a permission set.',
    kinds: ['ExternalCredential'],
    *check(file, project) {
        const permissionSets = project.ofKind('PermissionSet');
        // An org with a namespace shows its own names with it.
        const granted = permissionSets.flatMap(principalsOf).map(({ principal }) => withoutNamespace(principal));
        for (const { name, element } of permissionSets.length === 0 ? [] : parametersOfType(file, ...PRINCIPAL_TYPES)) {
            if (!granted.includes(`${file.name}-${name ?? ''}`)) {
                yield problemAt(element, `No permission set grants ${file.name}-${name ?? ''}.`);
            }
        }
    }
};

export const permissionRules = [tokensNotReadable, tokensTooWide, unknownPrincipal, principalNotGranted];
