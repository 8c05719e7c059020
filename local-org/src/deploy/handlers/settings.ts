import type { MetadataHandler } from './metadata-handler.ts';

/** Org-wide settings: a deploy changes those it names and leaves the others alone. */
export const settingsHandler: MetadataHandler = {
    prepare: (document, previous) => ({ ...previous?.document, ...document })
};
