import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import { orgPairConfig } from '../lib/config.ts';
import { openOrgs, type OrgFlags } from '../lib/context.ts';
import { withLinkFlags } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { describeCode, type LoginWay } from '../lib/link-drift.ts';
import { readLinksOf, readLinkStatus, type LinkPart, type LinkStatus } from '../lib/link-status.ts';
import { buildStep } from '../lib/lwc-build.ts';
import { connectByAlias } from '../lib/org-connection.ts';
import type { OrgStatus } from '../lib/org-status.ts';
import { readProjectVersion, type ProjectVersion } from '../lib/project-version.ts';

type StatusFlags = OrgFlags & LinkFlags & JsonFlag;

export function statusCommand(): Command {
    const command = new Command('status').description(
        'show both orgs and what of the link is in place; without --target, each target of the config'
    );
    return withJsonFlag(withLinkFlags(withOrgFlags(command))).action((flags: StatusFlags) =>
        runCommand(flags, async (steps) => {
            await buildStep(steps);
            const links = await steps.step('Look at the orgs', () => readAll(flags));
            const project = (await readProjectVersion()) ?? null;
            const [{ status, source, target }] = links;
            const data = { status: links.length === 1 ? status : worst(links), source, target, project, links };
            return {
                data: { ...data, steps: steps.records },
                lines: [...links.flatMap(describe), ...describeProject(project)]
            };
        })
    );
}

/** One link where both ends are named or the pair is meant; each target by its alias where only the source is named. */
async function readAll(flags: StatusFlags): Promise<LinkStatus[]> {
    const { source, target, link } = flags;
    if (source === undefined || target !== undefined) {
        return [await readLinkStatus(await openOrgs(flags), linkPlan(flags))];
    }
    const names = link === undefined ? Object.keys(orgPairConfig().targets) : [link];
    const plans = names.map((name) => linkPlan({ ...flags, link: name }));
    return readLinksOf(await connectByAlias('source', source), plans);
}

const STATES: readonly LinkStatus['status'][] = ['complete', 'drifted', 'incomplete', 'unreachable'];

function worst(links: readonly LinkStatus[]): LinkStatus['status'] {
    return STATES[Math.max(...links.map(({ status }) => STATES.indexOf(status)))] ?? 'unreachable';
}

function describe(link: LinkStatus): string[] {
    const { source, target, tokens, configured, deployed } = link;
    const shown = deployed.flow === null ? configured : deployed;
    return [
        `Link ${link.link}: ${describeWay(shown)}`,
        ...describeOrg('Source', source),
        ...describeOrg('Target', target),
        ...(link.problem === null ? [] : [link.problem]),
        ...(target === null ? [] : [`Acts as     ${link.runAs ?? 'no active user that the org shows'}`]),
        ...(target === null ? [] : [`Credential  ${link.credential ?? 'none that the org shows'}`]),
        ...(tokens === null
            ? []
            : [
                  `Tokens      ${tokens.sessions} sessions, last used ${tokens.sessionLastUsed ?? 'never'}; ` +
                      `${tokens.refreshTokens} refresh tokens, last used ${tokens.refreshTokenLastUsed ?? 'never'}`
              ]),
        ...link.permissionSets.map(
            ({ org, name, users }) => `Access      ${name} (${org}): ${users ?? 'unknown'} users`
        ),
        ...link.parts.map(describePart),
        ...link.drift.map((text) => `drift  ${text}`),
        `The link is ${link.status}.`
    ];
}

function describePart({ name, present, action }: LinkPart): string {
    if (present === null) {
        return `?    ${name}  (the org does not tell)`;
    }
    return present ? `yes  ${name}` : `NO   ${name}  (${action})`;
}

function describeWay({ app, flow, identityProvider, principal }: LoginWay): string {
    return [app, flow, identityProvider, principal].filter((part) => part !== null).join(', ');
}

function describeOrg(name: string, org: OrgStatus | null): string[] {
    if (org === null) {
        return [];
    }
    const { apiRequests: api, apiRefusal } = org;
    const budget = api === null ? (apiRefusal ?? 'not told') : `${api.remaining} of ${api.maximum} API requests left`;
    return [
        `${name}  ${org.url}  ${org.orgId}  ${org.kind}  ${org.instance ?? ''}  as ${org.username}`,
        `        ${budget}; ${describeCode(org)}`
    ];
}

function describeProject(project: ProjectVersion | null): string[] {
    return project === null
        ? []
        : [`Git     ${project.commit.slice(0, 12)}${project.changed > 0 ? `, ${project.changed} files changed` : ''}`];
}
