import type { Rule } from './rule.ts';
import { appRules } from './rules/apps.ts';
import { clientCredentialsRules } from './rules/client-credentials.ts';
import { externalCredentialRules } from './rules/external-credentials.ts';
import { identityProviderRules } from './rules/identity-providers.ts';
import { jwtRules } from './rules/jwt.ts';
import { namedCredentialRules } from './rules/named-credentials.ts';
import { permissionRules } from './rules/permissions.ts';
import { policyRules } from './rules/policies.ts';
import { schemaRules } from './rules/schema.ts';
import { scopeRules } from './rules/scopes.ts';
import { secretRules } from './rules/secrets.ts';
import { urlRules } from './rules/urls.ts';
import { malformedXml, suppressionUnused, suppressionWithoutReason } from './suppressions.ts';

/** Families of rules, as docs/lint.md shows them. */
export const RULE_FAMILIES: Readonly<Record<string, readonly Rule[]>> = {
    'Secrets and keys': secretRules,
    Scopes: scopeRules,
    'Hosts and URLs': urlRules,
    'Apps and settings': appRules,
    'App policies': policyRules,
    'Client credentials flow': clientCredentialsRules,
    'Identity providers': identityProviderRules,
    'External credentials': externalCredentialRules,
    'JWT flows': jwtRules,
    'Named credentials and external services': namedCredentialRules,
    'Permission sets': permissionRules,
    'Form of the files': [malformedXml, ...schemaRules],
    Suppressions: [suppressionWithoutReason, suppressionUnused]
};

export const RULES: readonly Rule[] = Object.values(RULE_FAMILIES).flat();
