import { join, sep } from 'node:path';
import type { LinkedOrgs } from '../../lib/context.ts';
import { BridgeError } from '../../lib/errors.ts';
import { sideBySide } from '../../lib/side-by-side.ts';
import { knownMappings, type KnownMapping } from './known-mappings.ts';
import { developerName } from './names.ts';
import { requireObject, type ObjectFacts, type ObjectPair } from './object-facts.ts';
import { parentsFirst, positions } from './order.ts';
import { planObject, refusal } from './plan-object.ts';
import type { MappedObject, ObjectRequest, PlanOptions, PlannedObject, Refusal } from './plan-types.ts';
import { render, type Files } from './render.ts';

export interface GenerateRequest extends PlanOptions {
    readonly objects: readonly ObjectRequest[];
    /** Absolute path. */
    readonly folder: string;
    readonly onProgress?: (text: string) => void;
}

/** Plans mappings of objects from what both orgs say about them. Throws CANNOT_MAP, which names every obstacle. */
export async function planMappings(orgs: LinkedOrgs, request: GenerateRequest): Promise<PlannedObject[]> {
    refuseTwice(request.objects);
    const known = await knownMappings(orgs, request.folder);
    const read: Requested[] = [];
    for (const object of request.objects) {
        request.onProgress?.(`reading ${object.source}`);
        const [source, target] = await sideBySide([
            requireObject(orgs.source, object.source),
            requireObject(orgs.target, object.target)
        ]);
        // The orgs know how the name is written.
        read.push({ ...object, source: source.name, target: target.name, facts: { source, target } });
    }
    const refusals = read.flatMap((object) => refuseObject(object, known, request.folder));
    refuseAll(refusals);
    const sorted = named(parentsFirst(read), known, request.folder);
    const others = known.filter(({ name }) => !sorted.some((object) => object.name === name));
    const before = new Map(known.map(({ name, order }) => [name, order]));
    const order = positions(sorted, others, before);
    const selves = sorted.map(({ name, source, target }): MappedObject => ({
        name,
        source,
        target,
        order: order.get(name) ?? 0
    }));
    const plans = sorted.map((object, index) =>
        planObject(selves[index], object.facts, object, request, [...others, ...selves])
    );
    refuseAll(plans.flatMap((plan) => plan.refusals));
    return plans.map(({ object }) => object);
}

/** Files of all planned objects by path below the folder. */
export async function renderAll(objects: readonly PlannedObject[]): Promise<Files> {
    const files = new Map<string, string>();
    for (const object of objects) {
        for (const [path, text] of await render(object)) files.set(path, text);
    }
    return files;
}

interface Requested extends ObjectRequest {
    readonly facts: ObjectPair;
}

function isIn(folder: string, { file }: KnownMapping): boolean {
    return file?.startsWith(join(folder, sep)) === true;
}

function named(
    objects: readonly Requested[],
    known: readonly KnownMapping[],
    folder: string
): (Requested & { name: string })[] {
    const taken = new Set(known.map(({ name }) => name));
    return objects.map((object) => {
        const own = known.find((mapping) => mapping.source === object.source && isIn(folder, mapping));
        const name = own?.name ?? developerName([object.source], taken);
        taken.add(name);
        return { ...object, name };
    });
}

function refuseTwice(objects: readonly ObjectRequest[]): void {
    const names = objects.map(({ source }) => source.toLowerCase());
    const twice = objects.find(({ source }, index) => names.indexOf(source.toLowerCase()) !== index);
    if (twice !== undefined) {
        throw new BridgeError('user', 'OBJECT_TWICE', `${twice.source} is named twice.`, ['Name each object once.']);
    }
}

/** Objects that must not or cannot be kept in step. */
function refuseObject({ source, target, facts }: Requested, known: readonly KnownMapping[], folder: string): Refusal[] {
    const refusals = [...refuseSide(facts.source, 'source'), ...refuseSide(facts.target, 'target')];
    const other = known.find(
        (mapping) => (mapping.source === source || mapping.target === target) && !isIn(folder, mapping)
    );
    if (other !== undefined) {
        const text =
            `is mapped already: ${other.name} in ${other.where}. Change that mapping, or pass the --output-dir that ` +
            'holds it to write it anew.';
        refusals.push(refusal(source, undefined, 'ALREADY_MAPPED', text));
    }
    return refusals;
}

const PEOPLE = new Set(['User', 'Group', 'Profile', 'UserRole']);

function refuseSide(facts: ObjectFacts, org: string): Refusal[] {
    const refuse = (code: string, text: string): Refusal[] => [refusal(facts.name, undefined, code, text)];
    if (/^Sync_\w+__c$/.test(facts.name)) {
        return refuse('OWN_OBJECT', 'belongs to the sync engine itself and does not travel.');
    }
    if (PEOPLE.has(facts.name)) {
        return refuse('PEOPLE', 'is not kept in step: users are matched by e-mail address, queues by name (--people).');
    }
    if (facts.customSetting || /__(?:mdt|e|b|x)$/i.test(facts.name) || !facts.triggerable) {
        return refuse(
            'NO_TRIGGER',
            `can have no Apex trigger in the ${org} org, so its changes cannot be captured. Keep an object in step ` +
                'that refers to it, or move its records by other means.'
        );
    }
    return [];
}

function refuseAll(refusals: readonly Refusal[]): void {
    if (refusals.length === 0) return;
    const lines = refusals.map(({ code, message }) => `${code} ${message}`).join('\n  ');
    throw new BridgeError('user', 'CANNOT_MAP', `Nothing was written. These objects cannot be mapped:\n  ${lines}`, [
        'Mend what is named above and run the command again.'
    ]);
}
