import { SObject, type FieldValue } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { SoqlStub } from '../../runtime/transaction.ts';
import { OBJECT, sobjectType, STRING } from '../../types/apex-types.ts';
import { elementsOf, mapFrom, noNulls } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import type { ApexMap } from '../collections/apex-map.ts';
import type { NativeStatic } from '../native.ts';
import { sObjectType, type SObjectTypeToken } from '../schema/tokens.ts';
import { writeField, fieldNamed } from '../sobject/fields.ts';

/** `Test.createSoqlStub`: from now on queries of the object are answered by the stub. */
function createSoqlStub(rt: Runtime, token: SObjectTypeToken, stub: object): void {
    if (!rt.tx.isTest) {
        rt.throwNew('System.TypeException', 'Test.createSoqlStub can only be called from test methods');
    }
    const stubs: Map<string, SoqlStub> = (rt.tx.soqlStubs ??= new Map<string, SoqlStub>());
    stubs.set(token.object.toLowerCase(), (soql, binds) => {
        const values = mapFrom(rt, STRING, OBJECT, namedIn(soql, binds));
        const answer = rt.invoke(stub, 'handleSoqlQuery', [sObjectType(rt, token.object), soql, values]);
        return elementsOf(rt, answer) as SObject[];
    });
}

/** Binds that a query names, with their values. */
function namedIn(soql: string, binds: ReadonlyMap<string, unknown>): [string, unknown][] {
    const names = Array.from(soql.matchAll(/:\s*(\w+)/g), ([, name = '']) => name.toLowerCase());
    return [...new Set(names)].filter((name) => binds.has(name)).map((name) => [name, binds.get(name)]);
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
    'createStubQueryRow(SObjectType,Map)': noNulls(stubRow),
    'createStubQueryRows(SObjectType,List)': noNulls(
        (rt, token: SObjectTypeToken, rows: ApexList) =>
            new ApexList(
                sobjectType(token.object),
                rows.items.map((row) => stubRow(rt, token, row as ApexMap))
            )
    )
};
