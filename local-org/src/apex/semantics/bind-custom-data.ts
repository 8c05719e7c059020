import type { ObjectDef } from '../../schema/types.ts';
import type { Node } from '../syntax/ast.ts';
import { mapOf, sobjectType, STRING } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import type { BodyContext } from './body-context.ts';
import { objectToken } from './bind-sobjects.ts';
import type { BoundExpression } from './bound.ts';
import { convert } from './convert.ts';

/** Static methods of custom metadata types and custom settings, by number of arguments. */
const METHODS: Readonly<Record<'customMetadata' | 'customSetting', ReadonlySet<string>>> = {
    customMetadata: new Set(['getall/0', 'getinstance/1']),
    customSetting: new Set(['getall/0', 'getinstance/0', 'getinstance/1', 'getorgdefaults/0', 'getvalues/1'])
};

const SPELLINGS = ['getAll', 'getInstance', 'getOrgDefaults', 'getValues'];

/** `Config__mdt.getInstance('Main')`, `Setting__c.getOrgDefaults()`; undefined for anything else. */
export function customDataCall(
    context: BodyContext,
    type: ApexType,
    name: string,
    args: readonly BoundExpression[],
    at: Node
): BoundExpression | undefined {
    const object = context.world.object(type);
    if (object === undefined || !hasMethod(object, name, args.length)) return undefined;
    const method = SPELLINGS.find((spelling) => spelling.toLowerCase() === name.toLowerCase()) ?? name;
    const record = sobjectType(object.name);
    return {
        kind: 'nativeCall',
        dispatch: 'class',
        target: undefined,
        className: '$CustomData',
        key: `${method}/${args.length + 1}`,
        name: method,
        args: [objectToken(object.name, at), ...args.map((arg) => convert(context, arg, STRING, at))],
        type: method === 'getAll' ? mapOf(STRING, record) : record,
        line: at.line
    };
}

function hasMethod({ kind }: ObjectDef, name: string, count: number): boolean {
    if (kind !== 'customMetadata' && kind !== 'customSetting') return false;
    return METHODS[kind].has(`${name.toLowerCase()}/${count}`);
}
