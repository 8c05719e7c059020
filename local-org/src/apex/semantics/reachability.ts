import type { BodyContext } from './body-context.ts';
import type { BoundStatement } from './bound.ts';

/** Up to API version 41 the compiler does not look for code behind a jump, save for the end of a method with a result. */
const UNREACHABLE_SINCE = 42;

export function reportsUnreachable({ unit }: BodyContext): boolean {
    return unit.apiVersion >= UNREACHABLE_SINCE;
}

/** Index of the last statement of a method's body where control cannot come and that is no jump itself. */
export function lastBehindJump(body: BoundStatement): number | undefined {
    if (body.kind !== 'block') return undefined;
    const last = body.statements.length - 1;
    const statement = body.statements[last];
    return statement !== undefined && canComplete(statement) ? last : undefined;
}

/** Whether control can come out at the end of a statement, by the rules of the platform's compiler. */
export function canComplete(statement: BoundStatement): boolean {
    switch (statement.kind) {
        case 'return':
        case 'throw':
        case 'break':
        case 'continue':
            return false;
        case 'block':
            return statement.statements.every(canComplete);
        case 'if':
            return statement.otherwise === undefined || canComplete(statement.then) || canComplete(statement.otherwise);
        case 'while':
        case 'for':
            return !isForever(statement.condition) || hasBreak(statement.body);
        case 'doWhile':
            return !isForever(statement.condition) || hasBreak(statement.body);
        case 'try': {
            if (statement.finally !== undefined && !canComplete(statement.finally)) return false;
            return canComplete(statement.body) || statement.catches.some(({ body }) => canComplete(body));
        }
        case 'switch': {
            const hasElse = statement.branches.some(({ when }) => when.kind === 'else');
            return !hasElse || statement.branches.some(({ body }) => canComplete(body));
        }
        case 'runAs':
            return canComplete(statement.body);
        default:
            return true;
    }
}

function isForever(condition: Extract<BoundStatement, { kind: 'for' }>['condition']): boolean {
    return condition === undefined || (condition.kind === 'constant' && condition.text === 'true');
}

/** A break that leaves the loop this is the body of. */
function hasBreak(statement: BoundStatement): boolean {
    switch (statement.kind) {
        case 'break':
            return true;
        case 'block':
            return statement.statements.some(hasBreak);
        case 'if':
            return hasBreak(statement.then) || (statement.otherwise !== undefined && hasBreak(statement.otherwise));
        case 'try':
            return [statement.body, ...statement.catches.map(({ body }) => body), statement.finally].some(
                (part) => part !== undefined && hasBreak(part)
            );
        case 'switch':
            return statement.branches.some(({ body }) => hasBreak(body));
        case 'runAs':
            return hasBreak(statement.body);
        default:
            return false;
    }
}
