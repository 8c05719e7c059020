import './client-environment.ts';
import { ExecuteService } from '@salesforce/apex-node';
import { BridgeError } from './errors.ts';
import type { BridgeOrg } from './org-connection.ts';

export interface AnonymousResult {
    readonly compiled: boolean;
    readonly success: boolean;
    readonly problem: string | undefined;
    readonly exception: string | undefined;
    readonly stackTrace: string | undefined;
    readonly line: number | undefined;
    readonly column: number | undefined;
    readonly log: string;
}

export async function executeAnonymous(org: BridgeOrg, apexCode: string): Promise<AnonymousResult> {
    const response = await new ExecuteService(org.connection).executeAnonymous({ apexCode });
    const diagnostic = response.diagnostic?.[0];
    return {
        compiled: response.compiled,
        success: response.success,
        problem: text(diagnostic?.compileProblem),
        exception: text(diagnostic?.exceptionMessage),
        stackTrace: text(diagnostic?.exceptionStackTrace),
        line: diagnostic?.lineNumber,
        column: diagnostic?.columnNumber,
        log: response.logs ?? ''
    };
}

/** Marks the line of the debug log that carries a result. */
const MARK = 'BRIDGE_RESULT ';

/**
 * Evaluates an Apex expression in the org and answers its value: the expression is serialised into the debug log, the only
 * way out of anonymous Apex. `statements` run before it.
 */
export async function evaluateApex<T>(org: BridgeOrg, statements: string, expression: string): Promise<T> {
    const code = `${statements}\nSystem.debug(LoggingLevel.ERROR, '${MARK}' + JSON.serialize(${expression}));`;
    const result = await executeAnonymous(org, code);
    if (!result.success) {
        const message = result.problem ?? result.exception ?? 'Anonymous Apex failed without a message.';
        throw new BridgeError('org', 'APEX_FAILED', `Apex in the ${org.role} org failed: ${message}`, [
            'The message says what failed; run the command again when it is corrected.'
        ]);
    }
    const line = result.log.split('\n').find((candidate) => candidate.includes(MARK));
    if (line === undefined) {
        throw new BridgeError(
            'org',
            'APEX_LOG_MISSING',
            `The ${org.role} org returned no debug log for anonymous Apex.`,
            ['Check that your user may author Apex and that debug logging is not blocked.']
        );
    }
    return JSON.parse(line.slice(line.indexOf(MARK) + MARK.length)) as T;
}

function text(value: string | undefined): string | undefined {
    return value === undefined || value === '' ? undefined : value;
}
