import { XMLBuilder } from 'fast-xml-parser';
import { format, resolveConfig } from 'prettier';
import { projectPath, sourceApiVersion } from '../../lib/project.ts';
import { PEER } from '../peer.ts';
import { recordLabel, triggerName } from './names.ts';
import { permissionSetsOf, type Side } from './permission-sets.ts';
import type { PlannedField, PlannedObject } from './plan-types.ts';

/** Text by path below the folder, with `/`. */
export type Files = ReadonlyMap<string, string>;

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const WIDTH = 120;

/** What keeps an object in step: mapping records, a trigger, permission sets. */
export async function render(object: PlannedObject): Promise<Files> {
    const files = new Map<string, string>();
    files.set(`customMetadata/Sync_Object.${object.name}.md-meta.xml`, await objectRecord(object));
    for (const field of object.fields) {
        files.set(`customMetadata/Sync_Field.${field.name}.md-meta.xml`, await fieldRecord(object, field));
    }
    for (const [folder, side] of sidesOf(object)) {
        const name = object[side];
        const trigger = triggerName(name);
        files.set(`${folder}triggers/${trigger}.trigger`, triggerOf(trigger, name, object.facts[side].undeletable));
        files.set(`${folder}triggers/${trigger}.trigger-meta.xml`, await xml('ApexTrigger', TRIGGER_META));
        for (const [set, content] of permissionSetsOf(object, side)) {
            files.set(`${folder}permissionsets/${set}.permissionset-meta.xml`, await xml('PermissionSet', content));
        }
    }
    return files;
}

/** An object of the same names in both orgs needs one set of files; otherwise each org has a folder of its own. */
function sidesOf({ source, target, fields }: PlannedObject): readonly (readonly [folder: string, side: Side])[] {
    const isSame = source === target && fields.every((field) => field.source === field.target);
    return isSame
        ? [['', 'source']]
        : [
              ['source/', 'source'],
              ['target/', 'target']
          ];
}

const TRIGGER_META = { apiVersion: sourceApiVersion(), status: 'Active' };

function triggerOf(name: string, object: string, canUndelete: boolean): string {
    const events = ['after insert', 'after update', 'after delete', ...(canUndelete ? ['after undelete'] : [])];
    const line = `trigger ${name} on ${object}(${events.join(', ')}) {`;
    const head = line.length <= WIDTH ? line : `trigger ${name} on ${object}(\n    ${events.join(',\n    ')}\n) {`;
    return (
        `/**\n * @description Keeps records of ${object} in step with the peer.\n */\n${head}\n` +
        '    SyncCapture.run(Trigger.operationType, Trigger.new, Trigger.old);\n}\n'
    );
}

function objectRecord({ name, source, target, order, direction, policies }: PlannedObject): Promise<string> {
    return record(name, {
        Active__c: true,
        Conflict_Policy__c: policies.conflict,
        Delete_Policy__c: policies.remove,
        Direction__c: direction,
        Files__c: 'None',
        Filter__c: undefined,
        Order__c: order,
        Peer__c: PEER,
        Source_Object__c: source,
        Target_Object__c: target
    });
}

function fieldRecord(object: PlannedObject, { name, source, target, transform, value }: PlannedField): Promise<string> {
    return record(name, {
        Conflict_Policy__c: undefined,
        Direction__c: undefined,
        Object__c: object.name,
        Source_Field__c: source,
        Target_Field__c: target,
        Transform__c: transform,
        Value__c: value
    });
}

type Value = string | number | boolean | undefined;

/** A record of custom metadata. Source: Metadata API Developer Guide, CustomMetadata. */
function record(name: string, values: Readonly<Record<string, Value>>): Promise<string> {
    return xml('CustomMetadata', {
        '@xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
        '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        label: recordLabel(name),
        protected: false,
        values: Object.entries(values).map(([field, value]) => ({ field, value: valueElement(value) }))
    });
}

function valueElement(value: Value): object {
    if (value === undefined) return { '@xsi:nil': 'true' };
    const type = { boolean: 'boolean', number: 'double', string: 'string' }[typeof value as 'boolean'];
    return { '@xsi:type': `xsd:${type}`, '#text': typeof value === 'number' ? value.toFixed(1) : String(value) };
}

async function xml(root: string, content: object): Promise<string> {
    const builder = new XMLBuilder({
        ignoreAttributes: false,
        attributeNamePrefix: '@',
        suppressBooleanAttributes: false
    });
    const document = {
        '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
        [root]: { '@xmlns': NAMESPACE, ...content }
    };
    const path = projectPath('force-app', 'sync', 'example', 'any.xml');
    return format(String(builder.build(document)), { ...(await resolveConfig(path)), filepath: path });
}
