import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { startOrgPair, type OrgPair, type OrgPairOptions } from '../../../local-org/src/index.ts';
import { openLocalOrgs, type LinkedOrgs } from '../../lib/context.ts';
import { linkPlan, type LinkPlan } from '../../lib/link-plan.ts';
import { connectOrgs, deployBoth } from '../../lib/link.ts';
import { buildComponents } from '../../lib/lwc-build.ts';
import { Steps } from '../../lib/steps.ts';

/** A local pair in this process, linked as `bridge up` does. */
export interface LinkedPair {
    readonly pair: OrgPair;
    readonly plan: LinkPlan;
    readonly steps: Steps;
    /** An access token of any user of an org of the pair. */
    readonly logIn: (url: string, username: string) => Promise<string>;
    orgs: LinkedOrgs;
    /** After an org was refreshed. */
    reopen(): Promise<void>;
}

export async function startLinkedPair(options: OrgPairOptions = {}): Promise<LinkedPair> {
    await buildComponents();
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const toolingCertificate = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const pair = await startOrgPair({ page: false, toolingCertificate, ...options });
    const open = (): Promise<LinkedOrgs> => {
        const { source, target } = pair.info();
        return openLocalOrgs({
            source: { url: source.url, accessToken: source.admin.accessToken },
            target: { url: target.url, accessToken: target.admin.accessToken }
        });
    };
    const linked: LinkedPair = {
        pair,
        plan: linkPlan(),
        steps: new Steps({ quiet: true }),
        async logIn(url, username) {
            const assertion = signed({ iss: 'PlatformCLI', sub: username, aud: url }, privateKey);
            const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
            const response = await fetch(`${url}/services/oauth2/token`, { method: 'POST', body });
            return ((await response.json()) as { access_token: string }).access_token;
        },
        orgs: await open(),
        async reopen() {
            linked.orgs = await open();
        }
    };
    await deployBoth(linked.orgs, linked.steps, linked.plan);
    await connectOrgs(linked.orgs, linked.steps, linked.plan);
    return linked;
}

function signed(claims: object, key: KeyObject): string {
    const encoded = [
        { alg: 'RS256', typ: 'JWT' },
        { ...claims, exp: Math.floor(Date.now() / 1000) + 60 }
    ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const text = encoded.join('.');
    return `${text}.${createSign('RSA-SHA256').update(text).sign(key).toString('base64url')}`;
}
