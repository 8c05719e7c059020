import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { XMLParser } from 'fast-xml-parser';
import { BridgeError } from './errors.ts';
import type { BridgeOrg } from './org-connection.ts';
import { sourceApiVersion } from './project.ts';

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

export async function readBooleanSetting(org: BridgeOrg, address: SettingAddress): Promise<boolean> {
    const request = {
        apiVersion: sourceApiVersion(),
        singlePackage: true,
        unpackaged: { types: [{ members: [address.settings], name: 'Settings' }], version: sourceApiVersion() }
    };
    const result = await org.connection.metadata.retrieve(request as never).complete();
    const zip = (result as unknown as { zipFile?: string }).zipFile;
    const files = zip === undefined ? {} : unzipSync(Buffer.from(zip, 'base64'));
    const name = Object.keys(files).find((file) => file.endsWith(`${address.settings}.settings`));
    if (name === undefined) {
        // An org that never stored the setting retrieves nothing for it; the platform's default is off.
        return false;
    }
    const document = new XMLParser().parse(strFromU8(files[name])) as Record<string, Record<string, unknown>>;
    return String(document[address.root]?.[address.field]) === 'true';
}

export async function writeBooleanSetting(org: BridgeOrg, address: SettingAddress, value: boolean): Promise<void> {
    const namespace = 'http://soap.sforce.com/2006/04/metadata';
    const files = {
        'package.xml': strToU8(
            `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="${namespace}"><types><members>${address.settings}</members>` +
                `<name>Settings</name></types><version>${sourceApiVersion()}</version></Package>\n`
        ),
        [`settings/${address.settings}.settings`]: strToU8(
            `<?xml version="1.0" encoding="UTF-8"?>\n<${address.root} xmlns="${namespace}">` +
                `<${address.field}>${value}</${address.field}></${address.root}>\n`
        )
    };
    const deploy = org.connection.metadata.deploy(Buffer.from(zipSync(files)), {
        singlePackage: true,
        rollbackOnError: true
    });
    const result = await deploy.complete({ details: true } as never);
    if (!result.success) {
        throw new BridgeError(
            'org',
            'SETTING_NOT_CHANGED',
            `The ${org.role} org refused ${address.root}.${address.field} = ${value}.`,
            ['Check that your user may modify metadata (Customize Application, Modify Metadata).']
        );
    }
}
