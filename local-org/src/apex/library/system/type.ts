import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { ApexType } from '../../types/types.ts';
import { findSObjectType, type SObjectTypeToken } from '../schema/tokens.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { notImplemented } from '../not-implemented.ts';

/** A `System.Type`: `Account.class`. One per Apex type, so identity is equality. */
export class TypeObject extends NativeObject {
    readonly className = 'System.Type';
    readonly type: ApexType;

    constructor(type: ApexType) {
        super();
        this.type = type;
    }

    override valueText(): string {
        return this.type.name;
    }
}

const objects = new WeakMap<ApexType, TypeObject>();

/** The value of `X.class`. */
export function typeObject(type: ApexType): TypeObject {
    let object = objects.get(type);
    if (object === undefined) {
        object = new TypeObject(type);
        objects.set(type, object);
    }
    return object;
}

function forName(rt: Runtime, name: string | null): TypeObject | null {
    if (name === null) {
        return rt.nullPointer();
    }
    const type = rt.resolveType(name);
    return type === undefined ? null : typeObject(type);
}

function forQualifiedName(rt: Runtime, namespace: string | null, name: string | null): TypeObject | null {
    return namespace === null || namespace === '' ? forName(rt, name) : forName(rt, `${namespace}.${name}`);
}

/** The token of an object's type. What other types have is documented nowhere and refused. */
function objectToken(rt: Runtime, self: TypeObject): SObjectTypeToken {
    const token = self.type.kind === 'sobject' ? findSObjectType(rt, self.type.name) : undefined;
    return token ?? notImplemented(rt, `Type.SObjectType of ${self.type.name}, which is no object of the org`);
}

/** Type (Apex Reference, System.Type). */
export const typeClass: NativeClass = nativeClass({
    name: 'System.Type',
    statics: { 'forName(String)': forName, 'forName(String,String)': forQualifiedName },
    properties: { SObjectType: { get: objectToken } },
    methods: {
        'equals(Object)': (_rt, self, other) => self === other,
        'getName()': (_rt, self: TypeObject) => self.type.name,
        'hashCode()': (rt, self) => rt.hashCode(self),
        'isAssignableFrom(Type)': (rt, self: TypeObject, other: TypeObject | null) =>
            rt.isAssignable((other ?? rt.nullPointer()).type, self.type),
        'newInstance()': (rt, self: TypeObject) => rt.instantiate(self.type),
        'toString()': (_rt, self: TypeObject) => self.type.name
    }
});
