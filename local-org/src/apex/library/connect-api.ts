import { platformTypes } from '../../platform/signatures.ts';
import { Double } from '../../values/index.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { beanClass } from './bean.ts';
import { nativeClass, type NativeClass, type NativeStatic } from './native.ts';
import { TestState } from './test/test-state.ts';

/**
 * A class of the ConnectApi namespace; undefined for any other name. They are many, so each is made when it is first
 * used. Inputs and outputs hold values. Calls are refused: in a test that does not see the org's data the platform refuses
 * them too (Apex Developer Guide, "Testing ConnectApi Code"), and elsewhere the local org says that it lacks them.
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
    const { constructors, properties } = beanClass(info.name);
    const methods = { 'getBuildVersion()': (rt: Runtime) => Double.of(Number(rt.org.apiVersion)) };
    const refused = new Set(calls.map(([key]) => key));
    return nativeClass({
        name: info.name,
        constructors,
        methods,
        properties,
        statics: Object.fromEntries(calls),
        refused
    });
}

function refuse(rt: Runtime, member: string): never {
    const isSiloed = rt.tx.isTest && !rt.tx.state(TestState).seesAllData;
    return rt.throwNew(
        'System.UnsupportedOperationException',
        isSiloed
            ? 'ConnectApi methods are not supported in data siloed tests. Please use @IsTest(SeeAllData=true).'
            : `Not implemented in the local org: ${member}`
    );
}
