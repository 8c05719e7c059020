import { textOf } from '../../schema/document.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { SessionContext } from '../surface.ts';

export interface NavigationItem {
    readonly label: string;
    readonly url: string;
    /** Pages below it belong to the item too. */
    readonly prefix: string;
}

/** Standard objects that the sales and service apps of the platform show as tabs. */
const TABS = ['Account', 'Contact', 'Opportunity', 'Lead', 'Case'];

export function navigationItems(context: SessionContext): readonly NavigationItem[] {
    const pages = pagesOfType(context, 'AppPage').map(({ name, label }) => {
        const url = `/lightning/n/${name}`;
        return { label, url, prefix: url };
    });
    const objects = tabObjects(context).map((object) => ({
        label: object.labelPlural,
        url: listUrl(object.name),
        prefix: `/lightning/r/${object.name}`
    }));
    return [{ label: 'Home', url: '/', prefix: '/lightning/page' }, ...objects, ...pages];
}

/** Objects that the user may read: the usual ones and those of the org. */
export function tabObjects({ org, session }: SessionContext): readonly ObjectDef[] {
    const standard = TABS.map((name) => org.schema.object(name)).filter((object) => object !== undefined);
    const custom = [...org.schema.objects()].filter(({ kind }) => kind === 'custom');
    return [...standard, ...custom].filter((object) => org.access.objectAllowed(session.userId, object.name, 'read'));
}

export function listUrl(object: string): string {
    return `/lightning/o/${object}/list`;
}

export function recordUrl(object: string, id: string): string {
    return `/lightning/r/${object}/${id}/view`;
}

export function pagesOfType(
    { org }: SessionContext,
    type: 'AppPage' | 'HomePage'
): readonly { readonly name: string; readonly label: string }[] {
    return org.metadata
        .list('FlexiPage')
        .filter(({ document }) => textOf(document, 'type') === type)
        .map(({ fullName, document }) => ({ name: fullName, label: textOf(document, 'masterLabel') ?? fullName }));
}
