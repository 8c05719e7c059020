import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { evaluateApex } from './anonymous-apex.ts';
import { renderAuth, sourceAuthFolders } from './auth-source.ts';
import { deployOrThrow } from './deployment.ts';
import { BridgeError } from './errors.ts';
import type { LinkPlan } from './link-plan.ts';
import { readComponent } from './metadata-component.ts';
import { soqlString, type BridgeOrg } from './org-connection.ts';

/** The public half of the certificate that signs assertions; its private key never leaves the org. */
export interface SourceCertificate {
    readonly pem: string;
    readonly created: boolean;
}

const TYPE = 'Certificate';

/**
 * Finds the certificate in the source org or has the org make one: a deployed self-signed certificate is a pattern, from
 * which the org takes the subject; it makes a new key pair, and no API imports or exports a private key.
 * (Metadata API Developer Guide, Certificate, Usage.)
 */
export async function provideCertificate(source: BridgeOrg, plan: LinkPlan): Promise<SourceCertificate> {
    const existing = await readComponent(source, TYPE, plan.certificate);
    if (existing === undefined) {
        const all = renderAuth(sourceAuthFolders(plan), plan, NOTHING_KNOWN);
        const files = new Map([...all].filter(([path]) => path.includes('/certs/')));
        await deployOrThrow(source, { files });
    }
    const pem = (existing ?? (await readComponent(source, TYPE, plan.certificate)))?.trim();
    if (pem === undefined || !pem.startsWith('-----BEGIN CERTIFICATE-----')) {
        throw new BridgeError(
            'org',
            'CERTIFICATE_MISSING',
            `The source org shows no certificate ${plan.certificate} after it was deployed.`,
            ['Make it in Setup > Certificate and Key Management, as self-signed, and run the command again.']
        );
    }
    await testCertificate(source, plan.certificate, pem);
    return { pem, created: existing === undefined };
}

/** The certificate's files are among those of the flow; the credential's values come later. */
const NOTHING_KNOWN = {
    TARGET_ORG_URL: '',
    CONSUMER_KEY: undefined,
    TARGET_AUDIENCE: '',
    TARGET_USER: ''
};

/** Has the org sign a random text and checks the signature with the public half that the target will get. */
async function testCertificate(source: BridgeOrg, name: string, pem: string): Promise<void> {
    const text = randomBytes(24).toString('base64url');
    const signature = await evaluateApex<string>(
        source,
        '',
        `EncodingUtil.base64Encode(Crypto.signWithCertificate('RSA-SHA256', Blob.valueOf(${soqlString(text)}), ${soqlString(name)}))`
    );
    if (!verify('RSA-SHA256', Buffer.from(text), createPublicKey(pem), Buffer.from(signature, 'base64'))) {
        throw new BridgeError(
            'org',
            'CERTIFICATE_MISMATCH',
            `The source org signs with another key than that of its certificate ${name}.`,
            [`Delete the certificate ${name} in the source org and run the command again.`]
        );
    }
}
