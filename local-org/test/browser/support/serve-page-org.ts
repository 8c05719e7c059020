import { pageStaticFile } from '../../../src/lwc/static-files.ts';
import { ensureVendorBundle } from '../../../src/lwc/vendor/vendor-bundle.ts';
import { openFront } from '../../../src/pair/front.ts';
import type { PageOrg } from '../../lwc/support/page-org.ts';

/** The org behind a real listener, with everything that a page loads. */
export async function servePageOrg(served: PageOrg): Promise<{ url: string; close(): Promise<void> }> {
    await ensureVendorBundle();
    const log = (text: string): void => void served.log.push(text);
    const deliver = (request: Parameters<PageOrg['handle']>[0]): Promise<ReturnType<PageOrg['handle']>> =>
        Promise.resolve(served.handle(request));
    const front = await openFront(0, { deliver, staticFiles: pageStaticFile, log });
    return { url: `http://localhost:${front.port}`, close: () => front.close() };
}
