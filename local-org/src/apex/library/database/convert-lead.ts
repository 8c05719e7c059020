import type { Id } from '../../../values/index.ts';
import { Datetime, SObject, type FieldValue } from '../../../values/index.ts';
import { chargeLimit } from '../../runtime/limit-messages.ts';
import type { AccessMode, DmlRowError, Runtime } from '../../runtime/runtime.ts';
import { platformType } from '../../types/apex-types.ts';
import { beanClass, BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import type { NativeClass, NativeStatic } from '../native.ts';
import { AccessLevelObject, modeOf } from './access-level.ts';
import { errorList } from './results.ts';
import { attempt } from './row-outcome.ts';

const RESULT = platformType('Database.LeadConvertResult');

/** Standard fields of a lead and where they go (Salesforce Help, "Lead Conversion Field Mapping"). */
const ACCOUNT_FIELDS: Readonly<Record<string, string>> = {
    Company: 'Name',
    Street: 'BillingStreet',
    City: 'BillingCity',
    State: 'BillingState',
    PostalCode: 'BillingPostalCode',
    Country: 'BillingCountry',
    Phone: 'Phone',
    Fax: 'Fax',
    Website: 'Website',
    Industry: 'Industry',
    AnnualRevenue: 'AnnualRevenue',
    NumberOfEmployees: 'NumberOfEmployees',
    Rating: 'Rating'
};

const CONTACT_FIELDS: Readonly<Record<string, string>> = {
    FirstName: 'FirstName',
    LastName: 'LastName',
    Salutation: 'Salutation',
    Title: 'Title',
    Email: 'Email',
    Phone: 'Phone',
    MobilePhone: 'MobilePhone',
    Fax: 'Fax',
    Street: 'MailingStreet',
    City: 'MailingCity',
    State: 'MailingState',
    PostalCode: 'MailingPostalCode',
    Country: 'MailingCountry',
    LeadSource: 'LeadSource',
    Description: 'Description'
};

interface Converted {
    readonly account: Id;
    readonly contact: Id;
    readonly opportunity: Id | null;
}

/**
 * `Database.convertLead`: an account, a contact and, unless told otherwise, an opportunity. It counts as one statement (Apex
 * Developer Guide, "Execution Governors and Limits").
 */
const convertLead: NativeStatic = (rt, target: unknown, ...args: unknown[]) => {
    const level = args.find((arg) => arg instanceof AccessLevelObject);
    const allOrNone = !args.includes(false);
    const mode = modeOf(rt, level);
    chargeLimit(rt, 'dmlStatements', 1);
    const one = (conversion: BeanObject | null): BeanObject => {
        const given = conversion ?? rt.nullPointer();
        const outcome = attempt(rt, allOrNone, () => convert(rt, given, mode));
        return 'errors' in outcome ? result(given, outcome.errors) : result(given, [], outcome.value);
    };
    return target instanceof ApexList
        ? new ApexList(RESULT, (target.items as BeanObject[]).map(one))
        : one(target as BeanObject | null);
};

function convert(rt: Runtime, conversion: BeanObject, mode: AccessMode): Converted {
    const lead = readLead(rt, conversion.get('leadId') as Id | null);
    const owner = (conversion.get('ownerId') as Id | null) ?? (lead.get('OwnerId') as Id);
    const insert = (object: string, fields: Readonly<Record<string, FieldValue>>): Id => {
        const record = new SObject(object);
        for (const [name, value] of Object.entries(fields)) if (value !== null) record.set(name, value);
        rt.data.dml('insert', [record], { allOrNone: true, mode, isPart: true });
        return record.id as Id;
    };
    const account =
        (conversion.get('accountId') as Id | null) ??
        insert('Account', { ...mapped(lead, ACCOUNT_FIELDS), OwnerId: owner });
    const contact =
        (conversion.get('contactId') as Id | null) ??
        insert('Contact', { ...mapped(lead, CONTACT_FIELDS), AccountId: account, OwnerId: owner });
    const opportunity = conversion.get('doNotCreateOpportunity') === true ? null : opportunityOf();
    markConverted(rt, lead, conversion, { account, contact, opportunity }, mode);
    return { account, contact, opportunity };

    function opportunityOf(): Id {
        const name = (conversion.get('opportunityName') as string | null) ?? `${String(lead.get('Company'))}-`;
        const close = new Datetime(rt.org.clock.now()).dateIn('GMT').addMonths(3);
        return (
            (conversion.get('opportunityId') as Id | null) ??
            insert('Opportunity', {
                Name: name,
                AccountId: account,
                OwnerId: owner,
                StageName: 'Prospecting',
                CloseDate: close,
                LeadSource: lead.get('LeadSource') ?? null
            })
        );
    }
}

function readLead(rt: Runtime, id: Id | null): SObject {
    const fields = Array.from(rt.org.schema.object('Lead')?.fields.values() ?? [], ({ name }) => name);
    const { records } = rt.org.database.query(`SELECT ${fields.join(', ')} FROM Lead WHERE Id = :id`, {
        access: { ...rt.tx.access, mode: 'system', sharing: false },
        binds: new Map([['id', id ?? rt.nullPointer()]])
    });
    const [lead] = records;
    if (lead === undefined) return fail(rt, id, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    if (lead.get('IsConverted') === true) {
        return fail(rt, id, 'CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
    }
    return lead;
}

function fail(rt: Runtime, id: Id | null, statusCode: string, message: string): never {
    const failure = { index: 0, object: 'Lead', id: id?.value ?? null, statusCode, message, fields: [] };
    const text = `ConvertLead failed. First exception on row 0; first error: ${statusCode}, ${message}: []`;
    return rt.throwNew('System.DmlException', text, { failures: [failure] });
}

function mapped(lead: SObject, fields: Readonly<Record<string, string>>): Record<string, FieldValue> {
    return Object.fromEntries(Object.entries(fields).map(([from, to]) => [to, lead.get(from) ?? null]));
}

/** Saved like any update, so that triggers see it, with what only the platform may write. */
function markConverted(
    rt: Runtime,
    lead: SObject,
    conversion: BeanObject,
    { account, contact, opportunity }: Converted,
    mode: AccessMode
): void {
    const status = conversion.get('convertedStatus') as string | null;
    if (status === null) {
        return fail(rt, lead.id, 'INVALID_STATUS', 'invalid convertedStatus: null');
    }
    const update = new SObject('Lead');
    update.id = lead.id;
    update.set('Status', status);
    rt.data.dml('update', [update], {
        allOrNone: true,
        mode,
        isPart: true,
        platformValues: {
            IsConverted: true,
            ConvertedDate: new Datetime(rt.org.clock.now()).dateIn('GMT'),
            ConvertedAccountId: account,
            ConvertedContactId: contact,
            ConvertedOpportunityId: opportunity
        }
    });
}

function result(conversion: BeanObject, errors: readonly DmlRowError[], converted?: Converted): BeanObject {
    return new BeanObject('Database.LeadConvertResult', {
        accountId: converted?.account ?? null,
        contactId: converted?.contact ?? null,
        errors: errorList(errors),
        leadId: conversion.get('leadId'),
        opportunityId: converted?.opportunity ?? null,
        success: errors.length === 0
    });
}

const OVERLOADS = [1, 2, 3];

export const convertLeadStatics: Readonly<Record<string, NativeStatic>> = Object.fromEntries(
    OVERLOADS.map((count) => [`convertLead/${count}`, convertLead])
);

const DEFAULTS = {
    doNotCreateOpportunity: false,
    overwriteLeadSource: false,
    sendNotificationEmail: false,
    bypassAccountDedupeCheck: false,
    bypassContactDedupeCheck: false
};

export const convertLeadClasses: readonly NativeClass[] = [
    beanClass('Database.LeadConvert', { defaults: () => DEFAULTS }),
    beanClass('Database.LeadConvertResult', { readOnly: true })
];
