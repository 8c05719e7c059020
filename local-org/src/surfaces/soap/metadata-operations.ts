import { DeployOptionError, readDeployOptions } from '../../deploy/deploy-options.ts';
import { DeployRefusal } from '../../deploy/deploy-refusal.ts';
import type { DeployOptions } from '../../deploy/deploy-types.ts';
import { deploymentsOf } from '../../deploy/deployments.ts';
import { describeDeployResult } from '../../deploy/describe-result.ts';
import { METADATA_HANDLERS } from '../../deploy/handlers/index.ts';
import { listMetadata } from '../../deploy/list-metadata.ts';
import type { XmlElement } from '../../deploy/document/parse-xml.ts';
import { packagedType, parentType } from '../../deploy/package/type-registry.ts';
import { retrievalsOf } from '../../deploy/retrievals.ts';
import type { FileProperties } from '../../deploy/retrieve.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { Session } from '../../org/sessions.ts';
import { childOf, childrenOf, childText, SoapFault } from './envelope.ts';

/** Content of the answer: `{ result: … }`. */
type Operation = (input: XmlElement, org: LocalOrg, session: Session) => Readonly<Record<string, unknown>>;

/** The file-based calls of the Metadata API. Source: Metadata API Developer Guide, File-Based Calls. */
export const METADATA_OPERATIONS: ReadonlyMap<string, Operation> = new Map(
    Object.entries<Operation>({
        deploy: (input, org, session) => {
            const zip = Buffer.from(childText(input, 'ZipFile') ?? '', 'base64');
            const options = readOptions(childOf(input, 'DeployOptions'));
            const id = begun(() => deploymentsOf(org).deploy({ zip, options, userId: session.userId }));
            return { result: { done: false, id, state: 'Queued' } };
        },
        checkDeployStatus: (input, org) => {
            const result = deploymentsOf(org).result(childText(input, 'asyncProcessId') ?? '');
            if (!result) {
                throw noSuchProcess(childText(input, 'asyncProcessId'));
            }
            return { result: describeDeployResult(result, childText(input, 'includeDetails') === 'true') };
        },
        cancelDeploy: (input, org) => {
            const id = childText(input, 'String') ?? childText(input, 'id') ?? '';
            if (!deploymentsOf(org).result(id)) {
                throw noSuchProcess(id);
            }
            throw new SoapFault('INVALID_ID_FIELD', `Deployment already completed: ${id}`);
        },
        deployRecentValidation: (input, org, session) => {
            const validationId = childText(input, 'validationId') ?? '';
            return {
                result: begun(() => deploymentsOf(org).deployRecentValidation(validationId, session.userId))
            };
        },
        retrieve: (input, org) => ({
            result: { done: false, id: startRetrieve(input.children[0] ?? input, org), state: 'Queued' }
        }),
        checkRetrieveStatus: (input, org) => ({
            result: retrieveStatus(childText(input, 'asyncProcessId') ?? '', org)
        }),
        listMetadata: (input, org) => ({
            result: childrenOf(input, 'queries').flatMap((query) =>
                listMetadata(org, knownType(childText(query, 'type'))).map((file) => describeFile(file, org))
            )
        }),
        describeMetadata: () => ({ result: describeMetadata() })
    })
);

function begun(deploy: () => string): string {
    try {
        return deploy();
    } catch (error) {
        throw error instanceof DeployRefusal ? new SoapFault(error.code, error.message) : error;
    }
}

/** Other types than the org takes are still types: it has no components of them. */
function knownType(name = ''): string {
    if (packagedType(name) === undefined && parentType(name) === undefined) {
        throw new SoapFault('INVALID_TYPE', `Cannot use: ${name} in this version`);
    }
    return name;
}

function noSuchProcess(id: string | undefined): SoapFault {
    return new SoapFault('INVALID_ID_FIELD', `invalid parameter value: asyncProcessId ${id ?? ''}`);
}

function readOptions(element: XmlElement | undefined): DeployOptions {
    try {
        return readDeployOptions({
            flag: (name) => element && childText(element, name),
            testLevel: element && childText(element, 'testLevel'),
            runTests: element ? childrenOf(element, 'runTests').map((test) => test.text.trim()) : []
        });
    } catch (error) {
        if (error instanceof DeployOptionError) {
            throw new SoapFault('NOT_SUPPORTED_LOCALLY', error.message);
        }
        throw error;
    }
}

/** The one argument is `retrieveRequest` in the WSDL and `request` in jsforce; the platform goes by its place. */
function startRetrieve(request: XmlElement, org: LocalOrg): string {
    const unpackaged = childOf(request, 'unpackaged');
    if (!unpackaged || childrenOf(request, 'packageNames').some((name) => name.text.trim() !== '')) {
        throw new SoapFault('NOT_SUPPORTED_LOCALLY', 'The local org does not support the retrieve of packages');
    }
    const members = childrenOf(unpackaged, 'types').flatMap((types) =>
        childrenOf(types, 'members').map((member) => ({
            type: childText(types, 'name') ?? '',
            fullName: member.text.trim()
        }))
    );
    return retrievalsOf(org).start(members, childText(unpackaged, 'version') ?? org.apiVersion);
}

function retrieveStatus(id: string, org: LocalOrg): Readonly<Record<string, unknown>> {
    const result = retrievalsOf(org).result(id);
    if (!result) {
        throw noSuchProcess(id);
    }
    return {
        done: true,
        fileProperties: result.properties.map((properties) => describeFile(properties, org)),
        id,
        messages: result.messages,
        status: 'Succeeded',
        success: true,
        zipFile: Buffer.from(result.zip).toString('base64')
    };
}

function describeFile(properties: FileProperties, org: LocalOrg): Readonly<Record<string, unknown>> {
    const { type, fullName, fileName, id, lastModified } = properties;
    const date = new Date(lastModified).toISOString();
    const author = { id: org.admin.userId, name: org.users.byId(org.admin.userId)?.name ?? '' };
    return {
        createdById: author.id,
        createdByName: author.name,
        createdDate: date,
        fileName,
        fullName,
        id,
        lastModifiedById: author.id,
        lastModifiedByName: author.name,
        lastModifiedDate: date,
        manageableState: 'unmanaged',
        type
    };
}

function describeMetadata(): Readonly<Record<string, unknown>> {
    const types = [...METADATA_HANDLERS.keys()].flatMap((type) => packagedType(type) ?? []);
    return {
        metadataObjects: types.map(({ name, directory, suffix, shape, children }) => ({
            childXmlNames: children.map((child) => child.name),
            directoryName: directory,
            inFolder: false,
            metaFile: shape === 'content',
            suffix,
            xmlName: name
        })),
        organizationNamespace: '',
        partialSaveAllowed: true,
        testRequired: false
    };
}
