import { platformTypes } from '../../../platform/signatures.ts';
import { Double } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { beanClass, type BeanObject } from '../bean.ts';
import { nativeClass, type NativeClass, type NativeStatic } from '../native.ts';
import { TestState } from '../test/test-state.ts';
import { namedCredentialCalls, namedCredentialSignatures } from './named-credentials.ts';

/** Calls that run here, by class. */
const IMPLEMENTED: Readonly<Record<string, Readonly<Record<string, NativeStatic>>>> = {
    'ConnectApi.NamedCredentials': namedCredentialCalls
};

/**
 * A class of the ConnectApi namespace; undefined for any other name. They are many, so each is made when it is first
 * used. Inputs and outputs hold values. Other calls are refused when they run: the local org says that it lacks them.
 */
export function connectApiClass(className: string): NativeClass | undefined {
    if (!className.toLowerCase().startsWith('connectapi.')) return undefined;
    const info = platformTypes().type(className);
    if (info?.kind !== 'class' || info.superclass === 'System.Exception') return undefined;
    const calls = info.methods
        .filter(({ isStatic }) => isStatic)
        .map(({ name, parameters }): [string, NativeStatic] => [
            `${name}/${parameters.length}`,
            (rt) => refuse(rt, `${info.name}.${name}`)
        ]);
    const implemented = Object.entries(IMPLEMENTED[info.name] ?? {}).map(([key, call]): [string, NativeStatic] => [
        key,
        (rt, ...args) => {
            refuseInSiloedTest(rt);
            return call(rt, ...(args as unknown[]));
        }
    ]);
    const { constructors, properties } = beanClass(info.name);
    const methods = {
        'clone()': (_rt: Runtime, self: BeanObject) => self.copy(),
        'getBuildVersion()': (rt: Runtime) => Double.of(Number(rt.org.apiVersion))
    };
    return nativeClass({
        name: info.name,
        constructors,
        methods,
        properties,
        statics: Object.fromEntries([...calls, ...implemented]),
        extraSignatures: info.name === 'ConnectApi.NamedCredentials' ? namedCredentialSignatures : [],
        refused: new Set(calls.map(([key]) => key))
    });
}

function refuse(rt: Runtime, member: string): never {
    refuseInSiloedTest(rt);
    return rt.throwNew('System.UnsupportedOperationException', `Not implemented in the local org: ${member}`);
}

/** As on the platform (Apex Developer Guide, "Testing ConnectApi Code"). */
function refuseInSiloedTest(rt: Runtime): void {
    if (rt.tx.isTest && !rt.tx.state(TestState).seesAllData) {
        const message =
            'ConnectApi methods are not supported in data siloed tests. Please use @IsTest(SeeAllData=true).';
        rt.throwNew('System.UnsupportedOperationException', message);
    }
}
