import { isClosedCase, isClosedTask, isHighPriorityTask, stageOf } from '../schema/value-meanings.ts';
import { Datetime, Decimal, Id } from '../values/index.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { FieldValue } from '../values/index.ts';
import type { DmlContext } from './dml-context.ts';

type Values = Record<string, FieldValue>;
type Calculation = (values: Values, context: DmlContext) => void;

/** Fields the platform works out of others when a record is saved. */
export function calculationsOf(object: ObjectDef): readonly Calculation[] {
    const own = BY_OBJECT[object.name];
    const name = object.fields.get('name');
    const personName = name?.createable === false && object.fields.has('lastname') ? [fullName] : [];
    return own === undefined ? personName : [...personName, own];
}

/** `Name` of people: first and last name. The salutation is not part of it. */
const fullName: Calculation = (values) => {
    values.Name = [values.FirstName, values.LastName].filter((part) => part !== null && part !== undefined).join(' ');
};

function opportunity(values: Values): void {
    const stage = stageOf(String(values.StageName));
    values.IsClosed = stage.isClosed;
    values.IsWon = stage.isWon;
    values.Probability ??= Decimal.of(stage.probability);
    values.ForecastCategory = stage.category;
    values.ForecastCategoryName ??= stage.categoryName;
    const { Amount: amount, Probability: probability } = values;
    if (amount instanceof Decimal && probability instanceof Decimal) {
        values.ExpectedRevenue = amount.multiply(probability).divideTo(Decimal.of(100), 2, 'HALF_UP');
    }
}

function supportCase(values: Values, { now }: DmlContext): void {
    values.IsClosed = isClosedCase(String(values.Status));
    if (values.IsClosed) values.ClosedDate ??= new Datetime(now);
    else delete values.ClosedDate;
}

/** A task or event about an account, or about something that belongs to one, shows the account. */
const activityAccount: Calculation = (values, { store }) => {
    const what = values.WhatId;
    const who = values.WhoId;
    delete values.AccountId;
    if (what instanceof Id && what.prefix === '001') values.AccountId = what;
    else if (what instanceof Id && what.prefix === '006') {
        values.AccountId = store.table('Opportunity').get(what.value)?.AccountId ?? null;
    } else if (who instanceof Id && who.prefix === '003') {
        values.AccountId = store.table('Contact').get(who.value)?.AccountId ?? null;
    }
};

const task: Calculation = (values, context) => {
    values.IsClosed = isClosedTask(String(values.Status));
    values.IsHighPriority = isHighPriorityTask(String(values.Priority));
    activityAccount(values, context);
};

const pricebookEntry: Calculation = (values, { store }) => {
    const product = values.Product2Id instanceof Id ? store.table('Product2').get(values.Product2Id.value) : undefined;
    values.Name = product?.Name ?? null;
    values.ProductCode = product?.ProductCode ?? null;
};

const lineItem: Calculation = (values, { store }) => {
    const { UnitPrice: price, Quantity: quantity } = values;
    if (price instanceof Decimal && quantity instanceof Decimal) values.TotalPrice = price.multiply(quantity);
    const entry =
        values.PricebookEntryId instanceof Id
            ? store.table('PricebookEntry').get(values.PricebookEntryId.value)
            : undefined;
    values.Product2Id ??= entry?.Product2Id ?? null;
    values.ListPrice = entry?.UnitPrice ?? null;
};

const user: Calculation = (values) => {
    values.UserType ??= 'Standard';
};

const BY_OBJECT: Readonly<Record<string, Calculation>> = {
    Case: supportCase,
    Event: activityAccount,
    Opportunity: opportunity,
    OpportunityLineItem: lineItem,
    PricebookEntry: pricebookEntry,
    Task: task,
    User: user
};
