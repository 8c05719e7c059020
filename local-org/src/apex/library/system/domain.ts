import { NativeObject } from '../../runtime/native-object.ts';
import { platformEnumValue } from '../../runtime/enum-value.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass, type NativeStatic } from '../native.ts';
import type { UrlObject } from './url.ts';

/** The one host of a local org. */
class DomainObject extends NativeObject {
    readonly className = 'System.Domain';
    readonly name: string;

    constructor(name: string) {
        super();
        this.name = name;
    }
}

/** `localhost:7700`: everything that an org here has is behind the same name. */
function hostOf({ org }: Runtime): URL {
    return new URL(org.baseUrl);
}

/** Takes a host or a URL. Hosts that are not the org's own are refused, as on the platform. */
function parse(rt: Runtime, host: string): DomainObject {
    const own = hostOf(rt);
    const lower = (/^https?:\/\/([^/?#]*)/i.exec(host.trim())?.[1] ?? host.trim()).toLowerCase();
    if (lower !== own.host && lower !== own.hostname) {
        const message = `${host} is not a domain of this org`;
        return rt.throwNew('System.InvalidParameterValueException', message);
    }
    return new DomainObject(own.hostname);
}

const host: NativeStatic = (rt) => hostOf(rt).host;

function noSites(rt: Runtime): never {
    return rt.throwNew('System.InvalidParameterValueException', 'Digital Experiences are not enabled in this org');
}

/**
 * Domain, DomainCreator and DomainParser (Apex Reference, System Namespace). Every host is the org's one, whatever package
 * it is asked for; sites of Experience Cloud have none, as in an org without Digital Experiences.
 */
export const domainClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'System.Domain',
        methods: {
            'getDomainType()': () => platformEnumValue('System.DomainType', 'ORG_MY_DOMAIN'),
            'getMyDomainName()': (_rt, self: DomainObject) => self.name,
            'getPackageName()': () => null,
            'getSandboxName()': () => null,
            'getSitesSubdomainName()': () => null
        }
    }),
    nativeClass({
        name: 'System.DomainCreator',
        statics: {
            'getContentHostname()': host,
            'getExperienceCloudSitesBuilderHostname()': noSites,
            'getExperienceCloudSitesHostname()': noSites,
            'getExperienceCloudSitesLivePreviewHostname()': noSites,
            'getExperienceCloudSitesPreviewHostname()': noSites,
            'getLightningContainerComponentHostname(String)': host,
            'getLightningHostname()': host,
            'getOrgMyDomainHostname()': host,
            'getSalesforceSitesHostname()': host,
            'getSetupHostname()': host,
            'getVisualforceHostname(String)': host
        }
    }),
    nativeClass({
        name: 'System.DomainParser',
        statics: {
            'parse(String)': noNulls(parse),
            'parse(Url)': noNulls((rt, url: UrlObject) => parse(rt, url.text))
        }
    })
];
