import { isMigratable, migrateAuthProvider } from './auth-provider.ts';
import { migrateConnectedApp } from './connected-app.ts';
import { text } from './document.ts';
import { isLegacy, migrateNamedCredential } from './named-credential.ts';
import type { LegacyComponent, Migrated } from './types.ts';

/** Everything legacy among the components, in modern metadata. Modern components are left alone. */
export function migrate(components: readonly LegacyComponent[]): Migrated {
    const ofType = (type: LegacyComponent['type']): LegacyComponent[] =>
        components.filter((component) => component.type === type);
    const setNames = new Map(
        ofType('PermissionSet').map(({ document, fullName }) => [text(document, 'label') ?? fullName, fullName])
    );
    const providers = ofType('AuthProvider');
    const migrated = new Set(providers.filter(isMigratable).map(({ fullName }) => fullName));
    const parts = [
        ...ofType('ConnectedApp').map((app) => migrateConnectedApp(app, setNames)),
        ...providers.map(migrateAuthProvider),
        ...ofType('NamedCredential')
            .filter(isLegacy)
            .map((credential) => migrateNamedCredential(credential, migrated))
    ];
    return {
        files: parts.flatMap(({ files }) => files),
        notCarried: parts.flatMap(({ notCarried }) => notCarried)
    };
}
