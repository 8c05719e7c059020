import { apexHandler } from './apex.ts';
import { authProviderHandler } from './auth-provider.ts';
import { certificateHandler } from './certificate.ts';
import { connectedAppHandler } from './connected-app.ts';
import { customApplicationHandler } from './custom-application.ts';
import { customFieldHandler } from './custom-field.ts';
import { customMetadataHandler } from './custom-metadata.ts';
import { customObjectHandler } from './custom-object.ts';
import { customTabHandler } from './custom-tab.ts';
import {
    appPolicyHandler,
    externalClientApplicationHandler,
    globalOauthSettingsHandler,
    oauthPolicyHandler,
    oauthSettingsHandler
} from './external-client-app.ts';
import { externalCredentialHandler } from './external-credential.ts';
import { externalServiceRegistrationHandler } from './external-service-registration.ts';
import { flexiPageHandler } from './flexi-page.ts';
import { layoutHandler } from './layout.ts';
import { lightningComponentBundleHandler } from './lightning-component-bundle.ts';
import type { MetadataHandler } from './metadata-handler.ts';
import { namedCredentialHandler } from './named-credential.ts';
import { objectPartHandler } from './object-part.ts';
import { permissionSetHandler } from './permission-set.ts';
import { permissionSetGroupHandler } from './permission-set-group.ts';
import { platformEventSubscriberConfigHandler } from './platform-event-subscriber-config.ts';
import { settingsHandler } from './settings.ts';

/** Types that the org keeps and reads as they are. */
const documentHandler: MetadataHandler = {};

/** Every metadata type that the local org takes. A type that is not here is a component failure that names it. */
export const METADATA_HANDLERS: ReadonlyMap<string, MetadataHandler> = new Map(
    Object.entries<MetadataHandler>({
        ApexClass: apexHandler,
        ApexComponent: documentHandler,
        ApexPage: documentHandler,
        ApexTestSuite: documentHandler,
        ApexTrigger: apexHandler,
        AuthProvider: authProviderHandler,
        BusinessProcess: objectPartHandler,
        Certificate: certificateHandler,
        CompactLayout: objectPartHandler,
        ConnectedApp: connectedAppHandler,
        CorsWhitelistOrigin: documentHandler,
        CspTrustedSite: documentHandler,
        CustomApplication: customApplicationHandler,
        CustomField: customFieldHandler,
        CustomLabel: documentHandler,
        CustomLabels: documentHandler,
        CustomIndex: documentHandler,
        CustomMetadata: customMetadataHandler,
        CustomNotificationType: documentHandler,
        CustomObject: customObjectHandler,
        CustomPermission: documentHandler,
        CustomTab: customTabHandler,
        ExternalAuthIdentityProvider: documentHandler,
        ExternalClientApplication: externalClientApplicationHandler,
        ExternalCredential: externalCredentialHandler,
        ExternalServiceRegistration: externalServiceRegistrationHandler,
        ExtlClntAppConfigurablePolicies: appPolicyHandler,
        ExtlClntAppGlobalOauthSettings: globalOauthSettingsHandler,
        ExtlClntAppOauthConfigurablePolicies: oauthPolicyHandler,
        ExtlClntAppOauthSettings: oauthSettingsHandler,
        FieldSet: objectPartHandler,
        FlexiPage: flexiPageHandler,
        GlobalValueSet: documentHandler,
        Layout: layoutHandler,
        LightningComponentBundle: lightningComponentBundleHandler,
        ListView: objectPartHandler,
        NamedCredential: namedCredentialHandler,
        PermissionSet: permissionSetHandler,
        PermissionSetGroup: permissionSetGroupHandler,
        PlatformEventSubscriberConfig: platformEventSubscriberConfigHandler,
        PlatformCachePartition: documentHandler,
        Profile: permissionSetHandler,
        RecordType: objectPartHandler,
        RemoteSiteSetting: documentHandler,
        Settings: settingsHandler,
        SharingReason: objectPartHandler,
        StaticResource: documentHandler,
        ValidationRule: objectPartHandler,
        WebLink: objectPartHandler
    })
);
