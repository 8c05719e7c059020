import { isWritable, type FieldFacts } from './object-facts.ts';
import { planPicklist, type Sending } from './picklist-map.ts';
import type { MappedObject, Transform } from './plan-types.ts';

export type FieldDecision =
    { readonly transform: Transform; readonly value?: string; readonly warning?: string } | { readonly reason: string };

export interface FieldContext {
    readonly sending: Sending;
    readonly people: boolean;
    /** All mappings: those that exist and those that are planned. */
    readonly mapped: readonly MappedObject[];
    readonly recordTypes: readonly string[];
}

/** Kinds of which no value can travel in a change. */
const UNMOVABLE: Readonly<Record<string, string>> = {
    base64: 'files do not travel in a change',
    encryptedstring: 'encrypted text does not travel',
    anyType: 'a field without a type of its own does not travel',
    complexvalue: 'a structured value does not travel'
};

/** Decides how a field and its counterpart travel. Agrees with SyncMappingCheck, so that what is planned passes it. */
export function planField(source: FieldFacts, target: FieldFacts, context: FieldContext): FieldDecision {
    const refused = unmovable(source) ?? unmovable(target) ?? readOnly(source, target, context.sending);
    if (refused !== undefined) return { reason: refused };
    if (isReference(source) !== isReference(target) || kindOf(source) !== kindOf(target)) {
        return { reason: `it is ${source.type} in the source org and ${target.type} in the target org` };
    }
    if (source.name === 'RecordTypeId') return planRecordType(context.recordTypes);
    if (isReference(source)) return planReference(source, target, context);
    const lossy = tooSmall(source, target, context.sending);
    if (lossy !== undefined) return { reason: lossy };
    if (isPicklist(source) && isPicklist(target)) {
        const plan = planPicklist(source, target, context.sending);
        if (plan.kind === 'none') return { reason: plan.reason };
        return plan.kind === 'map' ? { transform: 'Picklist', value: plan.value } : { transform: 'None' };
    }
    return { transform: source.type === 'currency' && target.type === 'currency' ? 'Currency' : 'None' };
}

function unmovable(field: FieldFacts): string | undefined {
    if (field.calculated) return 'each org works it out itself (formula or roll-up summary)';
    if (field.autoNumber) return 'each org numbers its own records';
    return UNMOVABLE[field.type];
}

function readOnly(source: FieldFacts, target: FieldFacts, { toTarget, toSource }: Sending): string | undefined {
    if (!isWritable(source) && !isWritable(target)) return 'nobody may write it';
    if (toTarget && !isWritable(target)) return 'your user cannot write it in the target org';
    if (toSource && !isWritable(source)) return 'your user cannot write it in the source org';
    return undefined;
}

function planRecordType(shared: readonly string[]): FieldDecision {
    return shared.length === 0
        ? { reason: 'the orgs have no record type of the same developer name' }
        : { transform: 'RecordType' };
}

function planReference(source: FieldFacts, target: FieldFacts, { people, mapped }: FieldContext): FieldDecision {
    const parents = source.referenceTo ?? [];
    if (parents.length > 0 && parents.every((name) => name === 'User' || name === 'Group')) {
        return people
            ? { transform: 'Owner' }
            : { reason: 'it names a user or queue; pass --people to match users by e-mail address' };
    }
    const known = parents.filter((parent) =>
        mapped.some((mapping) => mapping.source === parent && (target.referenceTo ?? []).includes(mapping.target))
    );
    if (known.length === 0) {
        const names = parents.join(', ') || 'nothing that an org names';
        return { reason: `it refers to ${names}, which is not mapped; map that object too` };
    }
    const unknown = parents.filter((parent) => !known.includes(parent));
    const warning =
        unknown.length === 0
            ? {}
            : {
                  warning: `${source.name} may refer to ${unknown.join(', ')}, which is not mapped: such a change waits`
              };
    return { transform: 'Reference', ...warning };
}

/** A value that the receiver would cut or round never comes to rest. */
function tooSmall(source: FieldFacts, target: FieldFacts, { toTarget, toSource }: Sending): string | undefined {
    return (
        (toTarget ? loss(source, target, 'target') : undefined) ??
        (toSource ? loss(target, source, 'source') : undefined)
    );
}

function loss(from: FieldFacts, to: FieldFacts, org: string): string | undefined {
    if (kindOf(from) === 'number') {
        const [sent, held] = [digitsOf(from), digitsOf(to)];
        return sent.whole > held.whole || sent.scale > held.scale
            ? `the ${org} org holds ${held.whole} digits and ${held.scale} decimals, the other ${sent.whole} and ${sent.scale}`
            : undefined;
    }
    const isCut = kindOf(from) === 'text' && (to.length ?? 0) > 0 && (from.length ?? 0) > (to.length ?? 0);
    if (isCut) return `the ${org} org holds ${to.length} characters, the other ${from.length}`;
    const isRich = (field: FieldFacts): boolean => field.extraTypeInfo === 'richtextarea';
    return isRich(from) !== isRich(to) ? 'it is rich text in one org and plain text in the other' : undefined;
}

function digitsOf(field: FieldFacts): { whole: number; scale: number } {
    if (field.type === 'int') return { whole: field.digits || 9, scale: 0 };
    const { precision = 18, scale = 0 } = field;
    return { whole: (precision || 18) - (scale ?? 0), scale: scale ?? 0 };
}

/** As SyncMappingCheck compares kinds. */
function kindOf({ type }: FieldFacts): string {
    if (['currency', 'double', 'percent', 'int', 'long'].includes(type)) return 'number';
    return ['boolean', 'date', 'datetime', 'time', 'reference'].includes(type) ? type : 'text';
}

function isReference({ type }: FieldFacts): boolean {
    return type === 'reference';
}

function isPicklist({ type }: FieldFacts): boolean {
    return type === 'picklist' || type === 'multipicklist';
}
