/**
 * Environment of Salesforce's own client libraries; must be imported before them. They would otherwise write a log file
 * (half a second at exit) and send telemetry from a detached child.
 */
process.env['SF_DISABLE_LOG_FILE'] ??= 'true';
process.env['SF_DISABLE_TELEMETRY'] ??= 'true';
process.env['SF_DISABLE_SOURCE_MEMBER_POLLING'] ??= 'true';
// Scratch org definitions: as a future release has it, and without its warning.
process.env['SF_ORG_CAPITALIZE_RECORD_TYPES'] ??= 'true';

/** The clients warn of http on every connection; on loopback there is no one to listen. */
const emitWarning = process.emitWarning.bind(process) as (warning: string | Error, ...rest: unknown[]) => void;
process.emitWarning = (warning: string | Error, ...rest: unknown[]): void => {
    const isLoopback = String(warning).includes('insecure protocol') && String(warning).includes('http://localhost:');
    if (!isLoopback) {
        emitWarning(warning, ...rest);
    }
};
