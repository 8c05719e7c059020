import { metadataKeyPrefix } from '../schema/metadata-key-prefixes.ts';
import { Blob, Id, SObject } from '../values/index.ts';
import { fireAfter, fireBefore } from './fire-triggers.ts';
import { isGood, workItem } from './work-item.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { FieldValue } from '../values/index.ts';
import type { DmlContext } from './dml-context.ts';
import type { WorkItem } from './work-item.ts';

/** Rows of other objects that the platform writes along with a new record. */
export function afterInsert(item: WorkItem, object: ObjectDef, context: DmlContext): void {
    if (object.name === 'ContentVersion') publishVersion(item, context);
    if (object.name === 'SetupEntityAccess') nameEntityType(item, context);
}

/** Setup entities by metadata type, under the names that the Object Reference has for them (SetupEntityAccess). */
const ENTITY_TYPES = {
    ApexClass: 'ApexClass',
    ApexPage: 'ApexPage',
    ConnectedApp: 'ConnectedApplication',
    CustomPermission: 'CustomPermission',
    ExternalClientApplication: 'ExternalClientApplication',
    ExternalCredentialParameter: 'ExternalCredentialParameter',
    NamedCredential: 'NamedCredential'
};
const ENTITY_TYPE_OF_PREFIX = new Map(
    Object.entries(ENTITY_TYPES).map(([metadataType, entityType]) => [metadataKeyPrefix(metadataType), entityType])
);

/** The platform tells the type of an entity from its id. */
function nameEntityType(item: WorkItem, { store }: DmlContext): void {
    const entity = item.after?.SetupEntityId;
    const type = entity instanceof Id ? ENTITY_TYPE_OF_PREFIX.get(entity.prefix) : undefined;
    if (item.after === undefined || type === undefined) return;
    item.after = { ...item.after, SetupEntityType: type };
    store.put('SetupEntityAccess', item.after);
}

/** The first version of a file makes its document, and a link to the record it was published to. */
function publishVersion(item: WorkItem, context: DmlContext): void {
    const { store } = context;
    const version = item.after;
    if (version === undefined) return;
    const path = String(version.PathOnClient ?? '');
    const extension = path.includes('.') ? path.slice(path.lastIndexOf('.') + 1).toLowerCase() : null;
    const size = version.VersionData instanceof Blob ? version.VersionData.size : 0;
    const file = { FileExtension: extension, FileType: fileTypeOf(extension), ContentSize: size };
    const documentId = version.ContentDocumentId instanceof Id ? version.ContentDocumentId : store.newId('069');
    const earlier = store.table('ContentDocument').get(documentId.value);
    const number = retireVersions(documentId, store) + 1;
    const after = { ...version, ...file, ContentDocumentId: documentId, IsLatest: true, VersionNumber: String(number) };
    store.put('ContentVersion', after);
    item.after = after;
    const audit = ['OwnerId', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'];
    const copied = Object.fromEntries(audit.map((name) => [name, version[name] ?? null]));
    store.put('ContentDocument', {
        ...copied,
        ...earlier,
        ...file,
        Id: documentId,
        Title: version.Title ?? null,
        LatestPublishedVersionId: version.Id ?? null,
        PublishStatus: 'P'
    });
    if (earlier === undefined) linkDocument(item, documentId, context);
}

/** The links of a new file to its owner and to where it was published are saved with their triggers. */
function linkDocument(item: WorkItem, documentId: Id, context: DmlContext): void {
    const object = context.schema.object('ContentDocumentLink');
    if (object === undefined) return;
    const { OwnerId: owner, FirstPublishLocationId: location } = item.after ?? {};
    const links = [...newLink(documentId, owner, 'I'), ...newLink(documentId, location, 'V')];
    fireBefore(links, object, 'insert', context);
    for (const link of links.filter(isGood)) {
        link.after = { Id: context.store.newId(object.keyPrefix), ...link.values };
        context.store.put(object.name, link.after);
    }
    fireAfter(links, object, 'insert', context);
    for (const { errors } of links) item.errors.push(...errors);
}

/** `shareType`: inferred from the record for its owner, viewer for others. */
function newLink(documentId: Id, target: FieldValue | undefined, shareType: 'I' | 'V'): WorkItem[] {
    if (!(target instanceof Id)) return [];
    const values = {
        ContentDocumentId: documentId,
        LinkedEntityId: target,
        ShareType: shareType,
        Visibility: 'AllUsers'
    };
    return [{ ...workItem(new SObject('ContentDocumentLink'), 0), values, created: true }];
}

/** File types that are not named like the extension (Object Reference, ContentVersion.FileType). */
const FILE_TYPES: Readonly<Record<string, string>> = {
    doc: 'WORD',
    docx: 'WORD_X',
    htm: 'HTML',
    ppt: 'POWER_POINT',
    pptx: 'POWER_POINT_X',
    txt: 'TEXT',
    xls: 'EXCEL',
    xlsx: 'EXCEL_X'
};

function fileTypeOf(extension: string | null): string {
    return extension === null ? 'UNKNOWN' : (FILE_TYPES[extension] ?? extension.toUpperCase());
}

/** Marks the versions of a document as superseded and answers how many there are. */
function retireVersions(documentId: Id, store: DmlContext['store']): number {
    const versions = [...store.table('ContentVersion').rows()].filter(
        (row) => row.ContentDocumentId instanceof Id && row.ContentDocumentId.equals(documentId)
    );
    const published = versions.filter((row) => row.VersionNumber !== undefined);
    for (const row of published) {
        if (row.IsLatest === true) store.put('ContentVersion', { ...row, IsLatest: false });
    }
    return published.length;
}
