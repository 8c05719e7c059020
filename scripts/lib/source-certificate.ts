import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { renderAuth, sourceAuthFolders } from './auth-source.ts';
import { familyOf, nextName } from './component-family.ts';
import { deployOrThrow } from './deployment.ts';
import { BridgeError } from './errors.ts';
import type { LinkPlan } from './link-plan.ts';
import { readComponent } from './metadata-component.ts';
import type { BridgeOrg } from './org-connection.ts';
import { signInOrg } from './source-signature.ts';

/** The public half of the certificate that signs assertions; its private key never leaves the org. */
export interface SourceCertificate {
    readonly name: string;
    readonly pem: string;
    readonly created: boolean;
}

export const CERTIFICATE = 'Certificate';

/**
 * Finds the certificate in the source org or has the org make one. Of several, which rotations make, it is the newest that
 * signs: an org that lost its private keys, as a sandbox may by a refresh, gets a new one under a new name.
 */
export async function provideCertificate(source: BridgeOrg, plan: LinkPlan): Promise<SourceCertificate> {
    const family = await familyOf(source, { type: CERTIFICATE, fullName: plan.certificate });
    for (const name of family.toReversed()) {
        const pem = await readPem(source, name);
        if (pem !== undefined && (await signsFor(source, name, pem))) {
            return { name, pem, created: false };
        }
    }
    return makeCertificate(source, plan);
}

/**
 * Makes another certificate: a deployed self-signed certificate is a pattern, from which the org takes the subject; it makes
 * a new key pair, and no API imports or exports a private key. (Metadata API Developer Guide, Certificate, Usage.)
 */
export async function makeCertificate(source: BridgeOrg, plan: LinkPlan): Promise<SourceCertificate> {
    const name = await nextName(source, { type: CERTIFICATE, fullName: plan.certificate });
    const all = renderAuth(sourceAuthFolders(plan), { ...plan, certificate: name }, NOTHING_KNOWN);
    await deployOrThrow(source, { files: new Map([...all].filter(([path]) => path.includes('/certs/'))) });
    const pem = await readPem(source, name);
    if (pem === undefined) {
        throw new BridgeError(
            'org',
            'CERTIFICATE_MISSING',
            `The source org shows no certificate ${name} after it was deployed.`,
            ['Make it in Setup > Certificate and Key Management, as self-signed, and run the command again.']
        );
    }
    if (!(await signsFor(source, name, pem))) {
        throw new BridgeError(
            'org',
            'CERTIFICATE_MISMATCH',
            `The source org signs with another key than that of its certificate ${name}.`,
            [`Delete the certificate ${name} in the source org and run the command again.`]
        );
    }
    return { name, pem, created: true };
}

/** The certificate's files are among those of the flow; the credential's values come later. */
const NOTHING_KNOWN = {
    TARGET_ORG_URL: '',
    CONSUMER_KEY: undefined,
    TARGET_AUDIENCE: '',
    TARGET_USER: ''
};

async function readPem(source: BridgeOrg, name: string): Promise<string | undefined> {
    const text = (await readComponent(source, CERTIFICATE, name))?.trim();
    return text?.startsWith('-----BEGIN CERTIFICATE-----') === true ? text : undefined;
}

/** Has the org sign a random text and checks the signature with the public half that the target will get. */
async function signsFor(source: BridgeOrg, name: string, pem: string): Promise<boolean> {
    const text = randomBytes(24).toString('base64url');
    try {
        const signature = await signInOrg(source, name, text);
        return verify('RSA-SHA256', Buffer.from(text), createPublicKey(pem), signature);
    } catch (thrown) {
        if (thrown instanceof BridgeError && thrown.code === 'APEX_FAILED') {
            return false;
        }
        throw thrown;
    }
}
