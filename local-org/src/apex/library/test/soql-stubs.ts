import { SObject, type FieldValue } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { sobjectType } from '../../types/apex-types.ts';
import { noNulls } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import type { ApexMap } from '../collections/apex-map.ts';
import type { NativeStatic } from '../native.ts';
import type { SObjectTypeToken } from '../schema/tokens.ts';
import { writeField, fieldNamed } from '../sobject/fields.ts';

/**
 * `Test.createSoqlStub`. No object of a local org is of the kinds that stubs are for, so from now on a query of the object is
 * refused as on the platform.
 */
function createSoqlStub(rt: Runtime, { object }: SObjectTypeToken): void {
    if (!rt.tx.isTest) {
        rt.throwNew('System.TypeException', 'Test.createSoqlStub can only be called from test methods');
    }
    (rt.tx.stubbedObjects ??= new Set()).add(object.toLowerCase());
}

/** A row as a query gives it, read-only fields too. */
function stubRow(rt: Runtime, token: SObjectTypeToken, values: ApexMap): SObject {
    const row = new SObject(token.object);
    for (const { key, value } of values.entries()) {
        writeField(rt, row, fieldNamed(rt, row, rt.toText(key)), value as FieldValue);
    }
    return row;
}

export const soqlStubTestStatics: Readonly<Record<string, NativeStatic>> = {
    'createSoqlStub(SObjectType,SoqlStubProvider)': noNulls(createSoqlStub),
    'isSoqlStubDefined(SObjectType)': noNulls(
        (rt, { object }: SObjectTypeToken) => rt.tx.stubbedObjects?.has(object.toLowerCase()) ?? false
    ),
    'createStubQueryRow(SObjectType,Map)': noNulls(stubRow),
    'createStubQueryRows(SObjectType,List)': noNulls(
        (rt, token: SObjectTypeToken, rows: ApexList) =>
            new ApexList(
                sobjectType(token.object),
                rows.items.map((row) => stubRow(rt, token, row as ApexMap))
            )
    )
};
