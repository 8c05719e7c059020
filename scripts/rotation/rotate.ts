import type { LinkedOrgs } from '../lib/context.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import { requireDeployedLink } from '../lib/present-plan.ts';
import type { Steps } from '../lib/steps.ts';
import { rotateCertificate } from './certificate.ts';
import { rotateInPlace } from './secret-in-place.ts';
import { rotateToSuccessor } from './successor.ts';

/**
 * New secrets without a failed call. A step that fails is undone as far as the platform lets it, and the link works in every
 * state in between. Which way it goes depends on what the platform lets change while the old one works:
 *
 * | App                 | Flow               | Way                                                                     |
 * | ------------------- | ------------------ | ----------------------------------------------------------------------- |
 * | External Client App | client credentials | the app's second pair, stored in the credential that there is           |
 * | External Client App | browser            | the app's second pair in a second identity provider and credential      |
 * | connected app       | secret of any flow | a second app, as no API gives an app a new secret; a second credential  |
 * | either              | JWT bearer         | a second certificate; the app holds one, the source's token bridges     |
 */
export async function rotateCredentials(orgs: LinkedOrgs, steps: Steps, wanted: LinkPlan): Promise<void> {
    const link = await requireDeployedLink(orgs, wanted);
    const { plan } = link;
    if (plan.flow === 'jwt-bearer') {
        await rotateCertificate(orgs, steps, link);
    } else if (plan.flow === 'browser' || plan.app === 'connected-app') {
        await rotateToSuccessor(orgs, steps, plan);
    } else {
        await rotateInPlace(orgs, steps, plan);
    }
}
