import { listComponents } from './metadata-component.ts';
import { deleteComponents, type ComponentName } from './metadata-documents.ts';
import type { BridgeOrg } from './org-connection.ts';
import { isOfFamily, numberOf, withNumber } from './successor-names.ts';

/** Names of a component, its predecessors and its successors that an org has, the oldest first. */
export async function familyOf(org: BridgeOrg, { type, fullName }: ComponentName): Promise<string[]> {
    const all = await listComponents(org, type);
    return all.filter((name) => isOfFamily(fullName, name)).toSorted((a, b) => numberOf(a) - numberOf(b));
}

/** The name after the last that the org has of the family; the first one where it has none. */
export async function nextName(org: BridgeOrg, component: ComponentName): Promise<string> {
    const newest = (await familyOf(org, component)).at(-1);
    return withNumber(component.fullName, newest === undefined ? 1 : numberOf(newest) + 1);
}

/** Deletes all of the families but the components themselves, or nothing; gives their names. */
export async function deleteOthers(org: BridgeOrg, components: readonly ComponentName[]): Promise<string[]> {
    const others = await Promise.all(
        components.map(async ({ type, fullName }) =>
            (await familyOf(org, { type, fullName }))
                .filter((name) => name !== fullName)
                .map((name): ComponentName => ({ type, fullName: name }))
        )
    );
    const all = others.flat();
    if (all.length > 0) {
        await deleteComponents(org, all);
    }
    return all.map(({ fullName }) => fullName);
}
