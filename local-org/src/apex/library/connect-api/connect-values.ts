import type { EnumValue } from '../../runtime/enum-value.ts';
import { platformEnumValue } from '../../runtime/enum-value.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType } from '../../types/apex-types.ts';
import { BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';

/** Inputs and outputs of ConnectApi calls, and how the calls fail. */

export function fail(rt: Runtime, message: string): never {
    return rt.throwNew('ConnectApi.ConnectApiException', message);
}

export function missing(rt: Runtime, message: string): never {
    return rt.throwNew('ConnectApi.NotFoundException', message);
}

export function value(type: string, name: string | undefined): EnumValue | null {
    return name === undefined ? null : platformEnumValue(`ConnectApi.${type}`, name);
}

export function list(type: string, items: readonly BeanObject[]): ApexList {
    return new ApexList(platformType(`ConnectApi.${type}`), [...items]);
}

export function output(type: string, values: Readonly<Record<string, unknown>>): BeanObject {
    return new BeanObject(`ConnectApi.${type}`, values);
}

export function text(rt: Runtime, given: unknown): string {
    return rt.toText(given ?? rt.nullPointer());
}
