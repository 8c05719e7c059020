import type { Connection } from '@salesforce/core';
import { BridgeError } from '../../lib/errors.ts';
import type { BridgeOrg } from '../../lib/org-connection.ts';

type Description = Awaited<ReturnType<Connection['describe']>>;

/**
 * What an org says about a field. Source: REST API Developer Guide, sObject Describe; `permissionable` and
 * `compoundFieldName` are of the SOAP type Field.
 */
export type FieldFacts = Description['fields'][number] & {
    /** Whether permission sets may name the field; required fields may not. */
    readonly permissionable?: boolean;
    /** `BillingAddress` of `BillingCity`. */
    readonly compoundFieldName?: string | null;
};

export type ObjectFacts = Omit<Description, 'fields'> & { readonly fields: readonly FieldFacts[] };

/** One object of both orgs. */
export interface ObjectPair {
    readonly source: ObjectFacts;
    readonly target: ObjectFacts;
}

/** Reads an object of an org as your user sees it; undefined when the org has none of that name. */
export async function describeObject(org: BridgeOrg, name: string): Promise<ObjectFacts | undefined> {
    try {
        return await org.connection.describe(name);
    } catch (error) {
        if (['NOT_FOUND', 'INVALID_TYPE'].includes((error as { errorCode?: string }).errorCode ?? '')) return undefined;
        throw error;
    }
}

/** Throws UNKNOWN_OBJECT, which names the org. */
export async function requireObject(org: BridgeOrg, name: string): Promise<ObjectFacts> {
    const facts = await describeObject(org, name);
    if (facts === undefined) {
        throw new BridgeError('user', 'UNKNOWN_OBJECT', `The ${org.role} org has no object ${name}.`, [
            `Deploy it to the ${org.role} org, or check the API name in Setup > Object Manager.`,
            'An object of another name in the target org is given as --object Source__c=Target__c.'
        ]);
    }
    return facts;
}

export function fieldOf(facts: ObjectFacts, name: string): FieldFacts | undefined {
    return facts.fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
}

/** Whether a new record needs a value. */
export function isRequired(field: FieldFacts): boolean {
    return field.createable && !field.nillable && !field.defaultedOnCreate && field.type !== 'boolean';
}

export function isWritable(field: FieldFacts): boolean {
    return field.createable || field.updateable;
}
