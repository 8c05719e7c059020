import { createPublicKey, X509Certificate } from 'node:crypto';
import { appSetting } from '../app-settings.ts';
import { claimOf, externalParameter } from '../credential-settings.ts';
import { isOfFamily } from '../../lib/successor-names.ts';
import type { Facts } from '../facts.ts';
import { failureWith, isBroken, setting } from '../link-state.ts';
import type { DoctorRule } from '../rule.ts';
import { APP_INCOMPLETE } from './app.ts';
import { DEPLOY, EC_GONE } from './credential.ts';
import { SOURCE_SHUT } from './reach.ts';
import { BEFORE_PROOF } from './stages.ts';

/** Milliseconds: an assertion that the platform signs is good for two minutes, and clocks are read to the second. */
const TOLERANCE_MS = 60_000;
const SOON_MS = 30 * 24 * 60 * 60_000;
const LOGIN_HOSTS = ['https://login.salesforce.com', 'https://test.salesforce.com'];

/** Name of the certificate that signs: of the link, or a successor that a rotation gave it. */
function certificateName(facts: Facts): string {
    const { certificate } = facts.plan;
    const used = externalParameter(facts, 'SigningCertificate')?.['certificate'];
    return used !== undefined && isOfFamily(certificate, used) ? used : certificate;
}

/** The certificate of the source org; undefined when it has none of the name. */
function sourceCertificate(facts: Facts): X509Certificate | undefined {
    return certificateOf(facts.source.documents.get('Certificate', certificateName(facts))?.xml);
}

function certificateOf(pem: string | undefined): X509Certificate | undefined {
    try {
        return pem === undefined ? undefined : new X509Certificate(pem.trim());
    } catch {
        return undefined;
    }
}

function fingerprint(certificate: X509Certificate | undefined): string {
    return certificate?.fingerprint256.replaceAll(':', '').slice(0, 16).toLowerCase() ?? '(none)';
}

/** Of a certificate, or of a public key alone, which an app takes as well. */
function keyOf(pem: string): string | undefined {
    try {
        return createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();
    } catch {
        return undefined;
    }
}

function audiences(facts: Facts): readonly unknown[] {
    try {
        return [JSON.parse(claimOf(facts, 'aud') ?? 'null') as unknown].flat();
    } catch {
        return [];
    }
}

/** Certificate and claims of the JWT bearer flow. */
export const ASSERTION: readonly DoctorRule[] = (
    [
        {
            id: 'certificate-missing',
            severity: 'error',
            org: 'source',
            title: 'The source org has no certificate of the name, so it can sign nothing',
            hiddenBy: SOURCE_SHUT,
            fix: 'Let the source org make one and give it to the app: npm run bridge -- deploy, then connect.',
            remedy: 'deploy',
            find: (facts) =>
                isBroken(facts) && sourceCertificate(facts) === undefined
                    ? setting(facts, `Certificate ${certificateName(facts)}: not in the source org`)
                    : undefined
        },
        {
            id: 'signing-certificate-differs',
            severity: 'error',
            org: 'source',
            title: 'The external credential signs with another certificate',
            hiddenBy: [...EC_GONE, 'certificate-missing', 'flow-differs'],
            fix: `Let it name the certificate of the link. ${DEPLOY}`,
            remedy: 'connect',
            find: (facts) => {
                const certificate = externalParameter(facts, 'SigningCertificate')?.['certificate'];
                return isBroken(facts) && certificate !== certificateName(facts)
                    ? setting(facts, `SigningCertificate = ${certificate ?? '(none)'}`)
                    : undefined;
            }
        },
        {
            id: 'app-without-certificate',
            severity: 'error',
            org: 'target',
            title: 'The app has no certificate, so it takes no assertions',
            hiddenBy: APP_INCOMPLETE,
            fix: 'Give the certificate of the source org to the app: npm run bridge -- deploy, then connect.',
            remedy: 'deploy',
            find: (facts) => {
                const certificate = appSetting(facts, 'certificate');
                return certificate?.values.length === 0 ? setting(facts, certificate.shown) : undefined;
            }
        },
        {
            id: 'certificate-mismatch',
            severity: 'error',
            org: 'target',
            title: 'The app has the certificate of another key than that of the source org',
            hiddenBy: [...SOURCE_SHUT, ...APP_INCOMPLETE, 'certificate-missing', 'app-without-certificate'],
            fix: 'Give the certificate of the source org to the app: npm run bridge -- deploy, then connect.',
            remedy: 'deploy',
            find: (facts) => {
                const own = sourceCertificate(facts);
                const [known] = appSetting(facts, 'certificate')?.values ?? [];
                return own !== undefined && known !== undefined && keyOf(known) !== keyOf(own.toString())
                    ? setting(
                          facts,
                          `SHA-256 of the source's certificate ${fingerprint(own)}, of the app's ${fingerprint(certificateOf(known))}`
                      )
                    : undefined;
            }
        },
        {
            id: 'certificate-expires',
            severity: 'warning',
            org: 'source',
            title: 'The certificate has expired, or does so within 30 days',
            hiddenBy: [...SOURCE_SHUT, 'certificate-missing'],
            // Source: salesforce.stackexchange.com/questions/313488, with the answer of the platform's makers.
            fix: 'The target goes on taking it, but no policy will: delete it in the source org, then npm run bridge -- up.',
            find: (facts) => {
                const certificate = sourceCertificate(facts);
                const end = certificate === undefined ? NaN : Date.parse(certificate.validTo);
                const now = Date.now() + (facts.source.aheadMs ?? 0);
                return end - now < SOON_MS
                    ? `Certificate ${certificateName(facts)}: not after ${certificate?.validTo}`
                    : undefined;
            }
        },
        {
            id: 'claims-missing',
            severity: 'error',
            org: 'source',
            title: 'The assertions lack a claim that the target needs',
            hiddenBy: [...EC_GONE, 'flow-differs'],
            fix: `Add iss (key of the app), sub (user name) and aud as JwtBodyClaim. ${DEPLOY}`,
            remedy: 'connect',
            find: (facts) => {
                const missing = ['iss', 'sub', 'aud'].filter((name) => claimOf(facts, name) === undefined);
                return externalParameter(facts, 'AuthProtocolVariant') !== undefined && missing.length > 0
                    ? setting(facts, `JwtBodyClaim of ${facts.plan.externalCredential}: no ${missing.join(', ')}`)
                    : undefined;
            }
        },
        {
            id: 'issuer-wrong',
            severity: 'error',
            org: 'source',
            title: 'The assertions name another app than that of the target org',
            hiddenBy: [...EC_GONE, ...APP_INCOMPLETE, 'flow-differs'],
            fix: `The claim iss is the key of the app. ${DEPLOY}`,
            remedy: 'connect',
            find: (facts) => {
                const issuer = claimOf(facts, 'iss');
                const [key] = appSetting(facts, 'consumerKey')?.values ?? [];
                return isBroken(facts) && issuer !== undefined && key !== undefined && issuer !== key
                    ? (failureWith(facts, 'invalid_client_id') ??
                          setting(facts, 'the claim iss is not the consumerKey of the app'))
                    : undefined;
            }
        },
        {
            id: 'audience-wrong',
            severity: 'error',
            org: 'source',
            title: 'The assertions are made out to another audience than the target org',
            hiddenBy: [...EC_GONE, 'flow-differs'],
            fix: `The claim aud is "https://login.salesforce.com", of a sandbox "https://test.salesforce.com". ${DEPLOY}`,
            remedy: 'connect',
            find: (facts) => {
                const accepted = [
                    ...LOGIN_HOSTS,
                    facts.orgs.target.url,
                    `${facts.orgs.target.url}/services/oauth2/token`
                ];
                const claim = claimOf(facts, 'aud');
                const isAccepted = audiences(facts).some((audience) => accepted.includes(String(audience)));
                return isBroken(facts) && claim !== undefined && !isAccepted
                    ? setting(facts, `aud = ${claim}`)
                    : undefined;
            }
        },
        {
            id: 'assertions-out-of-time',
            severity: 'error',
            org: 'target',
            title: 'The clocks of the two orgs differ, so assertions are over or not yet good when they arrive',
            hiddenBy: [
                ...BEFORE_PROOF,
                // The target does not look at assertions of an app that it lets in no more.
                'app-blocked',
                'connected-app-blocked',
                'app-without-certificate',
                'certificate-mismatch',
                'signing-certificate-differs'
            ],
            fix: 'Check the clock that is wrong, then try again: an assertion is good for two minutes.',
            find: (facts) =>
                facts.skewMs !== undefined && Math.abs(facts.skewMs) > TOLERANCE_MS
                    ? failureWith(facts, 'invalid assertion')
                    : undefined
        }
    ] satisfies DoctorRule[]
).map((rule) => ({ ...rule, flows: ['jwt-bearer'] }));
