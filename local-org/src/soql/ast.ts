import type { FieldValue } from '../values/index.ts';

/** Syntax tree of one query; `offset` is the zero-based place in the text. Names are as written. */
export interface SoqlQuery {
    readonly text: string;
    readonly offset: number;
    readonly select: readonly SelectItem[];
    readonly from: FromClause;
    /** USING SCOPE: `mine` looks at the caller's own rows, `delegated` at those the caller gave to others, `everything` at all. */
    readonly scope: 'MINE' | 'DELEGATED' | 'EVERYTHING' | undefined;
    readonly where: Condition | undefined;
    readonly mode: QueryMode | undefined;
    readonly groupBy: GroupBy | undefined;
    readonly having: Condition | undefined;
    readonly orderBy: readonly OrderItem[];
    readonly limit: IntegerValue | undefined;
    readonly skip: IntegerValue | undefined;
    /** FOR VIEW and FOR REFERENCE stamp the rows; FOR UPDATE locks, and an org has one transaction at a time. */
    readonly forClauses: readonly ('VIEW' | 'REFERENCE' | 'UPDATE')[];
    readonly allRows: boolean;
}

export type QueryMode = 'USER_MODE' | 'SYSTEM_MODE' | 'SECURITY_ENFORCED';

export interface FromClause {
    readonly name: string;
    readonly alias: string | undefined;
    /** Parents named beside the object: `FROM Contact c, c.Account a` lets `a.Name` mean `Account.Name`. */
    readonly parents: readonly { readonly path: Path; readonly alias: string }[];
    readonly offset: number;
}

export type SelectItem =
    | { readonly kind: 'expression'; readonly expression: Expression; readonly alias: string | undefined }
    | { readonly kind: 'subquery'; readonly query: SoqlQuery }
    | TypeofItem;

export interface TypeofItem {
    readonly kind: 'typeof';
    readonly relationship: string;
    readonly offset: number;
    readonly branches: readonly {
        readonly object: string;
        readonly offset: number;
        readonly fields: readonly Path[];
    }[];
    readonly otherwise: readonly Path[];
}

export type Expression = Path | Call | Literal;

/** A value in the arguments of a function: `GEOLOCATION(37.7, :longitude)`, `'mi'`. */
export interface Literal {
    readonly kind: 'literal';
    readonly value: Value;
    readonly offset: number;
}

export interface Path {
    readonly kind: 'path';
    /** `Account.Owner.Name` is three names. */
    readonly names: readonly string[];
    readonly offset: number;
}

export interface Call {
    readonly kind: 'call';
    readonly name: string;
    readonly args: readonly Expression[];
    readonly offset: number;
}

export interface GroupBy {
    readonly kind: 'plain' | 'rollup' | 'cube';
    readonly items: readonly Expression[];
    readonly offset: number;
}

export interface OrderItem {
    readonly expression: Expression;
    readonly descending: boolean;
    readonly nullsLast: boolean;
}

export type Condition =
    | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
    | { readonly kind: 'not'; readonly part: Condition }
    | Comparison;

export type ComparisonOperator =
    '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'IN' | 'NOT IN' | 'INCLUDES' | 'EXCLUDES';

export interface Comparison {
    readonly kind: 'comparison';
    readonly left: Expression;
    readonly operator: ComparisonOperator;
    readonly right: Value;
    readonly offset: number;
}

export type Value =
    | { readonly kind: 'literal'; readonly value: FieldValue; readonly offset: number }
    | { readonly kind: 'dateLiteral'; readonly name: string; readonly count: number; readonly offset: number }
    | Bind
    | { readonly kind: 'list'; readonly values: readonly Value[]; readonly offset: number }
    | { readonly kind: 'subquery'; readonly query: SoqlQuery; readonly offset: number };

export interface Bind {
    readonly kind: 'bind';
    /** Lower case. */
    readonly name: string;
    readonly offset: number;
}

export type IntegerValue = { readonly kind: 'integer'; readonly value: number } | Bind;
