import { documentsOf, textOf } from '../schema/document.ts';
import type { MetadataComponent } from './metadata-registry.ts';
import type { Org } from './org.ts';
import type { ProviderSecrets } from './provider-secrets.ts';

const TYPE = 'ExternalAuthIdentityProvider';
const NAMES = ['clientId', 'clientSecret'];

/** An external auth identity provider and the credentials that are stored for it. */
export interface ExternalProvider {
    readonly component: MetadataComponent;
    readonly name: string;
    readonly stored: ReturnType<ProviderSecrets['get']>;
}

export type ExternalProviderOrg = Pick<Org, 'metadata' | 'providerSecrets'>;

export function externalProviderNamed(
    { metadata, providerSecrets }: ExternalProviderOrg,
    wanted: string
): ExternalProvider | undefined {
    const component = metadata.get(TYPE, wanted);
    if (component === undefined) return undefined;
    return { component, name: component.fullName, stored: providerSecrets.get(TYPE, component.fullName) };
}

export function externalProviders(org: ExternalProviderOrg): ExternalProvider[] {
    return org.metadata.list(TYPE).flatMap(({ fullName }) => externalProviderNamed(org, fullName) ?? []);
}

/** Keeps client id and secret; answers why it does not. Source: Connect REST API Developer Guide, External Auth Identity Provider Credentials. */
export function storeProviderCredentials(
    org: ExternalProviderOrg,
    name: string,
    values: ReadonlyMap<string, string>
): string | undefined {
    const unknown = [...values.keys()].find((key) => !NAMES.includes(key));
    if (unknown !== undefined) return `An external auth identity provider has no credential "${unknown}".`;
    const missing = NAMES.find((key) => !values.get(key));
    if (missing !== undefined) return `The credential "${missing}" is required.`;
    org.providerSecrets.put(TYPE, name, values);
    return undefined;
}

/** Parameters of a provider: type, name and value as they are deployed. */
export function providerParameters({
    component
}: ExternalProvider): { readonly type: string; readonly name: string; readonly value: string | null }[] {
    return documentsOf(component.document, 'externalAuthIdentityProviderParameters').map((entry) => ({
        type: textOf(entry, 'parameterType') ?? '',
        name: textOf(entry, 'parameterName') ?? '',
        value: textOf(entry, 'parameterValue') ?? null
    }));
}
