import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BridgeError } from '../lib/errors.ts';
import { developerName, triggerName } from '../sync/generate/names.ts';
import type { FieldFacts, ObjectFacts } from '../sync/generate/object-facts.ts';
import { parentsFirst, positions } from '../sync/generate/order.ts';
import { planPicklist } from '../sync/generate/picklist-map.ts';
import { planField } from '../sync/generate/plan-field.ts';
import { permissionSetsOf } from '../sync/generate/permission-sets.ts';
import { planObject } from '../sync/generate/plan-object.ts';
import type { MappedObject } from '../sync/generate/plan-types.ts';

const BOTH = { toTarget: true, toSource: true };

function field(given: Partial<FieldFacts> & { name: string }): FieldFacts {
    const usual = {
        type: 'string',
        nillable: true,
        createable: true,
        updateable: true,
        permissionable: true,
        length: 80
    };
    return { ...usual, ...given } as FieldFacts;
}

function values(restricted: boolean, ...names: string[]): FieldFacts {
    const picklistValues = names.map((name) => {
        const [value, label = value] = name.split('|');
        return { value, label, active: true, defaultValue: false };
    });
    return field({ name: 'P', type: 'picklist', restrictedPicklist: restricted, picklistValues });
}

function object(
    name: string,
    ...fields: FieldFacts[]
): { source: string; facts: { source: ObjectFacts; target: ObjectFacts } } {
    const facts = { name, fields } as unknown as ObjectFacts;
    return { source: name, facts: { source: facts, target: facts } };
}

const reference = (to: string, needed = false): FieldFacts =>
    field({ name: `${to}Ref__c`, type: 'reference', referenceTo: [to], nillable: !needed });

describe('picklists', () => {
    test('travel as they are where no value is refused', () => {
        assert.deepEqual(planPicklist(values(true, 'a', 'b'), values(true, 'b', 'a'), BOTH), { kind: 'same' });
        assert.deepEqual(planPicklist(values(false, 'a'), values(false, 'b'), BOTH), { kind: 'same' });
        const oneWay = { toTarget: true, toSource: false };
        assert.deepEqual(planPicklist(values(true, 'a'), values(true, 'a', 'b'), oneWay), { kind: 'same' });
    });

    test('get a map by value, label or letters, one to one', () => {
        const plan = planPicklist(values(true, 'a', 'In Work', 'x|Done'), values(true, 'a', 'in_work', 'y|done'), BOTH);
        assert.deepEqual(plan, { kind: 'map', value: 'a=a;In Work=in_work;x=y' });
    });

    test('are left out where a value has no counterpart, or two', () => {
        for (const [here, there] of [
            [values(true, 'a', 'b'), values(true, 'a')],
            [values(true, 'A-1'), values(true, 'A1', 'a 1')],
            [values(true, 'a;b'), values(true, 'A;B')]
        ]) {
            const plan = planPicklist(here, there, BOTH);
            assert.equal(plan.kind, 'none', JSON.stringify(plan));
        }
    });
});

describe('fields', () => {
    const context = { sending: BOTH, people: false, mapped: [], recordTypes: [] };
    const reason = (here: Partial<FieldFacts>, there: Partial<FieldFacts>): string => {
        const decision = planField(field({ name: 'F', ...here }), field({ name: 'F', ...there }), context);
        return 'reason' in decision ? decision.reason : '';
    };

    test('are left out where a value would be cut, rounded or refused', () => {
        const double = { type: 'double', precision: 10, scale: 2 } as const;
        assert.match(reason({}, { length: 40 }), /holds 40 characters/);
        assert.match(reason({ length: 40 }, {}), /source org holds 40/, 'the way back too');
        assert.match(reason(double, { ...double, scale: 0 }), /decimals/);
        assert.match(reason(double, { type: 'int', digits: 9 }), /decimals/);
        assert.match(reason({ type: 'date' }, { type: 'datetime' }), /date in the source/);
        assert.match(reason({}, { createable: false, updateable: false }), /cannot write it in the target/);
        assert.match(reason({ type: 'base64' }, { type: 'base64' }), /files/);
        assert.match(reason({ calculated: true }, {}), /formula/);
        assert.match(reason({ autoNumber: true }, {}), /numbers its own/);
        assert.match(reason({ type: 'reference', referenceTo: ['Account'] }, { type: 'reference' }), /not mapped/);
        assert.equal(reason({ length: 255, type: 'textarea' }, { length: 255 }), '');
    });
});

describe('the order of objects', () => {
    const names = (...objects: ReturnType<typeof object>[]): string[] =>
        parentsFirst(objects).map(({ source }) => source);

    test('has parents first, masters before lookups where objects refer to each other', () => {
        const child = object('C', reference('B', true));
        const middle = object('B', reference('A', true));
        const top = object('A', reference('C'));
        assert.deepEqual(names(child, middle, top), ['A', 'B', 'C']);
        assert.deepEqual(names(top, middle, child), ['A', 'B', 'C']);
        assert.deepEqual(names(object('X', reference('Y')), object('Y')), ['Y', 'X']);
        assert.deepEqual(names(object('X', reference('Y')), object('Y', reference('X'))), ['Y', 'X']);
        assert.deepEqual(names(object('S', reference('S'))), ['S']);
    });

    test('is behind what exists, and stays when it is planned again', () => {
        const sorted = [object('A'), object('B')].map((one) => ({ ...one, name: one.source }));
        const others = [{ name: 'Z', source: 'Z', target: 'Z', order: 80 }];
        assert.deepEqual(
            [...positions(sorted, others, new Map())],
            [
                ['A', 90],
                ['B', 100]
            ]
        );
        assert.deepEqual(
            [
                ...positions(
                    sorted,
                    others,
                    new Map([
                        ['A', 20],
                        ['B', 30]
                    ])
                )
            ],
            [
                ['A', 20],
                ['B', 30]
            ]
        );
        assert.deepEqual(
            [
                ...positions(
                    sorted,
                    others,
                    new Map([
                        ['A', 200],
                        ['B', 30]
                    ])
                )
            ],
            [
                ['A', 200],
                ['B', 210]
            ]
        );
    });

    test('stays before the mapping of files, which are delivered last', () => {
        const sorted = [object('A'), object('B')].map((one) => ({ ...one, name: one.source }));
        const others = (order: number): MappedObject[] => [
            { name: 'Z', source: 'Z', target: 'Z', order },
            { name: 'File', source: 'Sync_File__c', target: 'Sync_File__c', order: 900 }
        ];
        assert.deepEqual([...positions(sorted, others(879), new Map()).values()], [889, 899]);
        assert.throws(
            () => positions(sorted, others(880), new Map()),
            (error: BridgeError) => error.code === 'ORDERS_USED_UP' && /mapping B .* 900/.test(error.message)
        );
    });
});

describe('names', () => {
    test('are developer names: short enough, without double underscores, never the same twice', () => {
        assert.equal(developerName(['Project_Task', 'Due_At__c'], new Set()), 'Project_Task_Due_At');
        assert.equal(developerName(['ns__Bill__c'], new Set()), 'ns_Bill');
        const long = developerName(['Very_Long_Object_Name_Of_Somebody', 'Very_Long_Field_Name__c'], new Set());
        assert.equal(long.length <= 40, true, long);
        assert.notEqual(developerName(['A', 'B__c'], new Set(['a_b'])), 'A_B');
        assert.equal(triggerName('Project_Task__c'), 'SyncProjectTask');
    });
});

describe('a Task', () => {
    test('is mapped without its recurrence, and its access is by user permission', () => {
        const { facts } = object(
            'Task',
            field({ name: 'Subject' }),
            field({ name: 'IsRecurrence', type: 'boolean' }),
            field({ name: 'RecurrenceInterval', type: 'int' }),
            field({ name: 'WhatId', type: 'reference', referenceTo: ['Account', 'Product2'] })
        );
        const self = { name: 'Task', source: 'Task', target: 'Task', order: 90 };
        const mapped = [{ name: 'Account', source: 'Account', target: 'Account', order: 10 }, self];
        const options = { direction: 'Both', conflictPolicy: 'Newest', deletePolicy: 'Mirror', people: false } as const;
        const request = { source: 'Task', target: 'Task', renamed: [] };
        const plan = planObject(self, facts, request, options, mapped);
        assert.deepEqual(plan.refusals, []);
        assert.deepEqual(
            plan.object.fields.map(({ source }) => source),
            ['Subject', 'WhatId']
        );
        assert.match(plan.object.warnings.join(), /WhatId may refer to Product2/);
        const sets = Object.fromEntries(permissionSetsOf(plan.object, 'source'));
        const receiver = sets['Sync_Receiver_Task'] as {
            objectPermissions: { object: string }[];
            userPermissions: { name: string }[];
        };
        assert.deepEqual(
            receiver.objectPermissions.map((one) => one.object),
            ['Account']
        );
        assert.deepEqual(
            receiver.userPermissions.map(({ name }) => name),
            ['ActivitiesAccess', 'EditTask']
        );
    });
});
