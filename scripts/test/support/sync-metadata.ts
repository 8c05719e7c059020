import { readFileSync } from 'node:fs';
import { MEMORY_ROOT } from '../../lib/auth-source.ts';
import { deployOrThrow } from '../../lib/deployment.ts';
import type { BridgeOrg } from '../../lib/org-connection.ts';
import { projectPath } from '../../lib/project.ts';

/** A text field of a record of the project's mappings, and another value for it. */
export interface MappingChange {
    /** `Sync_Object.Account` */
    readonly record: string;
    readonly field: string;
    readonly value: string;
}

/** Accounts that both orgs change become conflicts. */
export const ACCOUNTS_ASK: MappingChange = { record: 'Sync_Object.Account', field: 'Conflict_Policy__c', value: 'Ask' };

/** Deploys a changed mapping to the orgs. Throws when the record has no such field. */
export async function deployMapping(orgs: readonly BridgeOrg[], change: MappingChange): Promise<void> {
    const { record, field, value } = change;
    const parts = shipped(record).split(new RegExp(`(?<=<field>${field}</field>\\s*)<value .*?(?:/>|</value>)`));
    if (parts.length !== 2) {
        throw new Error(`${record} has no field ${field}.`);
    }
    await deployRecord(orgs, record, parts.join(`<value xsi:type="xsd:string">${value}</value>`));
}

/** Runs work while the orgs have a changed mapping; afterwards they have it as the project ships it. */
export async function withMapping<T>(
    orgs: readonly BridgeOrg[],
    change: MappingChange,
    work: () => Promise<T>
): Promise<T> {
    try {
        await deployMapping(orgs, change);
        return await work();
    } finally {
        await deployRecord(orgs, change.record, shipped(change.record));
    }
}

/** Deploys a field mapping beside those that the project ships: of a field of the same name in both orgs. */
export async function deployField(
    orgs: readonly BridgeOrg[],
    { mapping, field, transform }: { mapping: string; field: string; transform: string }
): Promise<void> {
    const value = (name: string, text: string): string =>
        `<values><field>${name}</field><value xsi:type="xsd:string">${text}</value></values>`;
    await deployRecord(
        orgs,
        `Sync_Field.${mapping}_${field}`,
        `<?xml version="1.0" encoding="UTF-8"?>
        <CustomMetadata
            xmlns="http://soap.sforce.com/2006/04/metadata"
            xmlns:xsd="http://www.w3.org/2001/XMLSchema"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        >
            <label>${mapping} ${field}</label>
            <protected>false</protected>
            ${value('Object__c', mapping)}
            ${value('Source_Field__c', field)}
            ${value('Target_Field__c', field)}
            ${value('Transform__c', transform)}
        </CustomMetadata>`
    );
}

/** Lets the permission sets of the sync give their users a field to edit, or to read only. */
export async function setEditable(org: BridgeOrg, field: string, editable: boolean): Promise<void> {
    const sets = ['Sync_Receiver', 'Sync_Sender'].map((name) => `permissionsets/${name}.permissionset-meta.xml`);
    const files = sets.map((path): [string, Buffer] => {
        const text = readFileSync(projectPath('force-app', 'sync', 'main', 'default', path), 'utf8');
        const parts = text.split(new RegExp(`<editable>true</editable>(?=\\s*<field>${field}</field>)`));
        if (parts.length !== 2) {
            throw new Error(`${path} gives no access to ${field}.`);
        }
        return [`${MEMORY_ROOT}/${path}`, Buffer.from(parts.join(`<editable>${editable}</editable>`))];
    });
    await deployOrThrow(org, { files: new Map(files) });
}

function shipped(record: string): string {
    return readFileSync(projectPath('force-app', 'sync', 'main', 'default', pathOf(record)), 'utf8');
}

async function deployRecord(orgs: readonly BridgeOrg[], record: string, text: string): Promise<void> {
    const files = new Map([[`${MEMORY_ROOT}/${pathOf(record)}`, Buffer.from(text)]]);
    for (const org of orgs) await deployOrThrow(org, { files });
}

function pathOf(record: string): string {
    return `customMetadata/${record}.md-meta.xml`;
}

/** A rule of the org that refuses cases of the origin `Phone`, or no longer does. */
export async function forbidCalls(org: BridgeOrg, active: boolean): Promise<void> {
    const path = `${MEMORY_ROOT}/objects/Case/validationRules/No_Calls.validationRule-meta.xml`;
    const rule = `<?xml version="1.0" encoding="UTF-8"?>
        <ValidationRule xmlns="http://soap.sforce.com/2006/04/metadata">
            <fullName>No_Calls</fullName>
            <active>${active}</active>
            <errorConditionFormula>ISPICKVAL(Origin, 'Phone')</errorConditionFormula>
            <errorMessage>Calls are kept elsewhere.</errorMessage>
        </ValidationRule>`;
    await deployOrThrow(org, { files: new Map([[path, Buffer.from(rule)]]) });
}
