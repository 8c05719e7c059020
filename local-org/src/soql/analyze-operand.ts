import { analyzeDistance } from './distance.ts';
import { notSupported, SoqlError, unexpectedArgument } from './errors.ts';
import type { FieldDef } from '../schema/types.ts';
import type { Call, Expression, Path } from './ast.ts';
import type { AggregateFunction, Operand, ResolvedPath } from './analyzed.ts';
import type { PathResolver } from './resolve-path.ts';

const AGGREGATES: ReadonlySet<string> = new Set([
    'COUNT',
    'COUNT_DISTINCT',
    'SUM',
    'AVG',
    'MIN',
    'MAX',
    'GROUPING'
] satisfies AggregateFunction[]);

/** Functions of a date (SOQL Reference, "Date Functions"). HOUR_IN_DAY and DAY_ONLY need a time. */
export const DATE_FUNCTIONS: ReadonlySet<string> = new Set(
    (
        'CALENDAR_MONTH CALENDAR_QUARTER CALENDAR_YEAR DAY_IN_MONTH DAY_IN_WEEK DAY_IN_YEAR DAY_ONLY FISCAL_MONTH ' +
        'FISCAL_QUARTER FISCAL_YEAR HOUR_IN_DAY WEEK_IN_MONTH WEEK_IN_YEAR'
    ).split(' ')
);

const NUMBERS = new Set(['int', 'long', 'double', 'currency', 'percent']);
const UNAGGREGATED = new Set(['boolean', 'multipicklist', 'base64', 'address', 'location']);

export function isAggregateCall(expression: Expression): expression is Call {
    return expression.kind === 'call' && AGGREGATES.has(expression.name.toUpperCase());
}

/** A field, date function or aggregate; refuses what the platform refuses by field type. */
export function analyzeOperand(expression: Expression, resolver: PathResolver, text: string): Operand {
    if (expression.kind === 'path') return { kind: 'field', path: resolver.resolve(expression) };
    if (expression.kind === 'literal') throw unexpectedArgument('', text, expression.offset);
    const name = expression.name.toUpperCase();
    if (AGGREGATES.has(name)) return analyzeAggregate(expression, name as AggregateFunction, resolver, text);
    if (DATE_FUNCTIONS.has(name)) return analyzeDateFunction(expression, name, resolver, text);
    if (name === 'TOLABEL') return { kind: 'label', path: resolver.resolve(onlyPath(expression, text)) };
    if (name === 'DISTANCE') return analyzeDistance(expression, resolver, text);
    throw notSupported(`The function ${expression.name}()`, text, expression.offset);
}

function analyzeAggregate(call: Call, name: AggregateFunction, resolver: PathResolver, text: string): Operand {
    const [argument] = call.args;
    if (argument === undefined && name === 'COUNT') return { kind: 'aggregate', function: name, path: undefined };
    const path = resolver.resolve(onlyPath(call, text));
    if (!canAggregate(name, path.field)) {
        const detail = `field ${path.field.name} does not support aggregate operator ${name}`;
        throw new SoqlError({ code: 'MALFORMED_QUERY', detail, text, offset: call.offset });
    }
    return { kind: 'aggregate', function: name, path };
}

function canAggregate(name: AggregateFunction, field: FieldDef): boolean {
    if (field.unaggregated === true) return false;
    if (name === 'SUM' || name === 'AVG') return NUMBERS.has(field.type);
    const long = field.type === 'textarea' && field.length > 255;
    if (name === 'MIN' || name === 'MAX') return !UNAGGREGATED.has(field.type) && !long;
    return !long && field.type !== 'base64';
}

function analyzeDateFunction(call: Call, name: string, resolver: PathResolver, text: string): Operand {
    const [argument] = call.args;
    const converted = argument?.kind === 'call' && argument.name.toLowerCase() === 'converttimezone';
    const path = resolver.resolve(onlyPath(converted ? argument : call, text));
    requireDate(path, name, text, call.offset);
    return { kind: 'dateFunction', function: name, path, inUserZone: converted };
}

function requireDate(path: ResolvedPath, name: string, text: string, offset: number): void {
    const needsTime = name === 'HOUR_IN_DAY' || name === 'DAY_ONLY';
    const { type } = path.field;
    if (type === 'datetime' || (type === 'date' && !needsTime)) return;
    const detail = `field ${path.field.name} does not support date function ${name}`;
    throw new SoqlError({ code: 'INVALID_FIELD', detail, text, offset });
}

export function onlyPath(call: Call, text: string): Path {
    const [argument, ...more] = call.args;
    if (argument?.kind === 'path' && more.length === 0) return argument;
    throw unexpectedArgument(call.name, text, call.offset);
}
