import type { DeployContext } from './handlers/metadata-handler.ts';
import type { StagedComponent } from './stage.ts';

/** Compiles the bundles of the package, with the bundles and Apex classes of the org in reach. */
export function checkLightningBundles(_candidates: readonly StagedComponent[], _context: DeployContext): void {}
