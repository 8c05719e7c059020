import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { orgPairConfig } from './config.ts';
import { waitForConsent } from './consent.ts';
import type { LinkedOrgs } from './context.ts';
import { callTarget } from './credential-probe.ts';
import { ensureIntegrationUser, type IntegrationUser } from './integration-user.ts';
import type { LinkPlan } from './link-plan.ts';
import type { BridgeOrg } from './org-connection.ts';
import { projectPath } from './project.ts';
import { provideCertificate, type SourceCertificate } from './source-certificate.ts';
import {
    deleteCredential,
    readCredential,
    readCredentialStatus,
    refreshCredential,
    writeCredential,
    writeProviderCredentials
} from './source-credential.ts';
import type { Steps } from './steps.ts';
import type { AppValues, TargetApp } from './target-app.ts';

/** Metadata of logins, which the flow decides; it is rendered, not deployed as it lies there. */
const AUTH_FOLDER = 'auth';
/** What refers to a named credential, which follows the credentials. */
const SERVICE_FOLDER = 'external-service';

/** Folders of a package directory that are the same for every flow. */
export function codeFolders(packageDirectory: string): string[] {
    return readdirSync(projectPath(packageDirectory), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== AUTH_FOLDER && entry.name !== SERVICE_FOLDER)
        .map((entry) => projectPath(join(packageDirectory, entry.name)));
}

/** Folder of the services that call through the named credential; undefined when they belong to another link. */
export function serviceFolder(packageDirectory: string, { namedCredential }: LinkPlan): string | undefined {
    const folder = projectPath(packageDirectory, SERVICE_FOLDER);
    const files = globSync('**/*.externalServiceRegistration-meta.xml', { cwd: folder });
    const isOwn = files.some((file) => readFileSync(join(folder, file), 'utf8').includes(`>${namedCredential}<`));
    return isOwn ? folder : undefined;
}

export function integrationUserStep(target: BridgeOrg, steps: Steps, plan: LinkPlan): Promise<IntegrationUser> {
    return steps.step('Provide the integration user', async (report) => {
        const user = await ensureIntegrationUser(target, plan);
        if (user.created) {
            report.detail(user.username);
        } else {
            report.already(user.username);
        }
        return user;
    });
}

/** For JWT bearer the source org makes the certificate before the app gets its public half; undefined in other flows. */
export async function certificateStep(
    source: BridgeOrg,
    steps: Steps,
    plan: LinkPlan
): Promise<SourceCertificate | undefined> {
    if (plan.flow !== 'jwt-bearer') {
        return undefined;
    }
    return steps.step('Provide the certificate in the source org and test it', async (report) => {
        const certificate = await provideCertificate(source, plan);
        if (certificate.created) {
            report.detail(certificate.name);
        } else {
            report.already(certificate.name);
        }
        return certificate;
    });
}

/** What the app's metadata says of this link. */
export function linkValues(
    { source, target }: LinkedOrgs,
    plan: LinkPlan,
    user: Pick<IntegrationUser, 'username'>,
    certificate: Pick<SourceCertificate, 'pem'> | undefined
): AppValues {
    return {
        TARGET_ORG_URL: target.url,
        CALLBACK_URL: callbackUrl(source, plan),
        INTEGRATION_USERNAME: user.username,
        ...(certificate !== undefined && { CERTIFICATE: certificate.pem })
    };
}

/** Where the target org sends the browser back to. External auth identity providers share one address. */
export function callbackUrl(source: BridgeOrg, { identityProvider, authProvider }: LinkPlan): string {
    return identityProvider === 'external'
        ? `${source.url}/services/extidp/callback`
        : `${source.url}/services/authcallback/${authProvider}`;
}

/** Puts secrets where the flow keeps them; JWT bearer has none, and an auth provider got its own with its metadata. */
export async function storeStep(source: BridgeOrg, steps: Steps, plan: LinkPlan, app: TargetApp): Promise<void> {
    if (plan.flow === 'client-credentials') {
        await steps.step('Store the credential in the source org', async (report) => {
            const stored = app.secret === undefined ? await readCredential(source, plan) : undefined;
            // What was stored for another app is of no use.
            if (stored?.status === 'Configured' && (stored.clientId ?? app.key) === app.key) {
                report.already('the credential is stored, and the app is the same');
            } else if ((await writeCredential(source, plan, app)) === 'replaced') {
                report.already('a credential was stored; it was replaced by the current one');
            }
        });
    } else if (plan.flow === 'browser' && plan.identityProvider === 'external' && app.secret !== undefined) {
        await steps.step('Store client id and secret with the identity provider of the source org', () =>
            writeProviderCredentials(source, plan.externalIdentityProvider, app)
        );
    }
}

/** The consent of the browser flow, where none is there that works; then a call through the new credential. */
export async function consentStep(source: BridgeOrg, steps: Steps, plan: LinkPlan, logInAs: string): Promise<void> {
    const { apiPath } = orgPairConfig().target;
    if (plan.flow === 'browser') {
        await steps.step('Wait for the consent in the target org', async (report) => {
            if ((await readCredentialStatus(source, plan)) === 'Configured') {
                if ((await callTarget(source, plan, apiPath)).ok || (await refreshCredential(source, plan)) === '') {
                    // Whatever else a call is refused for, the proof says.
                    report.already('the credential has tokens that the target org accepts');
                    return;
                }
                // Tokens that nobody takes; the wait ends when there are others.
                await deleteCredential(source, plan);
            }
            await waitForConsent(source, plan, logInAs, report);
        });
    }
    if (plan.flow !== 'client-credentials') {
        await steps.step('Prove the credential: call the target org through it', async () => {
            const call = await callTarget(source, plan, apiPath);
            if (!call.ok) {
                throw call.error;
            }
        });
    }
}
