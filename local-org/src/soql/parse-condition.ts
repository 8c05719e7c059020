import { ApexDate, Datetime, Decimal, Time } from '../values/index.ts';
import { DATE_LITERALS, DATE_LITERALS_WITH_COUNT } from './date-literals.ts';
import { notSupported } from './errors.ts';
import { parseExpression } from './parse-expression.ts';
import type { Comparison, ComparisonOperator, Condition, SoqlQuery, Value } from './ast.ts';
import type { Token } from './lexer.ts';
import type { TokenStream } from './token-stream.ts';

export type ParseSubquery = (tokens: TokenStream) => SoqlQuery;

/**
 * WHERE and HAVING. AND and OR may not be mixed without parentheses, as on the platform ("unexpected token: 'or'").
 */
export function parseCondition(tokens: TokenStream, subquery: ParseSubquery): Condition {
    const first = parsePart(tokens, subquery);
    const kind = tokens.isWord('AND') ? 'and' : tokens.isWord('OR') ? 'or' : undefined;
    if (kind === undefined) return first;
    const parts = [first];
    while (tokens.acceptWord(kind.toUpperCase())) parts.push(parsePart(tokens, subquery));
    if (tokens.isWord('AND') || tokens.isWord('OR')) throw tokens.unexpected();
    return { kind, parts };
}

function parsePart(tokens: TokenStream, subquery: ParseSubquery): Condition {
    if (tokens.acceptWord('NOT')) return { kind: 'not', part: parsePart(tokens, subquery) };
    if (!tokens.acceptSymbol('(')) return parseComparison(tokens, subquery);
    const condition = parseCondition(tokens, subquery);
    tokens.expectSymbol(')');
    return condition;
}

function parseComparison(tokens: TokenStream, subquery: ParseSubquery): Comparison {
    const left = parseExpression(tokens);
    const offset = tokens.peek().offset;
    const operator = parseOperator(tokens);
    const right = parseValue(tokens, subquery);
    return { kind: 'comparison', left, operator, right, offset };
}

function parseOperator(tokens: TokenStream): ComparisonOperator {
    if (tokens.acceptWord('LIKE')) return 'LIKE';
    if (tokens.acceptWord('IN')) return 'IN';
    if (tokens.acceptWord('NOT', 'IN')) return 'NOT IN';
    if (tokens.acceptWord('INCLUDES')) return 'INCLUDES';
    if (tokens.acceptWord('EXCLUDES')) return 'EXCLUDES';
    const token = tokens.take();
    if (token.kind === 'symbol') {
        if (token.text === '<>') return '!=';
        if (['=', '!=', '<', '<=', '>', '>='].includes(token.text)) return token.text as ComparisonOperator;
    }
    throw tokens.unexpected(token);
}

function parseValue(tokens: TokenStream, subquery: ParseSubquery): Value {
    const { offset } = tokens.peek();
    if (!tokens.acceptSymbol('(')) return parseSimpleValue(tokens);
    if (tokens.isWord('SELECT')) {
        const query = subquery(tokens);
        tokens.expectSymbol(')');
        return { kind: 'subquery', query, offset };
    }
    const values: Value[] = [];
    do values.push(parseSimpleValue(tokens));
    while (tokens.acceptSymbol(','));
    tokens.expectSymbol(')');
    return { kind: 'list', values, offset };
}

function parseSimpleValue(tokens: TokenStream): Value {
    const token = tokens.take();
    const { text, offset } = token;
    switch (token.kind) {
        case 'bind':
            return { kind: 'bind', name: text.toLowerCase(), offset };
        case 'string':
            return { kind: 'literal', value: text, offset };
        case 'number':
            return { kind: 'literal', value: numberValue(text), offset };
        case 'date':
            return { kind: 'literal', value: ApexDate.tryParse(text) ?? invalid(tokens, token), offset };
        case 'datetime':
            return {
                kind: 'literal',
                value: Datetime.tryParseIso(text.toUpperCase()) ?? invalid(tokens, token),
                offset
            };
        case 'time':
            return { kind: 'literal', value: Time.tryParse(text.toUpperCase()) ?? invalid(tokens, token), offset };
        case 'name':
            return parseWordValue(tokens, token);
        default:
            throw tokens.unexpected(token);
    }
}

function invalid(tokens: TokenStream, token: Token): never {
    throw tokens.malformed(`invalid date: ${token.text}`, token.offset);
}

function numberValue(text: string): number | Decimal {
    const number = Number(text);
    return /^[+-]?\d+$/.test(text) && Math.abs(number) < 2 ** 31 ? number : Decimal.parse(text);
}

function parseWordValue(tokens: TokenStream, token: Token): Value {
    const { offset } = token;
    const name = token.text.toUpperCase();
    if (name === 'NULL') return { kind: 'literal', value: null, offset };
    if (name === 'TRUE' || name === 'FALSE') return { kind: 'literal', value: name === 'TRUE', offset };
    if (DATE_LITERALS.has(name)) return { kind: 'dateLiteral', name, count: 0, offset };
    if (DATE_LITERALS_WITH_COUNT.has(name)) {
        tokens.expectSymbol(':');
        const count = tokens.take();
        if (count.kind !== 'number' || !/^\d+$/.test(count.text)) throw tokens.unexpected(count);
        return { kind: 'dateLiteral', name, count: Number(count.text), offset };
    }
    if (/^[A-Z]{3}\d+$/.test(name)) throw notSupported('A literal with a currency', tokens.text, offset);
    throw tokens.unexpected(token);
}
