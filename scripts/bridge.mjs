#!/usr/bin/env node
// Entry of the `bridge` command (npm link): the bootstrap makes sure that packages and Node 24 are there.
process.argv.splice(2, 0, new URL('cli.ts', import.meta.url).pathname);
await import('./bootstrap.mjs');
