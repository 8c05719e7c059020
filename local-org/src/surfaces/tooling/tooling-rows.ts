import { sourceMembersOf } from '../../deploy/source-members.ts';
import { numberOf } from '../../schema/document.ts';
import { debugLogsOf, type DebugLog } from './debug-logs.ts';
import { testRunsOf, type MeasuredCode, type TestRun, type TestRunClass } from './test-runs.ts';
import { Datetime, Decimal, Id, type FieldValue } from '../../values/index.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { MetadataComponent } from '../../org/metadata-registry.ts';

/** A row by field name. */
export type ToolingRow = Readonly<Record<string, FieldValue>>;

type Rows = (org: LocalOrg) => ToolingRow[];

/** What each object of the Tooling API holds right now, by lower-case name. */
export const TOOLING_ROWS: Readonly<Record<string, Rows>> = {
    apexclass: (org) => org.metadata.list('ApexClass').map((component) => codeRow(component)),
    apextrigger: (org) =>
        org.metadata.list('ApexTrigger').map((component) => ({ ...codeRow(component), TableEnumOrId: null })),
    apexclassortrigger: (org) =>
        [...org.metadata.list('ApexClass'), ...org.metadata.list('ApexTrigger')].map(({ id, fullName }) => ({
            Id: Id.of(id),
            Name: fullName
        })),
    apextestrunresult: (org) => testRunsOf(org).runs.map(runRow),
    apextestqueueitem: (org) =>
        testRunsOf(org).runs.flatMap((run) => run.classes.map((item) => queueRow(org, run, item))),
    apextestresult: (org) =>
        testRunsOf(org).runs.flatMap((run) => run.classes.flatMap((item) => resultRows(org, run, item))),
    apexcodecoverage: methodCoverageRows,
    apexcodecoverageaggregate: (org) =>
        [...testRunsOf(org).coverage.values()].map((item) => coverageRow(org, item)).filter((row) => row !== undefined),
    apexorgwidecoverage: (org) => [{ Id: Id.of('716000000000001'), PercentCovered: percentCovered(org) }],
    sourcemember: (org) =>
        sourceMembersOf(org)
            .list()
            .map((member) => ({
                Id: Id.of(member.id),
                MemberIdOrName: member.name,
                MemberType: member.type,
                MemberName: member.name,
                IsNameObsolete: member.isObsolete,
                IsNewMember: member.isNew,
                RevisionCounter: member.revision,
                ChangedBy: member.changedBy.slice(0, 15),
                LastModifiedDate: new Datetime(member.lastModified)
            })),
    apexlog: (org) => debugLogsOf(org).logs.map(logRow),
    user: (org) =>
        org.database
            .query('SELECT Id, Name, Username FROM User', {
                access: { userId: org.admin.userId, mode: 'system', sharing: false }
            })
            .records.map((user) => ({
                Id: user.id,
                Name: user.get('Name') ?? null,
                Username: user.get('Username') ?? null
            }))
};

function codeRow({ id, fullName, files, document, lastModified }: MetadataComponent): ToolingRow {
    const [, body] = [...files].find(([path]) => !path.endsWith('-meta.xml')) ?? [];
    const modified = new Datetime(lastModified);
    return {
        Id: Id.of(id),
        Name: fullName,
        NamespacePrefix: null,
        ApiVersion: Decimal.fromNumber(numberOf(document, 'apiVersion') ?? 0),
        Status: 'Active',
        IsValid: true,
        Body: body === undefined ? null : new TextDecoder().decode(body),
        LengthWithoutComments: body?.length ?? 0,
        CreatedDate: modified,
        LastModifiedDate: modified
    };
}

function logRow({ id, userId, operation, startedAt, durationMs, status, body }: DebugLog): ToolingRow {
    return {
        Id: Id.of(id),
        Application: 'Unknown',
        DurationMilliseconds: durationMs,
        Location: 'Monitoring',
        LogLength: Buffer.byteLength(body),
        LogUserId: Id.of(userId),
        Operation: operation,
        Request: 'Api',
        StartTime: new Datetime(startedAt),
        Status: status
    };
}

function runRow(run: TestRun): ToolingRow {
    const results = run.classes.flatMap((item) => item.results);
    const methods = results.filter((result) => !result.isSetup);
    const time = (isSetup: boolean): number =>
        results.filter((result) => result.isSetup === isSetup).reduce((sum, { runTimeMs }) => sum + runTimeMs, 0);
    return {
        Id: Id.of(run.runResultId),
        AsyncApexJobId: run.jobId,
        Status: methods.some(({ outcome }) => outcome === 'Fail' || outcome === 'CompileFail') ? 'Failed' : 'Completed',
        ClassesCompleted: run.classes.length,
        ClassesEnqueued: run.classes.length,
        MethodsCompleted: methods.length,
        MethodsEnqueued: methods.length,
        MethodsFailed: methods.filter(({ outcome }) => outcome !== 'Pass').length,
        StartTime: new Datetime(run.startedAt),
        EndTime: new Datetime(run.endedAt),
        TestTime: Math.round(time(false)),
        TestSetupTime: Math.round(time(true)),
        IsAllTests: run.isAllTests,
        JobName: null,
        Source: 'Tooling API',
        UserId: run.userId
    };
}

function queueRow(org: LocalOrg, run: TestRun, { queueItemId, className, results }: TestRunClass): ToolingRow {
    const methods = results.filter((result) => !result.isSetup);
    const passed = methods.filter(({ outcome }) => outcome === 'Pass').length;
    return {
        Id: Id.of(queueItemId),
        Status: 'Completed',
        ExtendedStatus: `(${passed}/${methods.length})`,
        ApexClassId: classId(org, className),
        TestRunResultId: Id.of(run.runResultId),
        ParentJobId: run.jobId
    };
}

function resultRows(org: LocalOrg, run: TestRun, { queueItemId, className, results }: TestRunClass): ToolingRow[] {
    return results.map((result) => ({
        Id: Id.of(result.id),
        QueueItemId: Id.of(queueItemId),
        AsyncApexJobId: run.jobId,
        ApexTestRunResultId: Id.of(run.runResultId),
        ApexClassId: classId(org, className),
        MethodName: result.methodName,
        Outcome: result.outcome,
        Message: result.message,
        StackTrace: result.stackTrace,
        RunTime: Math.round(result.runTimeMs),
        TestTimestamp: new Datetime(run.endedAt),
        ApexLogId: null,
        IsTestSetup: result.isSetup
    }));
}

/** Of the latest run that measured each test class. */
function methodCoverageRows(org: LocalOrg): ToolingRow[] {
    return [...testRunsOf(org).methodCoverage.values()].flat().flatMap(({ className, methodName, ...item }) => {
        const row = coverageRow(org, item);
        return row === undefined
            ? []
            : [{ ...row, ApexTestClassId: classId(org, className), TestMethodName: methodName }];
    });
}

/** undefined when the class or trigger has been deleted since. */
function coverageRow(org: LocalOrg, item: MeasuredCode): ToolingRow | undefined {
    const { id, kind, name, coveredLines, uncoveredLines } = item;
    const component = org.metadata.get(kind === 'class' ? 'ApexClass' : 'ApexTrigger', name);
    return (
        component && {
            Id: Id.of(id),
            ApexClassOrTriggerId: Id.of(component.id),
            NumLinesCovered: coveredLines.length,
            NumLinesUncovered: uncoveredLines.length,
            Coverage: JSON.stringify({ coveredLines, uncoveredLines })
        }
    );
}

function percentCovered(org: LocalOrg): number {
    const items = [...testRunsOf(org).coverage.values()];
    const covered = items.reduce((sum, { coveredLines }) => sum + coveredLines.length, 0);
    const uncovered = items.reduce((sum, { uncoveredLines }) => sum + uncoveredLines.length, 0);
    return covered + uncovered === 0 ? 0 : Math.floor((covered * 100) / (covered + uncovered));
}

function classId(org: LocalOrg, className: string): Id | null {
    const component = org.metadata.get('ApexClass', className);
    return component === undefined ? null : Id.of(component.id);
}
