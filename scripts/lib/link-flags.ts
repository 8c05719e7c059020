import { InvalidArgumentError, Option, type Command } from 'commander';
import type { AppKind, Flow, IdentityProviderKind, PrincipalKind } from './config.ts';
import { REFUSED_FLOW } from './link-plan.ts';

const APPS: readonly AppKind[] = ['external-client-app', 'connected-app'];
const FLOWS: readonly Flow[] = ['client-credentials', 'jwt-bearer', 'browser'];
const IDENTITY_PROVIDERS: readonly IdentityProviderKind[] = ['auth-provider', 'external'];
const PRINCIPALS: readonly PrincipalKind[] = ['named', 'per-user'];

/** Names the target of the config; the first when absent. */
export function withTargetFlag(command: Command): Command {
    return command.option('--link <name>', 'target of config/org-pair.json; its first one when absent');
}

/** How the source logs in to the target, for the commands that set a link up. */
export function withLinkFlags(command: Command): Command {
    return withTargetFlag(command)
        .addOption(choice('--app <kind>', 'OAuth client in the target org', APPS))
        .addOption(
            new Option(
                '--flow <flow>',
                `how the source logs in: ${FLOWS.join(', ')} (default: of the config)`
            ).argParser(readFlow)
        )
        .addOption(choice('--identity-provider <kind>', 'what runs the browser flow in the source', IDENTITY_PROVIDERS))
        .addOption(choice('--principal <kind>', 'one user of the target for all, or each their own', PRINCIPALS))
        .option('--run-as <username>', 'existing user of the target org as whom the source acts');
}

function choice(flags: string, description: string, values: readonly string[]): Option {
    return new Option(flags, `${description} (default: of the config)`).choices(values);
}

/** Lets a flow pass that the plan refuses with its reason. */
function readFlow(value: string): string {
    if (!FLOWS.includes(value as Flow) && value !== REFUSED_FLOW) {
        throw new InvalidArgumentError(`Allowed choices are ${FLOWS.join(', ')}.`);
    }
    return value;
}
