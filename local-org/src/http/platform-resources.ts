/**
 * Resources that the platform has, to tell "not on the platform" (404) from "not in the local org" (501). A resource
 * that a surface serves never reaches this list. Sources: REST API Developer Guide, Connect REST API Developer Guide,
 * the resource list that `/services/data/v67.0` answers.
 */
const DATA_RESOURCES: ReadonlySet<string> = new Set(
    `actions analytics appMenu apps asyncQueries asyncqueries chatter commerce compactLayouts composite connect consent
    contact-tracing dedupe domino eclair einstein emailConnect event event-schema eventSchema fingerprint folders iot jobs
    jsonxform knowledgeArticles knowledgeManagement licensing limits localizedvalue match metadata named-credentials
    nouns parameterizedSearch payments prechatForms process query queryAll quickActions recent s2s scheduling search
    serviceTemplates smartdatadiscovery sobjects ssot support tabs theme tooling ui-api wave`.split(/\s+/)
);

const ROOTS: readonly string[] = [
    '/.well-known/',
    '/_nc_external/',
    '/aura',
    '/cometd',
    '/event/',
    '/id/',
    '/lightning',
    '/lwr/',
    '/secur/',
    '/services/Soap/',
    '/services/async/',
    '/services/auth/',
    '/services/authcallback/',
    '/services/extidp/',
    '/services/headless/',
    '/services/oauth2/',
    '/services/wsdl/',
    '/setup/',
    '/visualforce/'
];

/** The resource's name when the platform has it, for the message of the 501. */
export function platformResource(path: string): string | undefined {
    const segments = path.split('/');
    if (segments[1] === 'services' && segments[2] === 'data' && segments.length > 4) {
        return DATA_RESOURCES.has(segments[4]) ? path : undefined;
    }
    return ROOTS.some((root) => path.startsWith(root)) ? path : undefined;
}
