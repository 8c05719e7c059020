import fc from 'fast-check';

/**
 * Fast-check with the same cases in each run, so that a test fails for a change and not by chance. `FUZZ_SEED` asks for
 * others.
 */
fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 20_260_301) });

export default fc;
