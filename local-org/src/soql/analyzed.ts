import type { ChildRelationship, FieldDef, ObjectDef } from '../schema/types.ts';
import type { ComparisonOperator, IntegerValue, QueryMode, SoqlQuery, Value } from './ast.ts';

/** A query checked against the schema: names are resolved to fields, and what may not be combined has been refused. */
export interface AnalyzedQuery {
    readonly text: string;
    readonly object: ObjectDef;
    readonly columns: readonly Column[];
    /** `SELECT COUNT() FROM …`, which has a number and no rows. */
    readonly isCount: boolean;
    /** Rows are of type AggregateResult. */
    readonly isAggregate: boolean;
    readonly scope: SoqlQuery['scope'];
    readonly where: Filter | undefined;
    readonly groupBy: AnalyzedGroupBy | undefined;
    readonly having: Filter | undefined;
    readonly orderBy: readonly AnalyzedOrder[];
    readonly limit: IntegerValue | undefined;
    readonly skip: IntegerValue | undefined;
    readonly mode: QueryMode | undefined;
    readonly allRows: boolean;
    readonly forClauses: SoqlQuery['forClauses'];
    /** Every field the query reads, for access checks; those of subqueries are theirs. */
    readonly reads: readonly FieldRead[];
}

export interface FieldRead {
    readonly object: string;
    readonly field: FieldDef;
    readonly offset: number;
    /** Set when the field is the lookup of a relationship path. */
    readonly relationship: string | undefined;
}

export type Column =
    | FieldColumn
    | AggregateColumn
    | CalculatedColumn
    | {
          readonly kind: 'children';
          /** Relationship name, the name of the list in the row. */
          readonly name: string;
          readonly relationship: ChildRelationship;
          readonly query: AnalyzedQuery;
      }
    | TypeofColumn;

export interface FieldColumn {
    readonly kind: 'field';
    /** Key in the row: the field's name; in an aggregate row the alias where there is one. */
    readonly name: string;
    readonly path: ResolvedPath;
    /** `toLabel(Status)`: the label of the picklist value. `FORMAT(Amount)`: the value as the user reads it. */
    readonly shown: 'value' | 'label' | 'format';
}

/** A calculated column of an aggregate row. */
export interface AggregateColumn {
    readonly kind: 'aggregate';
    /** The alias, or `expr0`, `expr1`… */
    readonly name: string;
    readonly operand: Operand;
}

/** A calculated column of a plain row: DISTANCE. */
export interface CalculatedColumn {
    readonly kind: 'calculated';
    readonly name: string;
    readonly operand: Operand;
}

export interface TypeofColumn {
    readonly kind: 'typeof';
    readonly relationship: string;
    readonly field: FieldDef;
    readonly branches: readonly { readonly object: string; readonly fields: readonly ResolvedPath[] }[];
    readonly otherwise: readonly ResolvedPath[];
}

/** A field, perhaps of a parent record. */
export interface ResolvedPath {
    /** `Account.Owner.Name`, in declared case. */
    readonly name: string;
    readonly steps: readonly PathStep[];
    /** Object that has the field. */
    readonly object: string;
    readonly field: FieldDef;
    readonly offset: number;
}

export interface PathStep {
    readonly relationship: string;
    readonly field: FieldDef;
    /** The parent object; the platform's `Name` object when the lookup may point to several. */
    readonly target: ObjectDef;
    readonly polymorphic: boolean;
}

export type AggregateFunction = 'COUNT' | 'COUNT_DISTINCT' | 'SUM' | 'AVG' | 'MIN' | 'MAX' | 'GROUPING';

export type Operand =
    | { readonly kind: 'field'; readonly path: ResolvedPath }
    | {
          readonly kind: 'dateFunction';
          readonly function: string;
          readonly path: ResolvedPath;
          /** `convertTimezone(…)` around the field: the user's zone instead of GMT. */
          readonly inUserZone: boolean;
      }
    /** `toLabel(Status)` in a condition. */
    | { readonly kind: 'label'; readonly path: ResolvedPath }
    | DistanceOperand
    | {
          readonly kind: 'aggregate';
          readonly function: AggregateFunction;
          /** undefined for `COUNT()`. */
          readonly path: ResolvedPath | undefined;
      };

/** `DISTANCE(BillingAddress, GEOLOCATION(37.7, -122.4), 'mi')` */
export interface DistanceOperand {
    readonly kind: 'distance';
    /** The compound field. */
    readonly path: ResolvedPath;
    readonly latitudeField: FieldDef;
    readonly longitudeField: FieldDef;
    readonly latitude: Value;
    readonly longitude: Value;
    readonly unit: 'mi' | 'km';
}

export interface AnalyzedGroupBy {
    readonly kind: 'plain' | 'rollup' | 'cube';
    readonly operands: readonly Operand[];
}

export interface AnalyzedOrder {
    readonly operand: Operand;
    readonly descending: boolean;
    readonly nullsLast: boolean;
}

export type Filter =
    | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] }
    | { readonly kind: 'not'; readonly part: Filter }
    | ComparisonFilter
    | JoinFilter;

export interface ComparisonFilter {
    readonly kind: 'comparison';
    readonly operand: Operand;
    readonly operator: ComparisonOperator;
    readonly value: Value;
}

/** `AccountId IN (SELECT …)` and its negation. */
export interface JoinFilter {
    readonly kind: 'join';
    readonly operand: Operand;
    readonly negated: boolean;
    readonly query: AnalyzedQuery;
    readonly column: ResolvedPath;
}
