import type { Runtime, StubbedMethod } from '../../runtime/runtime.ts';
import { OBJECT, platformType, VOID } from '../../types/apex-types.ts';
import { stringList } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import { typeObject, type TypeObject } from '../system/type.ts';

const TYPE = platformType('System.Type');

/** `Test.createStub`: every call goes to the provider, and its answer is cast to the method's return type. */
export function createStub(rt: Runtime, type: TypeObject | null, provider: object | null): object {
    if (type === null || provider === null) {
        return rt.nullPointer();
    }
    if (type.type.kind !== 'user') {
        return rt.throwNew('System.TypeException', `Cannot create a stub for type: ${type.type.name}`);
    }
    return rt.createStub(type.type, (stub, method, args) => {
        const answer = rt.invoke(provider, 'handleMethodCall', [
            stub,
            ...describe(method),
            new ApexList(OBJECT, [...args])
        ]);
        return method.returnType === VOID ? null : rt.cast(answer, method.returnType);
    });
}

function describe(method: StubbedMethod): unknown[] {
    return [
        method.name,
        method.returnType === VOID ? null : typeObject(method.returnType),
        new ApexList(
            TYPE,
            method.parameterTypes.map((type) => typeObject(type))
        ),
        stringList([...method.parameterNames])
    ];
}
