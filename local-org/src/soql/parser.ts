import { notSupported } from './errors.ts';
import { parseCondition } from './parse-condition.ts';
import { parseExpression, parsePath } from './parse-expression.ts';
import { TokenStream } from './token-stream.ts';
import type {
    Expression,
    FromClause,
    GroupBy,
    IntegerValue,
    OrderItem,
    Path,
    QueryMode,
    SelectItem,
    SoqlQuery,
    TypeofItem
} from './ast.ts';

/** Words that end a list and are therefore no alias. */
const CLAUSE_WORDS = new Set(
    'FROM WHERE WITH GROUP HAVING ORDER LIMIT OFFSET FOR ALL USING UPDATE WHEN THEN ELSE END ASC DESC NULLS AND OR'.split(
        ' '
    )
);

/** Parses one SOQL query. Throws SoqlError (MALFORMED_QUERY, or NOT_SUPPORTED_LOCALLY for clauses without support). */
export function parseSoql(text: string): SoqlQuery {
    const tokens = new TokenStream(text);
    const query = parseQuery(tokens);
    if (tokens.peek().kind !== 'end') throw tokens.unexpected();
    return query;
}

function parseQuery(tokens: TokenStream): SoqlQuery {
    const { offset } = tokens.expectWord('SELECT');
    const select = parseSelect(tokens);
    tokens.expectWord('FROM');
    const from = parseFrom(tokens);
    const scope = parseScope(tokens);
    const where = tokens.acceptWord('WHERE') ? parseCondition(tokens, parseQuery) : undefined;
    const mode = parseWith(tokens);
    const groupBy = parseGroupBy(tokens);
    const having = tokens.acceptWord('HAVING') ? parseCondition(tokens, parseQuery) : undefined;
    const orderBy = parseOrderBy(tokens);
    const limit = tokens.acceptWord('LIMIT') ? parseInteger(tokens) : undefined;
    const skip = tokens.acceptWord('OFFSET') ? parseInteger(tokens) : undefined;
    const forClauses = parseFor(tokens);
    const allRows = tokens.acceptWord('ALL', 'ROWS');
    if (tokens.isWord('UPDATE')) throw unsupported(tokens, 'UPDATE TRACKING and UPDATE VIEWSTAT');
    const clauses = { scope, where, mode, groupBy, having, orderBy, limit, skip, forClauses, allRows };
    return { text: tokens.text, offset, select, from, ...clauses };
}

function unsupported(tokens: TokenStream, clause: string): Error {
    return notSupported(clause, tokens.text, tokens.peek().offset);
}

function parseSelect(tokens: TokenStream): SelectItem[] {
    const items: SelectItem[] = [];
    do items.push(parseSelectItem(tokens));
    while (tokens.acceptSymbol(','));
    return items;
}

function parseSelectItem(tokens: TokenStream): SelectItem {
    if (tokens.acceptSymbol('(')) {
        const query = parseQuery(tokens);
        tokens.expectSymbol(')');
        return { kind: 'subquery', query };
    }
    if (tokens.isWord('TYPEOF')) return parseTypeof(tokens);
    const expression = parseExpression(tokens);
    return { kind: 'expression', expression, alias: parseAlias(tokens) };
}

function parseAlias(tokens: TokenStream): string | undefined {
    const token = tokens.peek();
    if (token.kind !== 'name' || CLAUSE_WORDS.has(token.text.toUpperCase())) return undefined;
    return tokens.take().text;
}

/** TYPEOF What WHEN Account THEN Phone, Name ELSE Name END */
function parseTypeof(tokens: TokenStream): TypeofItem {
    const { offset } = tokens.expectWord('TYPEOF');
    const relationship = tokens.expectName().text;
    const branches = [];
    while (tokens.acceptWord('WHEN')) {
        const object = tokens.expectName();
        tokens.expectWord('THEN');
        branches.push({ object: object.text, offset: object.offset, fields: parsePaths(tokens) });
    }
    const otherwise = tokens.acceptWord('ELSE') ? parsePaths(tokens) : [];
    tokens.expectWord('END');
    return { kind: 'typeof', relationship, offset, branches, otherwise };
}

function parsePaths(tokens: TokenStream): Path[] {
    const paths = [parsePath(tokens)];
    while (tokens.acceptSymbol(',')) paths.push(parsePath(tokens));
    return paths;
}

function parseFrom(tokens: TokenStream): FromClause {
    const { text: name, offset } = tokens.expectName();
    // The relationship of a child query may be written with the alias or name of its parent: FROM a.Contacts.
    const last = tokens.acceptSymbol('.') ? tokens.expectName().text : name;
    tokens.acceptWord('AS');
    const alias = parseAlias(tokens);
    return { name: last, alias, parents: parseParents(tokens), offset };
}

/** SOQL and SOSL Reference, "Alias Notation". */
function parseParents(tokens: TokenStream): FromClause['parents'] {
    const parents = [];
    while (tokens.acceptSymbol(',')) {
        const path = parsePath(tokens);
        tokens.acceptWord('AS');
        const alias = parseAlias(tokens);
        if (alias === undefined || path.names.length < 2) throw tokens.unexpected();
        parents.push({ path, alias });
    }
    return parents;
}

function parseScope(tokens: TokenStream): SoqlQuery['scope'] {
    if (!tokens.acceptWord('USING', 'SCOPE')) return undefined;
    const word = tokens.expectName();
    const name = word.text.toUpperCase();
    if (name === 'MINE' || name === 'DELEGATED' || name === 'EVERYTHING') return name;
    const feature = SCOPE_FEATURES.get(name);
    if (feature === undefined) throw tokens.unexpected(word);
    throw notSupported(`USING SCOPE ${word.text}, which needs ${feature},`, tokens.text, word.offset);
}

/** What an org must have for the other scopes (SOQL and SOSL Reference, "USING SCOPE"). */
const SCOPE_FEATURES: ReadonlyMap<string, string> = new Map([
    ['MINE_AND_MY_GROUPS', 'work items of approvals'],
    ['MY_TERRITORY', 'territory management'],
    ['MY_TEAM_TERRITORY', 'territory management'],
    ['TEAM', 'account teams']
]);

function parseWith(tokens: TokenStream): QueryMode | undefined {
    if (!tokens.acceptWord('WITH')) return undefined;
    const word = tokens.expectName();
    const name = word.text.toUpperCase();
    if (name === 'USER_MODE' || name === 'SYSTEM_MODE' || name === 'SECURITY_ENFORCED') return name;
    throw notSupported(`WITH ${word.text}`, tokens.text, word.offset);
}

function parseGroupBy(tokens: TokenStream): GroupBy | undefined {
    const { offset } = tokens.peek();
    if (!tokens.acceptWord('GROUP', 'BY')) return undefined;
    const kind = tokens.isWord('ROLLUP') ? 'rollup' : tokens.isWord('CUBE') ? 'cube' : 'plain';
    if (kind !== 'plain' && tokens.isSymbol('(', 1)) {
        tokens.take();
        tokens.expectSymbol('(');
        const items = parseExpressions(tokens);
        tokens.expectSymbol(')');
        return { kind, items, offset };
    }
    return { kind: 'plain', items: parseExpressions(tokens), offset };
}

function parseExpressions(tokens: TokenStream): Expression[] {
    const items = [parseExpression(tokens)];
    while (tokens.acceptSymbol(',')) items.push(parseExpression(tokens));
    return items;
}

function parseOrderBy(tokens: TokenStream): OrderItem[] {
    if (!tokens.acceptWord('ORDER')) return [];
    tokens.expectWord('BY');
    const items: OrderItem[] = [];
    do {
        const expression = parseExpression(tokens);
        const descending = tokens.acceptWord('DESC');
        if (!descending) tokens.acceptWord('ASC');
        items.push({ expression, descending, nullsLast: parseNulls(tokens) });
    } while (tokens.acceptSymbol(','));
    return items;
}

function parseNulls(tokens: TokenStream): boolean {
    if (!tokens.acceptWord('NULLS')) return false;
    if (tokens.acceptWord('LAST')) return true;
    tokens.expectWord('FIRST');
    return false;
}

function parseInteger(tokens: TokenStream): IntegerValue {
    const token = tokens.take();
    if (token.kind === 'bind') return { kind: 'bind', name: token.text.toLowerCase(), offset: token.offset };
    if (token.kind === 'number' && /^\d+$/.test(token.text)) return { kind: 'integer', value: Number(token.text) };
    throw tokens.unexpected(token);
}

function parseFor(tokens: TokenStream): ('VIEW' | 'REFERENCE' | 'UPDATE')[] {
    const clauses: ('VIEW' | 'REFERENCE' | 'UPDATE')[] = [];
    while (tokens.acceptWord('FOR')) {
        do {
            const word = tokens.expectName();
            const name = word.text.toUpperCase();
            if (name !== 'VIEW' && name !== 'REFERENCE' && name !== 'UPDATE') throw tokens.unexpected(word);
            clauses.push(name);
        } while (tokens.acceptSymbol(','));
    }
    return clauses;
}
