import { BlockList, isIPv6 } from 'node:net';
import { documentsOf, textOf } from '../../schema/document.ts';
import { invalidGrant } from './oauth-error.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { MetadataDocument } from '../../org/metadata-registry.ts';
import type { OauthApp } from '../../org/oauth-app.ts';
import type { OrgUser } from '../../org/users.ts';

/**
 * Login IP ranges of the user's profile, unless the app's policy relaxes them. Source: help "Restrict Login IP Addresses in
 * Profiles", "IP Relaxation and Continuous IP Enforcement for Connected Apps".
 */
export function requireLoginIp(remoteAddress: string, org: LocalOrg, app: OauthApp, user: OrgUser): void {
    const ranges = loginIpRanges(org, user.profileName);
    if (app.enforcesLoginIp && ranges.length > 0 && !isWithin(plain(remoteAddress), ranges)) {
        throw invalidGrant('ip restricted');
    }
}

function loginIpRanges(org: LocalOrg, profile: string): readonly MetadataDocument[] {
    const document = org.metadata
        .list('Profile')
        .find(({ fullName }) => fullName.toLowerCase() === profile.toLowerCase())?.document;
    return documentsOf(document, 'loginIpRanges');
}

function isWithin(address: string, ranges: readonly MetadataDocument[]): boolean {
    const allowed = new BlockList();
    for (const range of ranges) {
        const [start, end] = [textOf(range, 'startAddress') ?? '', textOf(range, 'endAddress') ?? ''];
        allowed.addRange(start, end, familyOf(start));
    }
    return allowed.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
    return isIPv6(address) ? 'ipv6' : 'ipv4';
}

/** A socket that takes both families shows IPv4 addresses in the form of IPv6. */
function plain(address: string): string {
    return address.replace(/^::ffff:/, '');
}
