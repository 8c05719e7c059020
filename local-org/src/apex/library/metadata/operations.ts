import type { MetadataDocument } from '../../../org/metadata-registry.ts';
import { documentsOf, textOf } from '../../../schema/document.ts';
import { ApexDate, Datetime, Decimal, Double, Id } from '../../../values/index.ts';
import type { EnumValue } from '../../runtime/enum-value.ts';
import { platformEnumValue } from '../../runtime/enum-value.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType } from '../../types/apex-types.ts';
import { noNulls } from '../arguments.ts';
import { BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { notImplemented } from '../not-implemented.ts';
import { orgCounter } from '../org-counter.ts';

const METADATA = platformType('Metadata.Metadata');
const RECORD = 'Metadata.CustomMetadata';

class DeployContainer extends NativeObject {
    readonly className = 'Metadata.DeployContainer';
    readonly members: BeanObject[] = [];
}

const nextDeployment = orgCounter();

/** Changes custom metadata records once the transaction has committed, then tells the callback. */
function enqueueDeployment(rt: Runtime, container: DeployContainer | null, callback: object | null): Id {
    if (rt.tx.isTest) {
        rt.throwNew('System.AsyncException', 'Metadata cannot be deployed from within a test');
    }
    const members = (container ?? rt.nullPointer()).members.map((member) => member.copy());
    const id = Id.of(`0Af${String(nextDeployment(rt.org)).padStart(12, '0')}`);
    rt.runLater(() => {
        const problems = members.map((member) => deploy(rt, member));
        if (callback !== null) rt.invoke(callback, 'handleResult', [result(rt, id, members, problems), context(id)]);
    });
    return id;
}

/** Problem of a member; undefined when it is in the org now. */
function deploy(rt: Runtime, member: BeanObject): string | undefined {
    if (member.className !== RECORD)
        return `The local org deploys custom metadata records only, not ${member.className}`;
    const fullName = rt.toText(member.get('fullName'));
    const type = `${fullName.slice(0, fullName.indexOf('.'))}__mdt`;
    const object = rt.org.schema.object(type);
    if (object === undefined) return `In field: fullName - no CustomObject named ${type} found`;
    const values = ((member.get('values') as ApexList | null)?.items ?? []) as BeanObject[];
    const unknown = values.find((value) => !object.fields.has(rt.toText(value.get('field')).toLowerCase()));
    if (unknown !== undefined) {
        return `In field: field - no CustomField named ${type}.${rt.toText(unknown.get('field'))} found`;
    }
    const document = {
        label: rt.toText(member.get('label')),
        protected: String(member.get('protected_x') === true),
        values: values.map((value) => valueDocument(rt, value))
    };
    rt.org.metadata.put({ type: 'CustomMetadata', fullName, files: new Map(), document });
    return undefined;
}

const XML_TYPES: readonly (readonly [test: (value: unknown) => boolean, type: string])[] = [
    [(value) => typeof value === 'boolean', 'xsd:boolean'],
    [(value) => typeof value === 'number' || typeof value === 'bigint', 'xsd:int'],
    [(value) => value instanceof Decimal || value instanceof Double, 'xsd:double'],
    [(value) => value instanceof ApexDate, 'xsd:date'],
    [(value) => value instanceof Datetime, 'xsd:dateTime']
];

function valueDocument(rt: Runtime, bean: BeanObject): MetadataDocument {
    const value = bean.get('value');
    const type = XML_TYPES.find(([test]) => test(value))?.[1] ?? 'xsd:string';
    const text = value instanceof Datetime ? new Date(value.ms).toISOString() : rt.toText(value);
    return { field: rt.toText(bean.get('field')), value: value === null ? { type } : { type, text } };
}

function context(id: Id): BeanObject {
    return new BeanObject('Metadata.DeployCallbackContext', { CallbackJobId: id });
}

function result(
    rt: Runtime,
    id: Id,
    members: readonly BeanObject[],
    problems: readonly (string | undefined)[]
): BeanObject {
    const failed = problems.filter((problem) => problem !== undefined).length;
    const messages = members.map((member, index) => {
        const problem = problems[index];
        return new BeanObject('Metadata.DeployMessage', {
            fullName: member.get('fullName'),
            componentType: 'CustomMetadata',
            problem: problem ?? null,
            problemType: problem === undefined ? null : platformEnumValue('Metadata.DeployProblemType', 'Error'),
            success: problem === undefined
        });
    });
    const list = (ok: boolean): ApexList =>
        new ApexList(
            platformType('Metadata.DeployMessage'),
            messages.filter((message) => message.get('success') === ok)
        );
    return new BeanObject('Metadata.DeployResult', {
        id,
        done: true,
        success: failed === 0,
        status: platformEnumValue('Metadata.DeployStatus', failed === 0 ? 'Succeeded' : 'Failed'),
        numberComponentsTotal: members.length,
        numberComponentsDeployed: members.length - failed,
        numberComponentErrors: failed,
        completedDate: new Datetime(rt.org.clock.now()),
        details: new BeanObject('Metadata.DeployDetails', {
            componentFailures: list(false),
            componentSuccesses: list(true)
        })
    });
}

/** `Metadata.Operations.retrieve`: custom metadata records by full name. */
function retrieve(rt: Runtime, type: EnumValue, names: ApexList): ApexList {
    if (type.name !== 'CustomMetadata') {
        return notImplemented(rt, `Metadata.Operations.retrieve of ${type.name}`);
    }
    const found = names.items.flatMap((name) => {
        const component = rt.org.metadata.get('CustomMetadata', rt.toText(name));
        return component === undefined ? [] : [recordOf(component.fullName, component.document ?? {})];
    });
    return new ApexList(METADATA, found);
}

function recordOf(fullName: string, document: MetadataDocument): BeanObject {
    const values = documentsOf(document, 'values').map((value) => {
        const [text] = documentsOf(value, 'value');
        return new BeanObject('Metadata.CustomMetadataValue', {
            field: textOf(value, 'field') ?? null,
            value: textOf(text, 'text') ?? null
        });
    });
    return new BeanObject(RECORD, {
        fullName,
        label: textOf(document, 'label') ?? null,
        values: new ApexList(platformType('Metadata.CustomMetadataValue'), values)
    });
}

function remove(members: BeanObject[], at: number): boolean {
    if (at >= 0) members.splice(at, 1);
    return at >= 0;
}

/** Metadata.Operations and its container (Apex Reference, Metadata Namespace). */
export const metadataClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'Metadata.Operations',
        statics: {
            'enqueueDeployment(DeployContainer,DeployCallback)': enqueueDeployment,
            'retrieve(MetadataType,List)': noNulls(retrieve)
        }
    }),
    nativeClass({
        name: 'Metadata.DeployContainer',
        constructors: { '()': () => new DeployContainer() },
        methods: {
            'addMetadata(Metadata)': noNulls((_rt, self: DeployContainer, member: BeanObject) => {
                self.members.push(member);
            }),
            'getMetadata()': (_rt, self: DeployContainer) => new ApexList(METADATA, [...self.members]),
            'removeMetadata(Metadata)': (_rt, self: DeployContainer, member: BeanObject) =>
                remove(self.members, self.members.indexOf(member)),
            'removeMetadataByFullName(String)': (_rt, self: DeployContainer, name: string) =>
                remove(
                    self.members,
                    self.members.findIndex((member) => member.get('fullName') === name)
                )
        }
    })
];
