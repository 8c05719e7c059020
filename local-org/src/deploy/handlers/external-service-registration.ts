import type { MetadataDocument } from '../../org/metadata-registry.ts';
import { documentsOf, textOf } from '../../schema/document.ts';
import type { PackageProblem } from '../package/package-components.ts';
import type { MetadataHandler } from './metadata-handler.ts';
import { checkElement } from './references.ts';

interface Contract {
    readonly paths?: Readonly<Record<string, Readonly<Record<string, { readonly operationId?: string }>>>>;
}

/**
 * Kept and checked; the actions that the platform makes of the operations are not run here.
 * Source: Metadata API Developer Guide, ExternalServiceRegistration.
 */
export const externalServiceRegistrationHandler: MetadataHandler = {
    check({ document }, context) {
        return [
            ...checkElement(context, document, 'namedCredentialReference', 'NamedCredential'),
            ...checkContract(document)
        ];
    }
};

function checkContract(document: MetadataDocument | undefined): readonly PackageProblem[] {
    const text = textOf(document, 'schema') ?? '';
    const contract = parseContract(text);
    if (contract === undefined) {
        const message =
            'The local org reads the schema of an ExternalServiceRegistration as JSON; this one is not JSON';
        return [{ message }];
    }
    const known = operationsOf(contract);
    return documentsOf(document, 'operations')
        .map((operation) => textOf(operation, 'name') ?? '')
        .filter((name) => !known.has(name.toLowerCase()))
        .map((name) => ({ message: `In field: operations - no operation named ${name} found in the schema` }));
}

function parseContract(text: string): Contract | undefined {
    try {
        return JSON.parse(text) as Contract;
    } catch {
        return undefined;
    }
}

/** Names of operations are compared without case: the platform lower-cases them. */
function operationsOf({ paths = {} }: Contract): ReadonlySet<string> {
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    return new Set(operations.flatMap(({ operationId }) => operationId?.toLowerCase() ?? []));
}
