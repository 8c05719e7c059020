import { ApexException } from '../../runtime/apex-exception.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { InvocableMethod, Runtime } from '../../runtime/runtime.ts';
import { listElement, OBJECT, platformType, STRING } from '../../types/apex-types.ts';
import type { ApexType } from '../../types/types.ts';
import { mapFrom, noNulls } from '../arguments.ts';
import { beanClass, BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import { ApexMap } from '../collections/apex-map.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { notImplemented } from '../not-implemented.ts';

const ACTION = 'Invocable.Action';
const RESULT = platformType('Invocable.Action.Result');
const ERROR = platformType('Invocable.Action.Error');

class ActionObject extends NativeObject {
    readonly className = ACTION;
    readonly type: string;
    readonly namespace: string | null;
    readonly name: string;
    readonly isStandard: boolean;
    invocations: ApexMap[] = [];

    constructor(type: string, namespace: string | null, name: string, isStandard: boolean) {
        super();
        this.type = type;
        this.namespace = namespace;
        this.name = name;
        this.isStandard = isStandard;
    }

    copy(): ActionObject {
        const copy = new ActionObject(this.type, this.namespace, this.name, this.isStandard);
        copy.invocations = [...this.invocations];
        return copy;
    }
}

function newInvocation(): ApexMap {
    return new ApexMap(STRING, OBJECT);
}

/** Sets a value of the invocation that was added last; the first needs not be added. */
function setParameter(rt: Runtime, self: ActionObject, name: string, value: unknown): ActionObject {
    if (self.invocations.length === 0) self.invocations.push(newInvocation());
    self.invocations.at(-1)?.put(rt, name, value);
    return self;
}

/** Runs the action once for all its invocations; an exception fails each of them and does not come out. */
function invoke(rt: Runtime, self: ActionObject): ApexList {
    if (self.isStandard || self.type.toLowerCase() !== 'apex') {
        const what = self.isStandard ? `the standard action ${self.type}` : `actions of type ${self.type}`;
        notImplemented(rt, `${ACTION} for ${what}`);
    }
    const method = rt.invocableMethod(self.name);
    if (method === undefined) {
        return rt.throwNew('System.IllegalArgumentException', `No invocable action ${self.name} of type apex`);
    }
    const invocations = self.invocations.length === 0 ? [newInvocation()] : self.invocations;
    return new ApexList(RESULT, outcomes(rt, self, method, invocations));
}

function outcomes(
    rt: Runtime,
    self: ActionObject,
    method: InvocableMethod,
    invocations: readonly ApexMap[]
): BeanObject[] {
    try {
        const { parameter } = method;
        const element = parameter === undefined ? undefined : (listElement(parameter) ?? OBJECT);
        const inputs = element === undefined ? [] : invocations.map((invocation) => inputOf(rt, invocation, element));
        const answer = method.call(element === undefined ? [] : [new ApexList(element, inputs)]);
        const outputs = answer instanceof ApexList ? answer.items : [];
        return invocations.map((invocation, index) =>
            resultOf(self, invocation, outputParameters(rt, method, outputs[index] ?? null), [])
        );
    } catch (error) {
        if (!(error instanceof ApexException)) throw error;
        const failure = new BeanObject('Invocable.Action.Error', {
            code: 'UNHANDLED_EXCEPTION',
            message: error.toString()
        });
        return invocations.map((invocation) => resultOf(self, invocation, newInvocation(), [failure]));
    }
}

/** A request object with its invocable variables set, or the one value that the method takes. */
function inputOf(rt: Runtime, invocation: ApexMap, type: ApexType): unknown {
    if (type.kind !== 'user') {
        const [only] = [...invocation.entries()];
        return only === undefined ? null : rt.cast(only.value, type);
    }
    const input = rt.instantiate(type) as object;
    for (const field of rt.fieldsOf(input)) {
        const entry = [...invocation.entries()].find(
            ({ key }) => rt.toText(key).toLowerCase() === field.name.toLowerCase()
        );
        if (entry !== undefined) field.set(input, rt.cast(entry.value, field.type));
    }
    return input;
}

function outputParameters(rt: Runtime, { returns }: InvocableMethod, output: unknown): ApexMap {
    const type = listElement(returns);
    if (type?.kind !== 'user' || output === null) return mapFrom(rt, STRING, OBJECT, [['output', output]]);
    const fields = rt.fieldsOf(output as object).map((field) => [field.name, field.get(output as object)] as const);
    return mapFrom(rt, STRING, OBJECT, fields);
}

function resultOf(
    action: ActionObject,
    invocation: ApexMap,
    outputs: ApexMap,
    errors: readonly BeanObject[]
): BeanObject {
    return new BeanObject('Invocable.Action.Result', {
        action,
        invocationParameters: invocation,
        outputParameters: outputs,
        errors: new ApexList(ERROR, [...errors]),
        success: errors.length === 0
    });
}

/** Invocable.Action (Apex Reference, Invocable Namespace), for actions of type `apex`. */
export const invocableActionClasses: readonly NativeClass[] = [
    nativeClass({
        name: ACTION,
        statics: {
            'createCustomAction(String,String)': noNulls(
                (_rt, type: string, name: string) => new ActionObject(type, null, name, false)
            ),
            'createCustomAction(String,String,String)': (rt, type: string | null, namespace, name: string | null) =>
                new ActionObject(type ?? rt.nullPointer(), namespace as string | null, name ?? rt.nullPointer(), false),
            'createStandardAction(String)': noNulls((_rt, type: string) => new ActionObject(type, null, type, true))
        },
        methods: {
            'addInvocation()': (_rt, self: ActionObject) => {
                self.invocations.push(newInvocation());
                return self;
            },
            'clearInvocations()': (_rt, self: ActionObject) => {
                self.invocations = [];
                return self;
            },
            'clone()': (_rt, self: ActionObject) => self.copy(),
            'getName()': (_rt, self: ActionObject) => self.name,
            'getNamespace()': (_rt, self: ActionObject) => self.namespace,
            'getType()': (_rt, self: ActionObject) => self.type,
            'invoke()': invoke,
            'isStandard()': (_rt, self: ActionObject) => self.isStandard,
            'setInvocationParameter(String,Object)': setParameter,
            'setInvocations(List)': noNulls((_rt, self: ActionObject, invocations: ApexList) => {
                self.invocations = [...(invocations.items as ApexMap[])];
                return self;
            })
        }
    }),
    ...['Invocable.Action.Result', 'Invocable.Action.Error'].map((name) =>
        beanClass(name, {
            readOnly: true,
            extra: { methods: { 'clone()': (_rt: Runtime, self: BeanObject) => self.copy() } }
        })
    )
];
