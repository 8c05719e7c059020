import { readFile } from 'node:fs/promises';
import { XMLBuilder } from 'fast-xml-parser';
import { format, resolveConfig } from 'prettier';
import { projectPath } from './project.ts';

/** The contract of the target's REST API, from which the registration is made. */
export const CONTRACT_PATH = projectPath('docs', 'openapi', 'target-accounts.json');

/** Where the registration lives: Flow offers its operations as actions. */
export const REGISTRATION_PATH = projectPath(
    'force-app/source/external-service/externalServiceRegistrations/TargetAccounts.externalServiceRegistration-meta.xml'
);

const NAMED_CREDENTIAL = 'TargetOrg_NC';

interface Contract {
    readonly info: { readonly title: string; readonly description: string };
    readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
}

/**
 * The text of the registration for the contract as it is on disk.
 * Source: Metadata API Developer Guide, ExternalServiceRegistration.
 */
export async function renderRegistration(): Promise<string> {
    const contract = JSON.parse(await readFile(CONTRACT_PATH, 'utf8')) as Contract;
    const operations = Object.values(contract.paths).flatMap((path) => Object.values(path));
    const document = {
        '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
        ExternalServiceRegistration: {
            '@xmlns': 'http://soap.sforce.com/2006/04/metadata',
            description: contract.info.description,
            label: contract.info.title,
            namedCredentialReference: NAMED_CREDENTIAL,
            operations: operations.map(({ operationId }) => ({ active: true, name: operationId })),
            registrationProviderType: 'Custom',
            // As CDATA: formatters of XML leave it alone.
            schema: { '#cdata': JSON.stringify(contract) },
            schemaType: 'OpenApi3',
            status: 'Complete'
        }
    };
    const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', cdataPropName: '#cdata' });
    const xml = String(builder.build(document));
    return format(xml, { ...(await resolveConfig(REGISTRATION_PATH)), filepath: REGISTRATION_PATH });
}
