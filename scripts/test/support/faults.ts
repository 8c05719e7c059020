import { unzipSync } from 'fflate';
import type { BridgeOrg } from '../../lib/org-connection.ts';

type Members = Record<string | symbol, unknown>;

/** Members of an object by another name, the others as they are. */
function overlay<T extends object>(target: T, replaced: Members): T {
    return new Proxy(target, {
        get(object, property) {
            if (property in replaced) {
                return replaced[property];
            }
            const member: unknown = Reflect.get(object, property, object);
            return typeof member === 'function' ? (member as (...args: unknown[]) => unknown).bind(object) : member;
        }
    });
}

function seededFault(): Promise<never> {
    return Promise.reject(Object.assign(new Error('seeded fault'), { errorCode: 'SERVER_UNAVAILABLE' }));
}

/** The org, refusing the REST requests that a test names. */
export function refusing(org: BridgeOrg, method: string, path: RegExp, times = Infinity): BridgeOrg {
    let left = times;
    const original = (org.connection as unknown as Record<string, (...args: unknown[]) => unknown>)[method];
    const request = (...args: unknown[]): unknown => {
        if (path.test(String(args[0])) && left > 0) {
            left -= 1;
            return seededFault();
        }
        return original?.apply(org.connection, args);
    };
    return { ...org, connection: overlay(org.connection, { [method]: request }) };
}

/** The org with another answer to the queries that a test names. */
export function answering(org: BridgeOrg, soql: RegExp, records: readonly object[], totalSize?: number): BridgeOrg {
    return answeringInTurn(org, soql, [records], totalSize);
}

/** The same with the next answer each time; the last one stays. */
export function answeringInTurn(
    org: BridgeOrg,
    soql: RegExp,
    answers: readonly (readonly object[])[],
    totalSize?: number
): BridgeOrg {
    const { connection } = org;
    const left = [...answers];
    const query = (text: string, ...rest: never[]): unknown => {
        if (!soql.test(text)) {
            return connection.query(text, ...rest);
        }
        const records = (left.length > 1 ? left.shift() : left[0]) ?? [];
        return Promise.resolve({ records, totalSize: totalSize ?? records.length, done: true });
    };
    return { ...org, connection: overlay(connection, { query }) };
}

/** The org, refusing every retrieve. */
export function refusingRetrieves(org: BridgeOrg): BridgeOrg {
    return withRetrieve(org, seededFault);
}

/** The org with another answer to every retrieve. */
export function retrieving(org: BridgeOrg, result: object): BridgeOrg {
    return withRetrieve(org, () => Promise.resolve(result));
}

function withRetrieve(org: BridgeOrg, complete: () => Promise<object>): BridgeOrg {
    const { metadata } = org.connection;
    const retrieve = (): unknown => ({ complete });
    return { ...org, connection: overlay(org.connection, { metadata: overlay(metadata, { retrieve }) }) };
}

/** The org, refusing deploys that hold a file of the path; `skip` of them go through first. */
export function refusingDeploys(org: BridgeOrg, path: RegExp, { skip = 0, times = Infinity } = {}): BridgeOrg {
    let seen = 0;
    const { metadata } = org.connection;
    const deploy = (zip: Buffer, ...rest: unknown[]): unknown => {
        const files = unzipSync(zip);
        const texts = Object.entries(files).map(([name, bytes]) => `${name}\n${Buffer.from(bytes).toString()}`);
        if (texts.some((text) => path.test(text))) {
            seen += 1;
            if (seen > skip && seen <= skip + times) {
                const refused = seededFault();
                // Whoever waits for the end of the deploy does not look at its start.
                refused.catch(() => undefined);
                return Object.assign(refused, { complete: seededFault });
            }
        }
        return (metadata.deploy as (...args: unknown[]) => unknown).apply(metadata, [zip, ...rest]);
    };
    return { ...org, connection: overlay(org.connection, { metadata: overlay(metadata, { deploy }) }) };
}
