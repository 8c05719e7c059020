import type { Runtime } from '../../runtime/runtime.ts';
import { nativeClass, type NativeClass } from '../native.ts';

const MEMBERS = ['createInterview/2', 'createInterview/3'] as const;

/** The deploy of a flow is refused, so that none that code names is there: the platform's exception for that. */
function refuse(rt: Runtime, ...names: readonly unknown[]): never {
    const name = names.filter((part) => typeof part === 'string').join('.');
    return rt.throwNew('System.TypeException', `Invalid type: Flow.Interview.${name} (a local org has no flows)`);
}

/** Flow.Interview (Apex Reference, Flow Namespace). There is never one to start. */
export const interviewClass: NativeClass = nativeClass({
    name: 'Flow.Interview',
    statics: Object.fromEntries(MEMBERS.map((key) => [key, refuse])),
    methods: { 'getVariableValue(String)': refuse, 'start()': refuse },
    refused: new Set([...MEMBERS, 'getVariableValue(String)', 'start()'])
});
