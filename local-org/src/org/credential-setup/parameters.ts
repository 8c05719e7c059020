import { textOf } from '../../schema/document.ts';
import { inputsOf, optionalText, requiredChoice, requiredText, withoutAbsent, type Input } from './input.ts';
import type { MetadataDocument } from '../metadata-registry.ts';
import type { Output } from './setup-context.ts';

/** Source: Apex Reference, ConnectApi.ExternalCredentialParameterInput and ConnectApi.NamedCredentialParameterInput. */
const PROPERTIES = ['id', 'parameterDescription', 'parameterName', 'parameterType', 'parameterValue'];

/** Elements that hold the value of parameters of these types: it names a component. */
const NAMING: Readonly<Record<string, string>> = {
    AuthProvider: 'authProvider',
    ClientCertificate: 'certificate',
    ExternalAuthIdentityProvider: 'externalAuthIdentityProvider',
    SigningCertificate: 'certificate'
};

/** Parameters of a credential from the property `parameters`, whose types have to be among these. */
export function parameterDocuments(input: Input, types: readonly string[]): Record<string, string>[] {
    return inputsOf(input, 'parameters', PROPERTIES).map((parameter) => {
        const parameterType = requiredChoice(parameter, 'parameterType', types);
        return withoutAbsent({
            description: optionalText(parameter, 'parameterDescription'),
            parameterName: requiredText(parameter, 'parameterName'),
            parameterType,
            [NAMING[parameterType] ?? 'parameterValue']: requiredText(parameter, 'parameterValue')
        });
    });
}

export function parameterOutput(parameter: MetadataDocument): Output {
    const parameterType = textOf(parameter, 'parameterType') ?? null;
    return {
        parameterDescription: textOf(parameter, 'description') ?? null,
        parameterName: textOf(parameter, 'parameterName') ?? null,
        parameterType,
        parameterValue: textOf(parameter, NAMING[parameterType ?? ''] ?? 'parameterValue') ?? null
    };
}
