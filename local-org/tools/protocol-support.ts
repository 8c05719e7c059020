import { writeFileSync } from 'node:fs';
import { METADATA_HANDLERS } from '../src/deploy/handlers/index.ts';
import { SURFACES } from '../src/surfaces/index.ts';

/** The page that lists what a local org answers and deploys, written from the tables the code itself uses. */
export const PAGE = new URL('../../docs/local-org-support.md', import.meta.url);

export function protocolSupport(): string {
    const surfaces = SURFACES.flatMap((surface) => [
        `### ${surface.name}`,
        '',
        ...[...new Set(surface.routes.map(({ methods, path }) => `- \`${methods.join(' ')} ${path}\``))],
        ''
    ]);
    const types = [...METADATA_HANDLERS.keys()].sort((left, right) => left.localeCompare(right));
    return [
        '# What a local org supports',
        '',
        'Written by `npm run build:docs` from the tables in `local-org/src/surfaces` and `local-org/src/deploy/handlers`; a test',
        'fails when it is stale. Apex classes are in [apex-support.md](apex-support.md).',
        '',
        '## Resources',
        '',
        'A resource that the platform has and this list lacks answers HTTP 501 and names itself.',
        '',
        ...surfaces,
        '## Metadata types',
        '',
        'A component of any other type is a failure of the deploy that names the type.',
        '',
        ...types.map((type) => `- ${type}`),
        ''
    ].join('\n');
}

if (import.meta.main) {
    writeFileSync(PAGE, protocolSupport());
}
