import { defineField, relationshipNameOf } from '../../schema/field.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { FieldDef, FieldType, ObjectDef } from '../../schema/types.ts';

const SCALARS: ReadonlySet<string> = new Set<FieldType>(['string', 'boolean', 'int', 'double', 'datetime']);

/** Parts of a debug log, each with its level. */
const LOG_CATEGORIES: Readonly<Record<string, string>> = {
    ApexCode: 'string',
    ApexProfiling: 'string',
    Callout: 'string',
    Database: 'string',
    Nba: 'string',
    System: 'string',
    Validation: 'string',
    Visualforce: 'string',
    Wave: 'string',
    Workflow: 'string'
};

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
            LogUserId: 'User',
            Operation: 'string',
            Request: 'string',
            StartTime: 'datetime',
            Status: 'string'
        }
    ],
    [
        'SourceMember',
        '0MZ',
        {
            MemberIdOrName: 'string',
            MemberType: 'string',
            MemberName: 'string',
            IsNameObsolete: 'boolean',
            IsNewMember: 'boolean',
            RevisionCounter: 'int',
            ChangedBy: 'string',
            LastModifiedDate: 'datetime'
        }
    ],
    [
        'DebugLevel',
        '7dl',
        {
            DeveloperName: 'string',
            MasterLabel: 'string',
            Language: 'string',
            ...LOG_CATEGORIES,
            CreatedDate: 'datetime'
        }
    ],
    [
        'TraceFlag',
        '7tf',
        {
            TracedEntityId: 'string',
            DebugLevelId: 'DebugLevel',
            LogType: 'string',
            StartDate: 'datetime',
            ExpirationDate: 'datetime',
            CreatedDate: 'datetime'
        }
    ]
];

/** Objects of the data API that rows of the Tooling API point to. Queries on them are the data API's. */
const PARENTS: typeof OBJECTS = [['User', '005', { Name: 'string', Username: 'string' }]];

/** What clients may write; the rest follows from the org. */
const WRITABLE: ReadonlySet<string> = new Set(['DebugLevel', 'TraceFlag']);

/** Keyed by lower-case name. */
export const TOOLING_OBJECTS = defined(OBJECTS);
export const TOOLING_PARENTS = defined(PARENTS);

/** Whether the org answers for the object: one that does not track changes has no SourceMember. */
export function hasToolingObject(name: string, { tracksSource }: LocalOrg): boolean {
    const key = name.toLowerCase();
    return TOOLING_OBJECTS.has(key) && (key !== 'sourcemember' || tracksSource);
}

function defined(objects: typeof OBJECTS): ReadonlyMap<string, ObjectDef> {
    return new Map(
        objects.map(([name, keyPrefix, fields]) => [name.toLowerCase(), toolingObject(name, keyPrefix, fields)])
    );
}

function toolingObject(name: string, keyPrefix: string, specs: Readonly<Record<string, string>>): ObjectDef {
    const id = defineField({ name: 'Id', type: 'id', length: 18, idLookup: true });
    const writable = WRITABLE.has(name);
    const own = Object.entries(specs).map(([field, type]) => toolingField(field, type, writable));
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
        createable: writable,
        updateable: writable,
        deletable: writable,
        queryable: true,
        fields,
        parentRelationships: new Map(lookups.map((field) => [field.relationshipName!.toLowerCase(), field])),
        childRelationships: [],
        recordTypes: [],
        ...(nameField && { nameField })
    };
}

function toolingField(name: string, type: string, writable: boolean): FieldDef {
    const common = { name, createable: writable, updateable: writable, nameField: name === 'Name' };
    if (SCALARS.has(type)) {
        return defineField({ ...common, type: type as FieldType, length: 255, precision: 18, scale: 0 });
    }
    const relationshipName = relationshipNameOf(name);
    return defineField({ ...common, type: 'reference', length: 18, referenceTo: [type], relationshipName });
}
