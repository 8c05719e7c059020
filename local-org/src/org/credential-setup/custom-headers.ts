import { documentsOf, numberOf, textOf } from '../../schema/document.ts';
import { inputsOf, numberText, requiredText, withoutAbsent, type Input } from './input.ts';
import type { MetadataDocument } from '../metadata-registry.ts';
import type { Output } from './setup-context.ts';

/** Source: Apex Reference, ConnectApi.CredentialCustomHeaderInput. */
const PROPERTIES = ['headerName', 'headerValue', 'id', 'sequenceNumber'];

/** Parameters of the type from the property `customHeaders`. */
export function headerParameters(input: Input, parameterType: string): MetadataDocument[] {
    return inputsOf(input, 'customHeaders', PROPERTIES).map((header) =>
        withoutAbsent({
            parameterGroup: 'DefaultGroup',
            parameterName: requiredText(header, 'headerName'),
            parameterType,
            parameterValue: requiredText(header, 'headerValue'),
            sequenceNumber: numberText(header, 'sequenceNumber')
        })
    );
}

export function headersOutput(document: MetadataDocument | undefined, element: string, type: string): Output[] {
    return documentsOf(document, element)
        .filter((parameter) => textOf(parameter, 'parameterType') === type)
        .map((parameter) => ({
            headerName: textOf(parameter, 'parameterName') ?? null,
            headerValue: textOf(parameter, 'parameterValue') ?? null,
            sequenceNumber: numberOf(parameter, 'sequenceNumber') ?? null
        }));
}
