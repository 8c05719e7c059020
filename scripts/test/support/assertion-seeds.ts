import { readFileSync } from 'node:fs';
import type { LinkPlan } from '../../lib/link-plan.ts';
import { projectPath } from '../../lib/project.ts';
import type { LinkedPair } from './linked-pair.ts';
import { add, edit, withElement, withoutBlock, type Component, type Undo } from './org-edits.ts';
import {
    CONNECTED,
    CREDENTIAL_PLACES,
    edited,
    EXTERNAL,
    GLOBAL,
    NAMED,
    namedParameter,
    placeOf,
    removed,
    SERVICE,
    type LinkKind,
    type Seed
} from './seed.ts';

const DAY_MS = 24 * 60 * 60_000;
const CERTIFICATE: Component = { type: 'Certificate', fullName: 'TargetOrg_Jwt' };
const OTHER: Component = { type: 'Certificate', fullName: 'Other_Jwt' };
const ECA: LinkKind = { apps: ['external-client-app'] };

/** The pattern of the project: a certificate whose key nobody has. */
function pattern(extension: string): string {
    return readFileSync(projectPath('force-app/source/auth/jwt-bearer/certs', `TargetOrg_Jwt.crt${extension}`), 'utf8');
}

async function federationId({ orgs: { source } }: LinkedPair, value: string | null): Promise<void> {
    await source.connection.sobject('User').update({ Id: source.userId, FederationIdentifier: value } as never);
}

/** The assertion names somebody else: in its claim, or through the federation identifier of the user. */
async function actAs(linked: LinkedPair, username: string): Promise<Undo> {
    const { plan } = linked;
    if (plan.principal === 'per-user') {
        const { source } = linked.orgs;
        const before = await source.connection.sobject('User').retrieve(source.userId);
        await federationId(linked, username);
        return () => federationId(linked, (before as { FederationIdentifier?: string }).FederationIdentifier ?? null);
    }
    return edit(linked.orgs.source, EXTERNAL, (xml) => namedParameter('sub', () => username)(xml, linked));
}

function appOf({ app }: LinkPlan): Component {
    return app === 'connected-app' ? CONNECTED : GLOBAL;
}

/** What is planted in the JWT bearer flow. */
export const ASSERTION_SEEDS: readonly Seed[] = [
    removed('certificate-missing', 'source', [SERVICE, NAMED, EXTERNAL, CERTIFICATE], CREDENTIAL_PLACES, {
        also: ['named-credential-missing', 'external-credential-missing']
    }),
    {
        rule: 'signing-certificate-differs',
        touches: [placeOf(EXTERNAL)],
        async plant(linked) {
            const { source } = linked.orgs;
            const meta = pattern('-meta.xml').replace('>TargetOrg_Jwt<', '>Other_Jwt<');
            const gone = await add(source, OTHER, 'certs/Other_Jwt.crt', pattern(''), {
                'certs/Other_Jwt.crt-meta.xml': meta
            });
            const back = await edit(source, EXTERNAL, withElement('certificate', OTHER.fullName));
            return async () => {
                await back();
                await gone();
            };
        }
    },
    edited('app-without-certificate', 'target', GLOBAL, withElement('certificate', ''), { links: ECA }),
    {
        rule: 'certificate-mismatch',
        touches: [placeOf(GLOBAL), placeOf(CONNECTED)],
        plant: ({ orgs, plan }) => edit(orgs.target, appOf(plan), withElement('certificate', pattern('').trim()))
    },
    {
        rule: 'certificate-expires',
        // After so many days a failed job is history.
        touches: ['clock', 'job'],
        async plant({ pair: { control } }) {
            const move = async (days: number): Promise<void> => {
                await Promise.all([control.source, control.target].map((org) => org.advanceClock(days * DAY_MS)));
            };
            await move(350);
            return () => move(-350);
        }
    },
    edited('claims-missing', 'source', EXTERNAL, withoutBlock('externalCredentialParameters', '<parameterName>aud<')),
    edited(
        'issuer-wrong',
        'source',
        EXTERNAL,
        namedParameter('iss', () => 'anotherKey')
    ),
    edited(
        'audience-wrong',
        'source',
        EXTERNAL,
        namedParameter('aud', () => '"https://login.example.com"')
    ),
    {
        rule: 'assertions-out-of-time',
        touches: ['clock'],
        instead: ['clock-skew'],
        async plant({ pair }) {
            await pair.control.target.advanceClock(300_000);
            return () => pair.control.target.advanceClock(-300_000);
        }
    },
    {
        rule: 'user-not-mapped',
        touches: ['run-as', 'federation id'],
        links: { principal: 'per-user' },
        plant: async (linked) => {
            const undo = await actAs(linked, 'somebody@example.test');
            await federationId(linked, null);
            return undo;
        }
    },
    {
        rule: 'run-as-unknown',
        touches: ['run-as', placeOf(EXTERNAL)],
        links: { flows: ['jwt-bearer'] },
        plant: (linked) => actAs(linked, 'nobody@example.test')
    }
];
