import { globSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { LinkedOrgs } from '../../lib/context.ts';
import { recordValues } from '../../lib/metadata-documents.ts';
import type { BridgeOrg } from '../../lib/org-connection.ts';
import { projectPath, projectRoot } from '../../lib/project.ts';
import type { MappedObject } from './plan-types.ts';

export interface KnownMapping extends MappedObject {
    /** File or org that has it. */
    readonly where: string;
    /** Absolute path of its file. */
    readonly file: string | undefined;
}

const RECORDS = '**/customMetadata/Sync_Object.*.md-meta.xml';

const PROJECT_MAPPINGS = projectPath('force-app', 'sync');

/** Every mapping of the project, of the folder and of both orgs; one that several have is that of the first of them. */
export async function knownMappings({ source, target }: LinkedOrgs, folder: string): Promise<KnownMapping[]> {
    const all = [
        ...mappingsOfFiles([PROJECT_MAPPINGS, folder]),
        ...(await mappingsOfOrg(source)),
        ...(await mappingsOfOrg(target))
    ];
    const byName = new Map<string, KnownMapping>();
    for (const mapping of all) {
        if (!byName.has(mapping.name)) byName.set(mapping.name, mapping);
    }
    return [...byName.values()];
}

function mappingsOfFiles(folders: readonly string[]): KnownMapping[] {
    const files = folders.flatMap((folder) => globSync(RECORDS, { cwd: folder }).map((path) => join(folder, path)));
    return [...new Set(files)].sort().map((file) => {
        const name = basename(file).slice('Sync_Object.'.length, -'.md-meta.xml'.length);
        const values = recordValues(readFileSync(file, 'utf8'));
        return mappingOf(name, values, { where: relative(projectRoot, file), file });
    });
}

/** Mappings that an org has; none when it lacks the engine. */
async function mappingsOfOrg(org: BridgeOrg): Promise<KnownMapping[]> {
    const soql = 'SELECT DeveloperName, Source_Object__c, Target_Object__c, Order__c FROM Sync_Object__mdt';
    try {
        const { records } = await org.connection.query<Record<string, unknown> & { DeveloperName: string }>(soql);
        return records.map((row) =>
            mappingOf(row.DeveloperName, row, { where: `the ${org.role} org`, file: undefined })
        );
    } catch (error) {
        if ((error as { errorCode?: string }).errorCode === 'INVALID_TYPE') return [];
        throw error;
    }
}

type Place = Pick<KnownMapping, 'where' | 'file'>;

function mappingOf(name: string, values: Readonly<Record<string, unknown>>, place: Place): KnownMapping {
    return {
        name,
        source: text(values['Source_Object__c']),
        target: text(values['Target_Object__c']),
        order: Number(values['Order__c'] ?? 0),
        ...place
    };
}

function text(value: unknown): string {
    return typeof value === 'string' ? value : '';
}
