/** Logins and connections: setup objects whose rows follow from deployed metadata. Notation: object-spec.ts. */
export const IDENTITY_OBJECTS = `
object ExternalClientApplication 0xI External Client Application/External Client Applications
noinsert setup

object ExtlClntAppOauthSettings 0xO External Client App OAuth Settings/External Client App OAuth Settings
noinsert setup

object ExtlClntAppOauthPlcyCnfg 0xQ External Client App OAuth Policy/External Client App OAuth Policies
noinsert setup

object ExtlClntAppPlcyCnfg 0xP External Client App Policy/External Client App Policies
noinsert setup

object ConnectedApplication 0H4 Connected App/Connected Apps
noinsert setup

object AuthProvider 0SO Auth. Provider/Auth. Providers
noinsert setup

object NamedCredential 0XA Named Credential/Named Credentials
noinsert setup

object CspTrustedSite 08y Trusted URL/Trusted URLs
noinsert setup
`;
