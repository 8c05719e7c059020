import './client-environment.ts';
import { AuthRemover, ConfigAggregator, Org, OrgConfigProperties, scratchOrgCreate } from '@salesforce/core';
import { Duration } from '@salesforce/kit';
import { InvalidArgumentError, type Command } from 'commander';
import { orgPairConfig, ROLES } from './config.ts';
import type { OrgFlags } from './context.ts';
import { BridgeError } from './errors.ts';
import type { LinkPlan } from './link-plan.ts';
import { soqlString, type OrgRole } from './org-connection.ts';
import { projectPath } from './project.ts';
import { sideBySide } from './side-by-side.ts';
import type { Steps, StepReport } from './steps.ts';

export interface ScratchFlags {
    readonly scratch?: boolean;
    /** Alias or user name; the CLI's target-dev-hub when absent. */
    readonly devHub?: string;
    /** 1 to 30. */
    readonly days: number;
}

/**
 * The tools' own app, with which a sign-up works whatever app the Dev Hub was logged in with. A sign-up copies the app of
 * the hub's login into the new org, and an External Client App cannot be copied: C-1016. (forcedotcom/cli, issue 3515;
 * the two variables are read by @salesforce/core.)
 */
const SIGNUP_APP = {
    SF_SCRATCH_SIGNUP_CONNECTED_APP: 'PlatformCLI',
    SF_SCRATCH_SIGNUP_CALLBACK_URL: 'http://localhost:1717/OauthRedirect'
} as const;

const SIGNUP_MINUTES = 15;

export function withScratchFlags(command: Command): Command {
    return command
        .option('--scratch', 'create both orgs as scratch orgs of a Dev Hub')
        .option('--dev-hub <alias>', 'Dev Hub of the scratch orgs; the target-dev-hub of the CLI when absent')
        .option('--days <n>', 'days until the scratch orgs expire, 1 to 30', readDays, 1);
}

/** Scratch orgs have the aliases of the config, so that they are not named by flags. */
export function usesScratchOrgs(flags: OrgFlags & Pick<ScratchFlags, 'scratch'>): boolean {
    const namesOrgs = flags.source !== undefined || flags.target !== undefined;
    if (flags.scratch === true && namesOrgs) {
        throw new BridgeError(
            'user',
            'FLAGS_EXCLUDE',
            '--scratch makes orgs of its own; --source and --target name others.',
            ['Leave --source and --target out, or leave --scratch out to use the orgs they name.']
        );
    }
    return flags.scratch === true;
}

/** The flags that name the scratch orgs to every command. */
export function scratchOrgFlags(plan: LinkPlan): OrgFlags {
    return { source: orgPairConfig().source.alias, target: plan.alias };
}

function readDays(text: string): number {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > 30) {
        throw new InvalidArgumentError('A scratch org lives from 1 to 30 days.');
    }
    return value;
}

/** Sees to it that both scratch orgs are there under the aliases of the config; creates what is missing side by side. */
export async function provideScratchOrgs(flags: ScratchFlags, plan: LinkPlan, steps: Steps): Promise<void> {
    const ends = endsOf(plan);
    const hub = await steps.step('Open the Dev Hub', () => openHub(flags.devHub));
    await steps.step('Create the scratch orgs side by side', async (report) => {
        const missing: ScratchEnd[] = [];
        for (const end of ends) {
            if (!(await isUsable(end, hub))) {
                missing.push(end);
            }
        }
        if (missing.length === 0) {
            report.already(`${ends.map(({ alias }) => alias).join(' and ')} are there`);
            return;
        }
        await createAll(missing, hub, flags.days, report);
        report.detail(missing.map(({ alias }) => alias).join(', '));
    });
}

/** Deletes both scratch orgs and their logins on this machine. Answers the aliases that were there. */
export async function deleteScratchOrgs(plan: LinkPlan): Promise<string[]> {
    const deleted = await sideBySide(
        endsOf(plan).map(async ({ alias }) => {
            const org = await findOrg(alias);
            if (org === undefined) {
                return [];
            }
            await deleteOrg(org, requireScratch(org, alias));
            return [alias];
        })
    );
    return deleted.flat();
}

/** An org that has expired, or that somebody else deleted, only loses its login here. */
async function deleteOrg(org: Org, hubUsername: string): Promise<void> {
    const hub = (await Org.create({ aliasOrUsername: hubUsername })).getConnection();
    const { records } = await hub.query<{ Id: string }>(activeScratchOrg(org));
    for (const { Id } of records) {
        await hub.sobject('ActiveScratchOrg').delete(Id);
    }
    await forget(org);
}

/**
 * Removes the login and its aliases. Not by Org.remove(): it starts to delete the file of the login, does not wait, and
 * deletes it again, which fails with TargetFileNotFound when the first is quick.
 */
async function forget(org: Org): Promise<void> {
    const remover = await AuthRemover.create();
    await remover.removeAuth(org.getUsername() ?? '');
}

function activeScratchOrg(org: Org): string {
    return `SELECT Id FROM ActiveScratchOrg WHERE SignupUsername = ${soqlString(org.getUsername() ?? '')}`;
}

/** One of the two orgs to be: its alias, and the definition that says how it is made. */
interface ScratchEnd {
    readonly role: OrgRole;
    readonly alias: string;
    readonly definition: string;
}

function endsOf(plan: LinkPlan): ScratchEnd[] {
    const config = orgPairConfig();
    const aliases = { source: config.source.alias, target: plan.alias };
    return ROLES.map((role) => ({ role, alias: aliases[role], definition: config[role].scratchDefinition }));
}

async function openHub(given: string | undefined): Promise<Org> {
    const aggregator = await ConfigAggregator.create();
    const name = given ?? aggregator.getPropertyValue(OrgConfigProperties.TARGET_DEV_HUB);
    if (name === undefined) {
        throw new BridgeError('user', 'DEV_HUB_MISSING', 'No Dev Hub was named, and the CLI has none as its default.', [
            'Pass --dev-hub ALIAS',
            'Or log in to one: sf org login web --alias hub --set-default-dev-hub'
        ]);
    }
    const hub = await findOrg(name);
    if (hub === undefined) {
        throw new BridgeError('user', 'ORG_ALIAS_UNKNOWN', `No org is authorised here as "${name}" (Dev Hub).`, [
            `Run: sf org login web --alias ${name} --set-default-dev-hub`
        ]);
    }
    if (!(await hub.determineIfDevHubOrg(true))) {
        throw new BridgeError('org', 'NO_DEV_HUB', `The org "${name}" is not a Dev Hub.`, [
            'Enable it: Setup > Dev Hub > Enable Dev Hub, then run the command again.',
            'Or pass another org: --dev-hub ALIAS'
        ]);
    }
    return hub;
}

/** undefined when nobody logged in under the name. */
async function findOrg(aliasOrUsername: string): Promise<Org | undefined> {
    try {
        return await Org.create({ aliasOrUsername });
    } catch (cause) {
        if ((cause as Error).name === 'NamedOrgNotFoundError') {
            return undefined;
        }
        throw cause;
    }
}

/** Answers the user name of the Dev Hub that created the org. */
function requireScratch(org: Org, alias: string): string {
    const hub = org.getField<string>(Org.Fields.DEV_HUB_USERNAME);
    if (!hub) {
        throw new BridgeError(
            'user',
            'NOT_A_SCRATCH_ORG',
            `The alias "${alias}" names ${org.getUsername() ?? 'an org'}, which no Dev Hub on this machine created.`,
            [`Give that org another alias: sf alias unset ${alias}`, 'Or change the alias in config/org-pair.json.']
        );
    }
    return hub;
}

/** Whether the alias names a scratch org of the hub that still runs. A dead one is forgotten: its alias goes to a new org. */
async function isUsable({ alias }: ScratchEnd, hub: Org): Promise<boolean> {
    const org = await findOrg(alias);
    if (org === undefined) {
        return false;
    }
    requireScratch(org, alias);
    const { totalSize } = await hub.getConnection().query(activeScratchOrg(org));
    if (totalSize === 0) {
        await forget(org);
    }
    return totalSize > 0;
}

async function createAll(ends: readonly ScratchEnd[], hub: Org, days: number, report: StepReport): Promise<void> {
    const refused: ScratchEnd[] = [];
    const attempts = await Promise.allSettled(ends.map((end) => create(end, hub, days)));
    for (const [index, attempt] of attempts.entries()) {
        if (attempt.status === 'rejected') {
            if (!isAppNotCopied(attempt.reason)) {
                throw signupFailed(ends[index], attempt.reason);
            }
            refused.push(ends[index]);
        }
    }
    if (refused.length === 0) {
        return;
    }
    report.progress('The app of the Dev Hub login cannot be copied (C-1016): again with the app of the tools');
    Object.assign(process.env, SIGNUP_APP);
    try {
        const retried = await Promise.allSettled(refused.map((end) => create(end, hub, days)));
        retried.forEach((attempt, index) => {
            if (attempt.status === 'rejected') {
                throw signupFailed(refused[index], attempt.reason);
            }
        });
    } finally {
        Object.keys(SIGNUP_APP).forEach((name) => delete process.env[name]);
    }
}

async function create({ alias, definition }: ScratchEnd, hubOrg: Org, durationDays: number): Promise<void> {
    await scratchOrgCreate({
        hubOrg,
        definitionfile: projectPath(definition),
        durationDays,
        alias,
        tracksSource: false,
        nonamespace: true,
        noancestors: true,
        wait: Duration.minutes(SIGNUP_MINUTES)
    });
}

/** The tools name the code in what they advise, not in a field of the error. */
function isAppNotCopied(reason: unknown): boolean {
    const { name, actions } = reason as { name?: string; actions?: readonly string[] };
    return name === 'RemoteOrgSignupFailed' && (actions ?? []).some((action) => action.includes('C-1016'));
}

function signupFailed({ role }: ScratchEnd, reason: unknown): BridgeError {
    const { message = String(reason), actions = [] } = reason as { message?: string; actions?: readonly string[] };
    return new BridgeError(
        'org',
        'SCRATCH_ORG_FAILED',
        `The Dev Hub did not create the scratch org of the ${role}: ${message}`,
        [...actions, 'Run the command again: what was created is used, the rest is created.'],
        reason
    );
}
