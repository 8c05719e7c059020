import type { Runtime } from '../../runtime/runtime.ts';
import { nativeClass, type NativeClass } from '../native.ts';

const MEMBERS = ['createInterview/2', 'createInterview/3'] as const;

/** A local org has no flows: one that code names is refused when it is asked for, by its name. */
function refuse(rt: Runtime, ...names: readonly unknown[]): never {
    const name = names.filter((part) => typeof part === 'string').join('.');
    return rt.throwNew('System.UnsupportedOperationException', `Not implemented in the local org: the flow ${name}`);
}

/** Flow.Interview (Apex Reference, Flow Namespace). There is never one to start. */
export const interviewClass: NativeClass = nativeClass({
    name: 'Flow.Interview',
    statics: Object.fromEntries(MEMBERS.map((key) => [key, refuse])),
    methods: { 'getVariableValue(String)': refuse, 'start()': refuse },
    refused: new Set([...MEMBERS, 'getVariableValue(String)', 'start()'])
});
