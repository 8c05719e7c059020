#!/usr/bin/env node
/**
 * First thing every npm script runs, on whatever Node (20 or newer) the machine has. It installs what is missing or
 * stale, then hands over to the project's own Node 24: `bootstrap.mjs <script.ts> [args]` runs a TypeScript file,
 * `bootstrap.mjs run <npm script>` runs an npm script. Its own messages go to stderr; stdout belongs to the command.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const binFolder = join(root, 'node_modules', '.bin');
/** Node keeps what it compiled here, so that the hundreds of TypeScript modules are not compiled at each start. */
const compileCache = join(root, 'node_modules', '.cache', 'node-compile');

/** True when a package of the lock file is absent or has another version; optional ones may be absent. */
function installIsStale() {
    const installedLock = join(root, 'node_modules', '.package-lock.json');
    if (!existsSync(installedLock) || !existsSync(join(binFolder, 'node'))) {
        return true;
    }
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages;
    return Object.entries(wanted).some(([path, entry]) => {
        const present = installed[path];
        return (
            path !== '' &&
            !entry.link &&
            (present ? present.version !== entry.version : !(entry.optional || entry.peer))
        );
    });
}

function install() {
    process.stderr.write('Installing the packages of package-lock.json (about two minutes, once) ...\n');
    // The npm of the machine, not the one an outdated node_modules/.bin may shadow.
    const path = (process.env.PATH ?? '')
        .split(delimiter)
        .filter((entry) => !entry.startsWith(join(root, 'node_modules')));
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
        cwd: root,
        env: { ...process.env, PATH: path.join(delimiter) },
        // What npm prints on stdout goes to stderr, so that stdout stays the command's alone.
        stdio: ['ignore', 2, 2],
        shell: process.platform === 'win32'
    });
    if (result.status !== 0) {
        process.stderr.write(
            'The install failed. Check the network and the registry (npm config get registry), then run: npm ci\n'
        );
        process.exit(result.status ?? 1);
    }
}

function handOver(argv) {
    const isNpmScript = argv[0] === 'run';
    const command = isNpmScript ? 'npm' : join(binFolder, 'node');
    const child = spawn(command, argv, {
        cwd: isNpmScript ? root : process.cwd(),
        env: {
            NODE_COMPILE_CACHE: compileCache,
            ...process.env,
            PATH: binFolder + delimiter + (process.env.PATH ?? '')
        },
        stdio: 'inherit',
        shell: process.platform === 'win32' && isNpmScript
    });
    // The terminal sends Ctrl+C to the whole group; a supervisor sends it to us alone.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
        process.on(signal, () => child.kill(signal));
    }
    child.on('error', (cause) => {
        process.stderr.write(`Cannot start ${command}: ${cause.message}\n`);
        process.exit(70);
    });
    child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + (constants.signals[signal] ?? 0)));
}

if (installIsStale()) {
    install();
}
handOver(process.argv.slice(2));
