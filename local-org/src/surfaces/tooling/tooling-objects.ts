import { defineField, relationshipNameOf } from '../../schema/field.ts';
import type { FieldDef, FieldType, ObjectDef } from '../../schema/types.ts';

const SCALARS: ReadonlySet<string> = new Set<FieldType>(['string', 'boolean', 'int', 'double', 'datetime']);

/** Objects of the Tooling API that the local org answers for: name, key prefix, fields. Source: Tooling API reference. */
const OBJECTS: readonly (readonly [name: string, keyPrefix: string, fields: Readonly<Record<string, string>>])[] = [
    [
        'ApexClass',
        '01p',
        {
            Name: 'string',
            NamespacePrefix: 'string',
            ApiVersion: 'double',
            Status: 'string',
            IsValid: 'boolean',
            Body: 'string',
            LengthWithoutComments: 'int',
            CreatedDate: 'datetime',
            LastModifiedDate: 'datetime'
        }
    ],
    [
        'ApexTrigger',
        '01q',
        {
            Name: 'string',
            NamespacePrefix: 'string',
            ApiVersion: 'double',
            Status: 'string',
            IsValid: 'boolean',
            Body: 'string',
            TableEnumOrId: 'string',
            CreatedDate: 'datetime',
            LastModifiedDate: 'datetime'
        }
    ],
    ['ApexClassOrTrigger', '01p', { Name: 'string' }],
    [
        'ApexTestRunResult',
        '05m',
        {
            AsyncApexJobId: 'string',
            Status: 'string',
            ClassesCompleted: 'int',
            ClassesEnqueued: 'int',
            MethodsCompleted: 'int',
            MethodsEnqueued: 'int',
            MethodsFailed: 'int',
            StartTime: 'datetime',
            EndTime: 'datetime',
            TestTime: 'int',
            TestSetupTime: 'int',
            IsAllTests: 'boolean',
            JobName: 'string',
            Source: 'string',
            UserId: 'string'
        }
    ],
    [
        'ApexTestQueueItem',
        '709',
        {
            Status: 'string',
            ExtendedStatus: 'string',
            ApexClassId: 'ApexClass',
            TestRunResultId: 'ApexTestRunResult',
            ParentJobId: 'string'
        }
    ],
    [
        'ApexTestResult',
        '07M',
        {
            QueueItemId: 'ApexTestQueueItem',
            AsyncApexJobId: 'string',
            ApexTestRunResultId: 'ApexTestRunResult',
            ApexClassId: 'ApexClass',
            MethodName: 'string',
            Outcome: 'string',
            Message: 'string',
            StackTrace: 'string',
            RunTime: 'int',
            TestTimestamp: 'datetime',
            ApexLogId: 'string',
            IsTestSetup: 'boolean'
        }
    ],
    [
        'ApexCodeCoverage',
        '714',
        {
            ApexTestClassId: 'ApexClass',
            ApexClassOrTriggerId: 'ApexClassOrTrigger',
            TestMethodName: 'string',
            NumLinesCovered: 'int',
            NumLinesUncovered: 'int',
            Coverage: 'string'
        }
    ],
    [
        'ApexCodeCoverageAggregate',
        '715',
        {
            ApexClassOrTriggerId: 'ApexClassOrTrigger',
            NumLinesCovered: 'int',
            NumLinesUncovered: 'int',
            Coverage: 'string'
        }
    ],
    ['ApexOrgWideCoverage', '716', { PercentCovered: 'int' }],
    [
        'ApexLog',
        '07L',
        {
            Application: 'string',
            DurationMilliseconds: 'int',
            Location: 'string',
            LogLength: 'int',
            LogUserId: 'string',
            Operation: 'string',
            Request: 'string',
            StartTime: 'datetime',
            Status: 'string'
        }
    ]
];

/** Keyed by lower-case name. */
export const TOOLING_OBJECTS: ReadonlyMap<string, ObjectDef> = new Map(
    OBJECTS.map(([name, keyPrefix, fields]) => [name.toLowerCase(), toolingObject(name, keyPrefix, fields)])
);

function toolingObject(name: string, keyPrefix: string, specs: Readonly<Record<string, string>>): ObjectDef {
    const id = defineField({ name: 'Id', type: 'id', length: 18, idLookup: true });
    const own = Object.entries(specs).map(([field, type]) => toolingField(field, type));
    const fields = new Map([id, ...own].map((field) => [field.name.toLowerCase(), field]));
    const lookups = own.filter((field) => field.relationshipName !== undefined);
    const nameField = fields.get('name');
    return {
        name,
        label: name,
        labelPlural: name,
        keyPrefix,
        kind: 'setup',
        sharingModel: 'ReadWrite',
        createable: false,
        updateable: false,
        deletable: false,
        queryable: true,
        fields,
        parentRelationships: new Map(lookups.map((field) => [field.relationshipName!.toLowerCase(), field])),
        childRelationships: [],
        recordTypes: [],
        ...(nameField && { nameField })
    };
}

function toolingField(name: string, type: string): FieldDef {
    const readOnly = { name, createable: false, updateable: false, nameField: name === 'Name' };
    if (SCALARS.has(type)) {
        return defineField({ ...readOnly, type: type as FieldType, length: 255, precision: 18, scale: 0 });
    }
    const relationshipName = relationshipNameOf(name);
    return defineField({ ...readOnly, type: 'reference', length: 18, referenceTo: [type], relationshipName });
}
