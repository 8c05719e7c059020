import { flagOf, textOf } from '../schema/document.ts';
import type { MetadataRegistry } from '../org/metadata-registry.ts';

/** Whether an active remote site setting covers the URL: same scheme, host and port. */
export function isRemoteSite(metadata: MetadataRegistry, url: string): boolean {
    const origin = URL.parse(url)?.origin;
    return metadata.list('RemoteSiteSetting').some(({ document }) => {
        const site = textOf(document, 'url');
        return site !== undefined && flagOf(document, 'isActive') && URL.parse(site)?.origin === origin;
    });
}
