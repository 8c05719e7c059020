/**
 * Environment of Salesforce's own client libraries; must be imported before them. They would otherwise write a log file
 * (half a second at exit) and send telemetry from a detached child.
 */
process.env['SF_DISABLE_LOG_FILE'] ??= 'true';
process.env['SF_DISABLE_TELEMETRY'] ??= 'true';
process.env['SF_DISABLE_SOURCE_MEMBER_POLLING'] ??= 'true';
