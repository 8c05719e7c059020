import { notSupported, SoqlError } from '../errors.ts';
import { TokenStream } from '../token-stream.ts';

export type SearchScope = 'ALL' | 'NAME' | 'EMAIL' | 'PHONE' | 'SIDEBAR';

/** One object of RETURNING, with the parts of SOQL that its parentheses hold. */
export interface SearchedObject {
    readonly object: string;
    /** `Id, Name`; the Id alone without a list. */
    readonly fields: string;
    readonly where: string | undefined;
    readonly orderBy: string | undefined;
    readonly limit: string | undefined;
    readonly offset: string | undefined;
}

export interface SoslSearch {
    /** What to look for; a bind by name. */
    readonly term: { readonly kind: 'text' | 'bind'; readonly text: string };
    readonly scope: SearchScope;
    /** undefined when the search names none: every object is searched. */
    readonly returning: readonly SearchedObject[] | undefined;
    /** Rows in all. */
    readonly limit: number | undefined;
    readonly mode: 'USER_MODE' | 'SYSTEM_MODE' | undefined;
}

const SCOPES: readonly SearchScope[] = ['ALL', 'NAME', 'EMAIL', 'PHONE', 'SIDEBAR'];
const PARTS = [['WHERE'], ['ORDER', 'BY'], ['LIMIT'], ['OFFSET']] as const;

/**
 * Parses a search: `FIND {acme*} IN NAME FIELDS RETURNING Account(Id, Name WHERE … LIMIT 5), Contact LIMIT 20`. Source:
 * SOQL and SOSL Reference, SOSL Syntax. Throws SoqlError.
 */
export function parseSosl(text: string): SoslSearch {
    const { term, rest } = readTerm(text.trim());
    const tokens = new TokenStream(rest);
    const scope = parseScope(tokens);
    const returning = tokens.acceptWord('RETURNING') ? parseReturning(tokens) : undefined;
    let mode: SoslSearch['mode'];
    while (tokens.acceptWord('WITH')) mode = parseMode(tokens) ?? parseWith(tokens) ?? mode;
    const limit = tokens.acceptWord('LIMIT') ? parseLimit(tokens) : undefined;
    if (tokens.isWord('UPDATE')) throw notSupported('UPDATE TRACKING and UPDATE VIEWSTAT', rest, tokens.peek().offset);
    if (tokens.peek().kind !== 'end') throw tokens.unexpected();
    return { term, scope, returning, limit, mode };
}

function readTerm(text: string): { readonly term: SoslSearch['term']; readonly rest: string } {
    const head = /^FIND\s*/i.exec(text)?.[0];
    if (head === undefined) throw malformed('expecting FIND', text, 0);
    const start = head.length;
    const opening = text.charAt(start);
    if (opening === ':') {
        const name = /^:\s*(\w+)/.exec(text.slice(start));
        if (name === null) throw malformed('expecting a variable', text, start);
        return { term: { kind: 'bind', text: name[1] ?? '' }, rest: text.slice(start + name[0].length) };
    }
    if (opening !== '{' && opening !== "'") throw malformed(`unexpected token: '${opening}'`, text, start);
    const closing = opening === '{' ? '}' : "'";
    let term = '';
    for (let index = start + 1; index < text.length; index += 1) {
        const character = text.charAt(index);
        if (character === closing) return { term: { kind: 'text', text: term }, rest: text.slice(index + 1) };
        // In braces a backslash belongs to the search term; in quotes it is Apex's own.
        if (character === '\\') {
            term += opening === '{' ? character : '';
            index += 1;
        }
        term += text.charAt(index);
    }
    throw malformed(`missing ${closing}`, text, start);
}

function parseScope(tokens: TokenStream): SearchScope {
    if (!tokens.acceptWord('IN')) return 'ALL';
    const scope = SCOPES.find((candidate) => tokens.acceptWord(candidate, 'FIELDS'));
    if (scope === undefined) throw tokens.unexpected();
    return scope;
}

function parseReturning(tokens: TokenStream): SearchedObject[] {
    const objects: SearchedObject[] = [];
    do objects.push(parseObject(tokens));
    while (tokens.acceptSymbol(','));
    return objects;
}

function parseObject(tokens: TokenStream): SearchedObject {
    const object = tokens.expectName().text;
    const found: SearchedObject = {
        object,
        fields: 'Id',
        where: undefined,
        orderBy: undefined,
        limit: undefined,
        offset: undefined
    };
    if (!tokens.acceptSymbol('(')) return found;
    const fields = textUpToPart(tokens);
    if (tokens.isWord('USING')) throw notSupported('USING ListView', tokens.text, tokens.peek().offset);
    const [where, orderBy, limit, offset] = PARTS.map((words) =>
        tokens.acceptWord(...words) ? textUpToPart(tokens) : undefined
    );
    tokens.expectSymbol(')');
    return { ...found, fields, where, orderBy, limit, offset };
}

/** Source text up to the next part or the closing parenthesis. */
function textUpToPart(tokens: TokenStream): string {
    const start = tokens.peek().offset;
    for (let depth = 0; ;) {
        const token = tokens.peek();
        if (token.kind === 'end') throw tokens.unexpected();
        const endsHere = tokens.isSymbol(')') || tokens.isWord('USING') || PARTS.some(([word]) => tokens.isWord(word));
        if (depth === 0 && endsHere) return tokens.text.slice(start, token.offset).trim();
        if (tokens.isSymbol('(')) depth += 1;
        if (tokens.isSymbol(')')) depth -= 1;
        tokens.take();
    }
}

function parseMode(tokens: TokenStream): SoslSearch['mode'] {
    if (tokens.acceptWord('USER_MODE')) return 'USER_MODE';
    return tokens.acceptWord('SYSTEM_MODE') ? 'SYSTEM_MODE' : undefined;
}

/**
 * Clauses that change nothing of what is found here: spelling is never corrected, labels belong to the answer of the REST
 * API. The others would, and are refused by name.
 */
function parseWith(tokens: TokenStream): undefined {
    const word = tokens.expectName();
    const name = word.text.toUpperCase();
    if (name === 'DATA') throw notSupported('WITH DATA CATEGORY in SOSL', tokens.text, word.offset);
    const isHarmless = name === 'SPELL_CORRECTION' || name === 'METADATA';
    if (!isHarmless) throw notSupported(`WITH ${word.text} in SOSL`, tokens.text, word.offset);
    tokens.expectSymbol('=');
    const value = tokens.take();
    const isBoolean = value.kind === 'name' && ['TRUE', 'FALSE'].includes(value.text.toUpperCase());
    const isLabels = value.kind === 'string' && value.text.toUpperCase() === 'LABELS';
    if (name === 'SPELL_CORRECTION' ? !isBoolean : !isLabels) throw tokens.unexpected(value);
    return undefined;
}

function parseLimit(tokens: TokenStream): number {
    const token = tokens.take();
    if (token.kind !== 'number') throw tokens.unexpected(token);
    return Number(token.text);
}

function malformed(detail: string, text: string, offset: number): SoqlError {
    return new SoqlError({ code: 'MALFORMED_QUERY', detail, text, offset });
}
