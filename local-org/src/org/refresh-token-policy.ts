import { textOf } from '../schema/document.ts';
import type { MetadataDocument } from './metadata-registry.ts';
import type { RefreshTokenPolicy } from './oauth-app.ts';

const HOUR_MS = 3_600_000;
/** A month of a policy is 30 days here; the platform's rule is not documented. */
const UNIT_MS: Readonly<Record<string, number>> = { hours: HOUR_MS, days: 24 * HOUR_MS, months: 720 * HOUR_MS };

/**
 * `infinite`, `zero`, `specific_lifetime:N:HOURS`, `specific_inactivity:N:DAYS`.
 * Source: Metadata API Developer Guide, ConnectedApp, ConnectedAppOauthPolicy.
 */
export function connectedAppPolicy(text: string | undefined): RefreshTokenPolicy {
    const [name = '', count, unit] = (text ?? 'infinite').trim().toLowerCase().split(':');
    return policy(name.replace('specific_', ''), count, unit);
}

/** Source: Metadata API Developer Guide, ExtlClntAppOauthConfigurablePolicies. A year when nothing is said. */
export function externalClientAppPolicy(document: MetadataDocument): RefreshTokenPolicy {
    const type = textOf(document, 'refreshTokenPolicyType')?.trim() || 'SpecificLifetime';
    const count = textOf(document, 'refreshTokenValidityPeriod')?.trim() || '365';
    const unit = textOf(document, 'refreshTokenValidityUnit')?.trim() || 'Days';
    return policy(type.toLowerCase().replace('specific', ''), count, unit.toLowerCase());
}

/** A policy that the platform does not know gives no lasting token. */
function policy(name: string, count: string | undefined, unit: string | undefined): RefreshTokenPolicy {
    const ms = Number(count) * (UNIT_MS[unit ?? ''] ?? Number.NaN);
    if (name === 'infinite') {
        return { kind: name };
    }
    return (name === 'lifetime' || name === 'inactivity') && Number.isFinite(ms)
        ? { kind: name, ms }
        : { kind: 'zero' };
}
