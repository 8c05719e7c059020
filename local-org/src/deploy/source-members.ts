import type { LocalOrg } from '../org/local-org.ts';
import type { DeployMessage, DeployResult } from './deploy-types.ts';

/** A component of a scratch org as source tracking sees it. Source: Tooling API reference, SourceMember. */
export interface SourceMember {
    readonly id: string;
    readonly type: string;
    readonly name: string;
    /** Rises over all members with each change; clients set it to 0 for what they know. */
    readonly revision: number;
    readonly isNew: boolean;
    /** The component was deleted. */
    readonly isObsolete: boolean;
    readonly changedBy: string;
    /** Milliseconds since 1970. */
    readonly lastModified: number;
}

export interface SourceMembers {
    list(): readonly SourceMember[];
    /** Rises with each change. */
    readonly version: number;
    record(result: DeployResult): void;
    /** False when there is no such member. */
    setRevision(id: string, revision: number): boolean;
}

const membersByOrg = new WeakMap<LocalOrg, SourceMembers>();

export function sourceMembersOf(org: LocalOrg): SourceMembers {
    let members = membersByOrg.get(org);
    if (members === undefined) {
        members = createSourceMembers(org);
        membersByOrg.set(org, members);
    }
    return members;
}

function createSourceMembers(org: LocalOrg): SourceMembers {
    const members = new Map<string, SourceMember>();
    let revision = 0;
    let version = 0;

    function put(type: string, name: string, message: DeployMessage, result: DeployResult): void {
        const key = `${type} ${name}`.toLowerCase();
        revision += 1;
        version += 1;
        members.set(key, {
            id: members.get(key)?.id ?? org.newId('0MZ'),
            type,
            name,
            revision,
            isNew: message.created,
            isObsolete: message.deleted,
            changedBy: result.createdBy,
            lastModified: org.clock.now()
        });
    }

    /** The files of a component bundle are members of their own. */
    function filesOf({ componentType, fullName }: DeployMessage): string[] {
        const component =
            componentType === 'LightningComponentBundle' ? org.metadata.get(componentType, fullName) : undefined;
        return [...(component?.files.keys() ?? [])].map((path) => path.slice(path.indexOf('/') + 1));
    }

    return {
        list: () => [...members.values()],
        get version() {
            return version;
        },
        record(result) {
            for (const message of result.messages.filter((entry) => entry.success && entry.componentType !== '')) {
                put(message.componentType, message.fullName, message, result);
                filesOf(message).forEach((file) => put('LightningComponentResource', file, message, result));
            }
        },
        setRevision(id, value) {
            const [key, member] = [...members].find(([, entry]) => entry.id.slice(0, 15) === id.slice(0, 15)) ?? [];
            if (key === undefined || member === undefined) {
                return false;
            }
            version += 1;
            members.set(key, { ...member, revision: value });
            return true;
        }
    };
}
