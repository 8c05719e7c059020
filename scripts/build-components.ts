/**
 * Emits the .js of the Lightning web components whose .ts has changed.
 *
 *     npm run build:lwc
 */
import { EXIT_CODES, toBridgeError } from './lib/errors.ts';
import { buildComponents } from './lib/lwc-build.ts';

try {
    await buildComponents();
} catch (thrown) {
    process.stderr.write(`${toBridgeError(thrown).message}\n`);
    process.exitCode = EXIT_CODES.checksFailed;
}
