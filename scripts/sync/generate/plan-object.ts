import { fieldOf, isRequired, type FieldFacts, type ObjectFacts, type ObjectPair } from './object-facts.ts';
import { developerName } from './names.ts';
import { hasObjectPermissions } from './permission-sets.ts';
import { planField, type FieldContext } from './plan-field.ts';
import type { Sending } from './picklist-map.ts';
import type {
    Direction,
    FieldNames,
    LeftOut,
    MappedObject,
    ObjectRequest,
    PlanOptions,
    PlannedField,
    PlannedObject,
    Refusal
} from './plan-types.ts';

/** Fields that every org keeps itself: nobody expects them to travel. */
const OWN = new Set(
    (
        'Id IsDeleted CreatedDate CreatedById LastModifiedDate LastModifiedById SystemModstamp LastActivityDate ' +
        'LastViewedDate LastReferencedDate MasterRecordId UserRecordAccessId ConnectionReceivedId ConnectionSentId'
    ).split(' ')
);
/** Compound fields: their parts travel. */
const COMPOUND = new Set(['address', 'location']);
/** A series made again in the other org would make all of its records there. Source: Object Reference, Task. */
const RECURRENCE = /^(?:IsRecurrence|Recurrence|IsRecurrence2|Recurrence2)/;

export interface Plan {
    readonly object: PlannedObject;
    readonly refusals: readonly Refusal[];
}

/** Plans the mapping of one object. `self` is in `mapped`, as are all others that are planned with it. */
export function planObject(
    self: MappedObject,
    facts: ObjectPair,
    request: ObjectRequest,
    options: PlanOptions,
    mapped: readonly MappedObject[]
): Plan {
    const direction = request.direction ?? options.direction;
    const sending = sendingOf(direction);
    const recordTypes = sharedRecordTypes(facts);
    const context: FieldContext = { sending, people: options.people, mapped, recordTypes: recordTypes.both };
    const fields: PlannedField[] = [];
    const leftOut: LeftOut[] = [];
    const warnings: string[] = [...recordTypes.warnings, ...accessWarnings(self)];
    const refusals: Refusal[] = [];
    const taken = new Set<string>();
    const leaveOut = (field: string, reason: string): void => {
        leftOut.push({ object: self.source, field, reason });
    };
    for (const names of fieldPairs(facts, request, refusals)) {
        const here = fieldOf(facts.source, names.source) as FieldFacts;
        const there = fieldOf(facts.target, names.target);
        if (there === undefined) {
            leaveOut(here.name, 'the target org has no field of that name, or your user may not see it');
            continue;
        }
        const decision = RECURRENCE.test(here.name)
            ? { reason: 'a series would be made again in the other org' }
            : planField(here, there, context);
        if ('reason' in decision) {
            leaveOut(here.name, decision.reason);
            continue;
        }
        if (decision.warning !== undefined) warnings.push(`${self.source}: ${decision.warning}`);
        const name = developerName([self.name, here.name], taken);
        taken.add(name);
        const { transform, value } = decision;
        fields.push({ name, source: here.name, target: there.name, transform, value });
    }
    reportStrangers(facts, fields, request, leaveOut);
    refusals.push(...missingValues(self, facts, fields, leftOut, sending));
    if (fields.length === 0) {
        refusals.push(refusal(self.source, undefined, 'NOTHING_TO_MAP', 'has no field that can travel.'));
    }
    const object: PlannedObject = {
        ...self,
        direction,
        facts,
        fields,
        leftOut,
        warnings,
        recordTypes: recordTypes.both,
        mappedParents: mapped.flatMap(({ source, target }) => [source, target]),
        policies: { conflict: options.conflictPolicy, remove: options.deletePolicy }
    };
    return { object, refusals };
}

function sendingOf(direction: Direction): Sending {
    return { toTarget: direction !== 'TargetToSource', toSource: direction !== 'SourceToTarget' };
}

/** Fields of the source org with what they are called in the target org. */
function fieldPairs({ source, target }: ObjectPair, request: ObjectRequest, refusals: Refusal[]): FieldNames[] {
    for (const { source: from, target: to } of request.renamed) {
        for (const [facts, name, org] of [
            [source, from, 'source'],
            [target, to, 'target']
        ] as const) {
            if (fieldOf(facts, name) === undefined) {
                const text = `has no field ${name} in the ${org} org, or your user may not see it. Correct its name.`;
                refusals.push(refusal(facts.name, name, 'UNKNOWN_FIELD', text));
            }
        }
    }
    const renamed = new Map(request.renamed.map((names) => [names.source.toLowerCase(), names.target]));
    const only = request.only === undefined ? undefined : new Set(request.only.map((name) => name.toLowerCase()));
    return source.fields
        .filter((field) => !OWN.has(field.name) && !COMPOUND.has(field.type))
        .filter(({ name }) => only === undefined || only.has(name.toLowerCase()))
        .map(({ name }) => ({ source: name, target: renamed.get(name.toLowerCase()) ?? name }));
}

/** Fields that only the target org has, custom ones and those that hold data of people. */
function reportStrangers(
    { source, target }: ObjectPair,
    fields: readonly PlannedField[],
    request: ObjectRequest,
    leaveOut: (field: string, reason: string) => void
): void {
    if (request.only !== undefined) return;
    const used = new Set(fields.map((field) => field.target));
    for (const field of target.fields) {
        const isOwn = OWN.has(field.name) || COMPOUND.has(field.type) || !field.createable;
        if (!isOwn && !used.has(field.name) && fieldOf(source, field.name) === undefined) {
            leaveOut(field.name, 'the source org has no field of that name, or your user may not see it');
        }
    }
}

/** Fields that a new twin needs and the mapping does not bring. */
function missingValues(
    self: MappedObject,
    { source, target }: ObjectPair,
    fields: readonly PlannedField[],
    leftOut: readonly LeftOut[],
    { toTarget, toSource }: Sending
): Refusal[] {
    const check = (facts: ObjectFacts, side: keyof FieldNames): Refusal[] =>
        facts.fields
            .filter((field) => isRequired(field) && !fields.some((mapped) => mapped[side] === field.name))
            .map((field) => {
                const why = leftOut.find((left) => left.field === field.name)?.reason ?? 'it is not mapped';
                const text =
                    `needs ${field.name} in the ${side} org, which cannot travel: ${why}. Mend that, make the field ` +
                    'optional, or give it a default value.';
                return refusal(facts.name, field.name, 'REQUIRED_FIELD', text);
            });
    return [...(toTarget ? check(target, 'target') : []), ...(toSource ? check(source, 'source') : [])];
}

/** No permission set opens all records of an object that has no object permissions. */
function accessWarnings({ source }: MappedObject): string[] {
    return hasObjectPermissions(source)
        ? []
        : [`${source}: access follows its parents and sharing; see to it that the integration users see its records`];
}

interface RecordTypeFacts {
    readonly developerName: string;
    readonly master: boolean;
    readonly active?: boolean;
}

function sharedRecordTypes({ source, target }: ObjectPair): { both: string[]; warnings: string[] } {
    const names = (facts: ObjectFacts): string[] =>
        ((facts.recordTypeInfos ?? []) as unknown as readonly RecordTypeFacts[])
            .filter(({ master, active }) => !master && active !== false)
            .map(({ developerName: name }) => name);
    const [here, there] = [names(source), names(target)];
    const strangers = [
        ...here.filter((name) => !there.includes(name)).map((name) => `the target org has no record type ${name}`),
        ...there.filter((name) => !here.includes(name)).map((name) => `the source org has no record type ${name}`)
    ];
    return {
        both: here.filter((name) => there.includes(name)),
        warnings: strangers.map((text) => `${source.name}: ${text}; its records become dead letters`)
    };
}

export function refusal(object: string, field: string | undefined, code: string, text: string): Refusal {
    return { object, field, code, message: `${object} ${text}` };
}
