import { Option, type Command } from 'commander';
import type { ConflictPolicy, DeletePolicy, Direction, PlannedObject } from '../sync/generate/plan-types.ts';

export interface PolicyFlags {
    readonly direction: Direction;
    readonly conflictPolicy: ConflictPolicy;
    readonly deletePolicy: DeletePolicy;
    readonly people?: boolean;
}

/** How the mappings that are made behave. */
export function policyFlags(command: Command): Command {
    return command
        .addOption(
            choice('--direction <way>', 'which way changes travel', ['Both', 'SourceToTarget', 'TargetToSource'])
        )
        .addOption(choice('--conflict-policy <policy>', 'whose value stays', ['Newest', 'Source', 'Target', 'Ask']))
        .addOption(choice('--delete-policy <policy>', 'what a delete does to the twin', ['Mirror', 'Keep']))
        .option('--people', 'owners and lookups to users travel too, by e-mail address');
}

function choice(flags: string, description: string, values: readonly string[]): Option {
    return new Option(flags, description).choices(values).default(values[0]);
}

/** Planned mappings as `--json` shows them. */
export function describePlan(objects: readonly PlannedObject[]): object {
    return {
        mappings: objects.map(({ name, source, target, order, direction, fields }) => ({
            name,
            source,
            target,
            order,
            direction,
            fields: fields.map((field) => ({ ...field, value: field.value ?? null }))
        })),
        leftOut: objects.flatMap(({ leftOut }) => leftOut),
        warnings: objects.flatMap(({ warnings }) => warnings)
    };
}
