import { deployDocument, METADATA_NAMESPACE, retrieveFiles, rootOf } from './metadata-documents.ts';
import type { BridgeOrg } from './org-connection.ts';

/**
 * Reads and writes one org-wide setting through the Metadata API without touching a file: what is switched on for a
 * moment must be put back as it was, whatever the project's own source says.
 */
export interface SettingAddress {
    /** Full name of the Settings component: `ExternalClientApp`. */
    readonly settings: string;
    /** Root element: `ExternalClientAppSettings`. */
    readonly root: string;
    readonly field: string;
}

/** Throws RETRIEVE_FAILED. */
export async function readBooleanSetting(org: BridgeOrg, { settings, field }: SettingAddress): Promise<boolean> {
    const files = await retrieveFiles(org, { Settings: [settings] });
    // An org that never stored the setting retrieves nothing for it; the platform's default is off.
    return rootOf(files.get(pathOf(settings)) ?? '')[field] === 'true';
}

/** Throws DOCUMENT_REFUSED. */
export async function writeBooleanSetting(
    org: BridgeOrg,
    { settings, root, field }: SettingAddress,
    value: boolean
): Promise<void> {
    const xml =
        `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${METADATA_NAMESPACE}">` +
        `<${field}>${value}</${field}></${root}>\n`;
    await deployDocument(org, { type: 'Settings', fullName: settings, path: pathOf(settings) }, xml);
}

function pathOf(settings: string): string {
    return `settings/${settings}.settings`;
}
