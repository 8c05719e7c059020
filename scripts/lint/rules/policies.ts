import type { MetadataFile } from '../project.ts';
import { problemAt, type Rule } from '../rule.ts';
import { child, childrenNamed, isTrue, textOf, type XmlElement } from '../xml.ts';

/** Where a connected app keeps what an External Client App keeps at the root of its settings. */
function oauthPart(file: MetadataFile): XmlElement | undefined {
    return file.kind === 'ConnectedApp' ? child(file.root, 'oauthConfig') : file.root;
}

const selfAuthorizedApp: Rule = {
    id: 'self-authorized-app',
    severity: 'warning',
    title: 'Every user may authorize the app',
    why: 'Any user of the org can be talked into granting the app a token; an integration has one user.',
    fix: 'Let the administrator decide: AdminApprovedPreAuthorized with a permission set (connected app: isAdminApproved true).',
    kinds: ['ConnectedApp', 'ExtlClntAppOauthConfigurablePolicies'],
    *check(file) {
        if (file.kind === 'ConnectedApp') {
            const config = child(file.root, 'oauthConfig');
            if (config && !isTrue(config, 'isAdminApproved')) {
                yield problemAt(child(config, 'isAdminApproved') ?? config, 'isAdminApproved is not true.');
            }
            return;
        }
        const policy = child(file.root, 'permittedUsersPolicyType');
        if (policy?.text !== 'AdminApprovedPreAuthorized' && !file.placeholders.isIn(policy?.text ?? '')) {
            const what = policy ? `is ${policy.text}` : 'is left out, which means AllSelfAuthorized';
            yield problemAt(policy ?? file.root, `permittedUsersPolicyType ${what}.`);
        }
    }
};

const nobodyPreauthorized: Rule = {
    id: 'nobody-preauthorized',
    severity: 'warning',
    title: 'Users need approval, and nobody is approved',
    why: 'Token requests fail with "user is not admin approved to access this app" until a permission set or profile is listed.',
    fix: 'List the permission set of the integration user (commaSeparatedPermissionSet; connected app: permissionSetName).',
    kinds: ['ConnectedApp', 'ExtlClntAppOauthConfigurablePolicies'],
    *check(file) {
        const { root } = file;
        if (file.kind === 'ConnectedApp') {
            const config = child(root, 'oauthConfig');
            const granted = [...childrenNamed(root, 'permissionSetName'), ...childrenNamed(root, 'profileName')];
            if (config && isTrue(config, 'isAdminApproved') && granted.length === 0) {
                yield problemAt(child(config, 'isAdminApproved') ?? config, 'No permissionSetName and no profileName.');
            }
            return;
        }
        const policy = child(root, 'permittedUsersPolicyType');
        const granted = textOf(root, 'commaSeparatedPermissionSet') ?? textOf(root, 'commaSeparatedProfile');
        if (policy?.text === 'AdminApprovedPreAuthorized' && granted === undefined) {
            yield problemAt(policy, 'No commaSeparatedPermissionSet and no commaSeparatedProfile.');
        }
    }
};

const ipRelaxed: Rule = {
    id: 'ip-relaxed',
    severity: 'warning',
    title: 'IP restrictions do not apply to the app',
    why: 'A stolen token works from every address in the world, whatever ranges the profile or the org allows.',
    fix: 'Set ipRelaxationPolicyType to Enforce (connected app: ipRelaxation to ENFORCE).',
    kinds: ['ConnectedApp', 'ExtlClntAppOauthConfigurablePolicies'],
    *check(file) {
        const policy = child(file.root, 'oauthPolicy');
        const element =
            child(file.root, 'ipRelaxationPolicyType') ?? (policy ? child(policy, 'ipRelaxation') : undefined);
        if (element && /^bypass/i.test(element.text)) {
            yield problemAt(element, `${element.name} is ${element.text}.`);
        }
    }
};

const pkceOff: Rule = {
    id: 'pkce-off',
    severity: 'warning',
    title: 'App does not ask for PKCE',
    why: 'Without PKCE an intercepted authorization code can be redeemed by whoever holds it (RFC 9700, section 2.1.1). External Client Apps ask for it unless told otherwise, connected apps only when told.',
    fix: 'Set isPkceRequired to true.',
    kinds: ['ConnectedApp', 'ExtlClntAppGlobalOauthSettings'],
    *check(file) {
        const part = oauthPart(file);
        const element = part && child(part, 'isPkceRequired');
        if (element?.text === 'false') {
            yield problemAt(element, 'isPkceRequired is false.');
        } else if (part && !element && file.kind === 'ConnectedApp') {
            yield problemAt(part, 'isPkceRequired is left out, which means false in a connected app.');
        }
    }
};

const secretNotRequired: Rule = {
    id: 'secret-not-required',
    severity: 'warning',
    title: 'Tokens without a secret and without PKCE',
    why: 'A client that proves neither its secret nor its code verifier is anyone who has seen its key, and keys are public.',
    fix: 'Set isConsumerSecretOptional to false and isSecretRequiredForRefreshToken to true, or require PKCE.',
    kinds: ['ConnectedApp', 'ExtlClntAppGlobalOauthSettings'],
    *check(file) {
        const part = oauthPart(file);
        const pkce = part && textOf(part, 'isPkceRequired');
        if (!part || pkce === 'true' || (pkce === undefined && file.kind !== 'ConnectedApp')) {
            return;
        }
        const optional = child(part, 'isConsumerSecretOptional');
        const refresh = child(part, 'isSecretRequiredForRefreshToken');
        if (optional?.text === 'true') {
            yield problemAt(optional, 'isConsumerSecretOptional is true.');
        }
        if (refresh?.text === 'false') {
            yield problemAt(refresh, 'isSecretRequiredForRefreshToken is false.');
        }
    }
};

const refreshTokenNeverExpires: Rule = {
    id: 'refresh-token-never-expires',
    severity: 'warning',
    title: 'Refresh token that never expires',
    why: 'A leaked token, or one of a client long gone, stays good until someone remembers to revoke it.',
    fix: 'Choose SpecificInactivity or SpecificLifetime with a period (connected app: specific_inactivity:30:DAYS).',
    kinds: ['ConnectedApp', 'ExtlClntAppOauthConfigurablePolicies'],
    *check(file) {
        const policy = child(file.root, 'oauthPolicy');
        const element =
            child(file.root, 'refreshTokenPolicyType') ?? (policy ? child(policy, 'refreshTokenPolicy') : undefined);
        if (element && /^infinite$/i.test(element.text)) {
            yield problemAt(element, `${element.name} is ${element.text}.`);
        }
    }
};

const refreshTokenPeriodMissing: Rule = {
    id: 'refresh-token-period-missing',
    severity: 'error',
    title: 'Refresh token policy without its period',
    why: 'SpecificLifetime and SpecificInactivity count from a period and a unit; without them the policy says nothing.',
    fix: 'Add refreshTokenValidityPeriod and refreshTokenValidityUnit (Hours, Days or Months).',
    kinds: ['ExtlClntAppOauthConfigurablePolicies'],
    *check(file) {
        const element = child(file.root, 'refreshTokenPolicyType');
        const missing = ['refreshTokenValidityPeriod', 'refreshTokenValidityUnit'].filter(
            (name) => textOf(file.root, name) === undefined
        );
        if (element?.text.startsWith('Specific') && missing.length > 0) {
            yield problemAt(element, `${element.text} without ${missing.join(' and ')}.`);
        }
    }
};

export const policyRules = [
    selfAuthorizedApp,
    nobodyPreauthorized,
    ipRelaxed,
    pkceOff,
    secretNotRequired,
    refreshTokenNeverExpires,
    refreshTokenPeriodMissing
];
