import { analyzeFilter } from './analyze-filter.ts';
import { analyzeOperand, isAggregateCall, onlyPath } from './analyze-operand.ts';
import { notSupported, SoqlError } from './errors.ts';
import { noSuchObject, noSuchRelationship, PathResolver } from './resolve-path.ts';
import { UNBACKED_OBJECTS } from './unbacked-objects.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import type { Call, Condition, Expression, Path, SelectItem, SoqlQuery, TypeofItem } from './ast.ts';
import type { AnalyzedGroupBy, AnalyzedOrder, AnalyzedQuery, Column, Filter, Operand } from './analyzed.ts';
import type { FilterContext } from './analyze-filter.ts';

const FIELDS_LIMIT = 200;

/**
 * Checks a parsed query against the schema. Throws SoqlError with the platform's code and text; `detail` and `position`
 * are what the Apex compiler reports.
 */
export function analyzeQuery(query: SoqlQuery, schema: Schema): AnalyzedQuery {
    const object = schema.object(query.from.name);
    if (object === undefined || !object.queryable) throw noSuchObject(query.from.name, query.text, query.from.offset);
    if (UNBACKED_OBJECTS.has(object.name)) throw notSupported(`Querying ${object.name}`, query.text, query.from.offset);
    return new Analyzer(query, schema, object).analyze();
}

class Analyzer {
    readonly #query: SoqlQuery;
    readonly #schema: Schema;
    readonly #object: ObjectDef;
    readonly #resolver: PathResolver;
    readonly #isAggregate: boolean;
    #expressions = 0;

    constructor(query: SoqlQuery, schema: Schema, object: ObjectDef) {
        this.#query = query;
        this.#schema = schema;
        this.#object = object;
        this.#resolver = new PathResolver(schema, query.text, object, query.from);
        const aggregates = query.select.some((item) => item.kind === 'expression' && isAggregateCall(item.expression));
        this.#isAggregate = aggregates || query.groupBy !== undefined;
    }

    analyze(): AnalyzedQuery {
        const query = this.#query;
        const isCount = this.#isCount();
        const groupBy = this.#groupBy();
        const columns = isCount ? [] : query.select.flatMap((item) => this.#columns(item));
        this.#refuseDuplicates(columns);
        if (this.#isAggregate && !isCount) this.#requireGrouped(columns, groupBy);
        return {
            text: query.text,
            object: this.#object,
            columns,
            isCount,
            isAggregate: this.#isAggregate && !isCount,
            scope: this.#scope(),
            where: query.where && analyzeFilter(query.where, this.#filterContext('WHERE')),
            groupBy,
            having: query.having && this.#having(query.having, groupBy),
            orderBy: query.orderBy.map((item) => ({ ...item, operand: this.#orderOperand(item.expression, groupBy) })),
            limit: query.limit,
            skip: query.skip,
            mode: query.mode,
            allRows: query.allRows,
            forClauses: query.forClauses,
            reads: this.#resolver.reads
        };
    }

    /** USING SCOPE mine looks at owners, so there must be one; tasks are what users delegate. */
    #scope(): SoqlQuery['scope'] {
        const { scope, from } = this.#query;
        if (scope === 'MINE' && !this.#object.fields.has('ownerid')) {
            const detail = `The scope 'mine' is not supported for ${this.#object.name}: it has no owner`;
            throw this.#error('MALFORMED_QUERY', detail, from.offset);
        }
        if (scope === 'DELEGATED' && this.#object.name !== 'Task') {
            const detail = `The scope 'delegated' is not supported for ${this.#object.name}: only tasks are delegated`;
            throw this.#error('MALFORMED_QUERY', detail, from.offset);
        }
        return scope;
    }

    #having(condition: Condition, groupBy: AnalyzedGroupBy | undefined): Filter {
        const filter = analyzeFilter(condition, this.#filterContext('HAVING'));
        const grouped = new Set(groupBy?.operands.map(operandKey));
        for (const operand of operandsOf(filter)) {
            if (operand.kind !== 'aggregate' && !grouped.has(operandKey(operand))) {
                const detail = `Field must be grouped or aggregated: ${operand.path.field.name}`;
                throw this.#error('MALFORMED_QUERY', detail, operand.path.offset);
            }
        }
        return filter;
    }

    #filterContext(clause: FilterContext['clause']): FilterContext {
        return {
            clause,
            object: this.#object,
            text: this.#query.text,
            resolver: this.#resolver,
            analyzeSubquery: (query) => analyzeQuery(query, this.#schema)
        };
    }

    /** COUNT() without an argument stands alone in the SELECT list. */
    #isCount(): boolean {
        const counts = this.#query.select.filter(
            (item) =>
                item.kind === 'expression' && isAggregateCall(item.expression) && item.expression.args.length === 0
        );
        if (counts.length === 0) return false;
        if (this.#query.select.length === 1 && this.#query.groupBy === undefined) return true;
        throw this.#error('MALFORMED_QUERY', 'COUNT() must be the only element in the SELECT list', this.#query.offset);
    }

    #columns(item: SelectItem): Column[] {
        if (item.kind === 'subquery') return [this.#childColumn(item.query)];
        if (item.kind === 'typeof') return [this.#typeofColumn(item)];
        const { expression, alias } = item;
        if (expression.kind === 'literal') throw this.#error('MALFORMED_QUERY', 'unexpected value', expression.offset);
        if (expression.kind === 'call') return this.#callColumns(expression, alias);
        if (alias !== undefined && !this.#isAggregate) {
            const detail = 'only aggregate expressions use field aliasing';
            throw this.#error('MALFORMED_QUERY', detail, expression.offset);
        }
        const path = this.#resolver.resolve(expression);
        return [{ kind: 'field', name: alias ?? path.field.name, path, shown: 'value' }];
    }

    #callColumns(call: Call, alias: string | undefined): Column[] {
        const name = call.name.toUpperCase();
        if (name === 'FIELDS') return this.#allFields(call);
        const shown = SHOWN[name];
        if (shown !== undefined && !this.#isAggregate) {
            const path = this.#resolver.resolve(this.#shownPath(call));
            return [{ kind: 'field', name: alias ?? path.field.name, path, shown }];
        }
        if (name === 'DISTANCE' && !this.#isAggregate) {
            const operand = analyzeOperand(call, this.#resolver, this.#query.text);
            return [{ kind: 'calculated', name: alias ?? `expr${this.#expressions++}`, operand }];
        }
        const operand = analyzeOperand(call, this.#resolver, this.#query.text);
        if (!this.#isAggregate) {
            const detail = `The function ${call.name} must be used in a query with a GROUP BY clause`;
            throw this.#error('MALFORMED_QUERY', detail, call.offset);
        }
        return [{ kind: 'aggregate', name: alias ?? `expr${this.#expressions++}`, operand }];
    }

    /** The field of `FORMAT(Amount)`, `FORMAT(convertCurrency(Amount))`: in an org with one currency that is the amount. */
    #shownPath(call: Call): Path {
        const [argument] = call.args;
        const isNested = argument?.kind === 'call' && argument.name.toUpperCase() === 'CONVERTCURRENCY';
        const currencyCall = isNested ? argument : call.name.toUpperCase() === 'CONVERTCURRENCY' ? call : undefined;
        const path = onlyPath(isNested ? argument : call, this.#query.text);
        if (currencyCall !== undefined && this.#resolver.resolve(path).field.type !== 'currency') {
            const detail = 'convertCurrency is only supported on currency fields';
            throw this.#error('MALFORMED_QUERY', detail, currencyCall.offset);
        }
        return path;
    }

    /** FIELDS(ALL | STANDARD | CUSTOM); the first and last need a LIMIT of at most 200. */
    #allFields(call: Call): Column[] {
        const kind = onlyPath(call, this.#query.text).names[0]?.toUpperCase();
        if (kind !== 'ALL' && kind !== 'STANDARD' && kind !== 'CUSTOM') {
            throw this.#error('MALFORMED_QUERY', 'FIELDS() takes ALL, STANDARD or CUSTOM', call.offset);
        }
        const { limit } = this.#query;
        const bounded = limit?.kind === 'integer' && limit.value <= FIELDS_LIMIT;
        if (kind !== 'STANDARD' && !bounded) {
            const detail = `The SOQL FIELDS function must have a LIMIT of at most ${FIELDS_LIMIT}`;
            throw this.#error('MALFORMED_QUERY', detail, call.offset);
        }
        const wanted = (field: FieldDef): boolean => kind === 'ALL' || field.custom === (kind === 'CUSTOM');
        return [...this.#object.fields.values()].filter(wanted).map((field) => {
            const path = this.#resolver.resolveFrom(this.#object, {
                kind: 'path',
                names: [field.name],
                offset: call.offset
            });
            return { kind: 'field', name: field.name, path, shown: 'value' };
        });
    }

    #childColumn(query: SoqlQuery): Column {
        const wanted = query.from.name.toLowerCase();
        const relationship = this.#object.childRelationships.find(
            (child) => child.relationshipName?.toLowerCase() === wanted
        );
        if (relationship?.relationshipName === undefined) {
            const detail = noSuchRelationship(query.from.name, 'FROM part of query call');
            throw this.#error('INVALID_TYPE', detail, query.from.offset);
        }
        const from = { ...query.from, name: relationship.childObject };
        const analyzed = analyzeQuery({ ...query, from }, this.#schema);
        if (analyzed.isAggregate || analyzed.isCount) {
            throw this.#error('MALFORMED_QUERY', 'aggregates are not allowed in a child query', query.offset);
        }
        return { kind: 'children', name: relationship.relationshipName, relationship, query: analyzed };
    }

    #typeofColumn(item: TypeofItem): Column {
        const field = this.#object.parentRelationships.get(item.relationship.toLowerCase());
        const target = this.#schema.object('Name');
        if (field?.relationshipName === undefined || target === undefined) {
            throw this.#error('INVALID_FIELD', noSuchRelationship(item.relationship, 'field path'), item.offset);
        }
        const branches = item.branches.map((branch) => {
            const object = this.#schema.object(branch.object);
            if (object === undefined) throw noSuchObject(branch.object, this.#query.text, branch.offset);
            return {
                object: object.name,
                fields: branch.fields.map((path) => this.#resolver.resolveFrom(object, path))
            };
        });
        const otherwise = item.otherwise.map((path) => this.#resolver.resolveFrom(target, path));
        return { kind: 'typeof', relationship: field.relationshipName, field, branches, otherwise };
    }

    #refuseDuplicates(columns: readonly Column[]): void {
        const seen = new Set<string>();
        for (const column of columns) {
            const isPath = column.kind === 'field' && !this.#isAggregate && column.name === column.path.field.name;
            const name = (isPath ? column.path.name : columnKey(column)).toLowerCase();
            if (seen.has(name)) {
                const detail = this.#isAggregate
                    ? `duplicate alias: ${name}`
                    : `duplicate field selected: ${columnKey(column)}`;
                throw this.#error(this.#isAggregate ? 'MALFORMED_QUERY' : 'INVALID_FIELD', detail, this.#query.offset);
            }
            seen.add(name);
        }
    }

    #groupBy(): AnalyzedGroupBy | undefined {
        const { groupBy } = this.#query;
        if (groupBy === undefined) return undefined;
        const operands = groupBy.items.map((item) => {
            const operand = analyzeOperand(item, this.#resolver, this.#query.text);
            if (operand.kind === 'aggregate' || (operand.kind === 'field' && !operand.path.field.groupable)) {
                const name = operand.path?.field.name ?? 'COUNT()';
                throw this.#error('MALFORMED_QUERY', `field '${name}' can not be grouped in a query call`, item.offset);
            }
            return operand;
        });
        return { kind: groupBy.kind, operands };
    }

    #requireGrouped(columns: readonly Column[], groupBy: AnalyzedGroupBy | undefined): void {
        const grouped = new Set(groupBy?.operands.map(operandKey));
        for (const column of columns) {
            if (column.kind !== 'field' && column.kind !== 'aggregate') {
                throw this.#error(
                    'MALFORMED_QUERY',
                    'a grouped query may select only fields and functions',
                    this.#query.offset
                );
            }
            const operand: Operand = column.kind === 'field' ? { kind: 'field', path: column.path } : column.operand;
            if (operand.kind !== 'aggregate' && !grouped.has(operandKey(operand))) {
                const detail = `Field must be grouped or aggregated: ${operand.path.field.name}`;
                throw this.#error('MALFORMED_QUERY', detail, operand.path.offset);
            }
        }
    }

    #orderOperand(expression: Expression, groupBy: AnalyzedGroupBy | undefined): AnalyzedOrder['operand'] {
        const operand = analyzeOperand(expression, this.#resolver, this.#query.text);
        if (operand.kind === 'aggregate' && !this.#isAggregate) {
            const detail = 'aggregate expressions need a grouped query';
            throw this.#error('MALFORMED_QUERY', detail, expression.offset);
        }
        if (this.#isAggregate && operand.kind !== 'aggregate' && groupBy !== undefined) {
            if (!groupBy.operands.some((grouped) => operandKey(grouped) === operandKey(operand))) {
                const detail = `Ordered field must be grouped or aggregated: ${operand.path.field.name}`;
                throw this.#error('MALFORMED_QUERY', detail, expression.offset);
            }
        }
        if (operand.kind === 'field' && !operand.path.field.sortable) {
            const detail = `field '${operand.path.field.name}' can not be sorted in a query call`;
            throw this.#error('INVALID_FIELD', detail, expression.offset);
        }
        return operand;
    }

    #error(code: 'MALFORMED_QUERY' | 'INVALID_FIELD' | 'INVALID_TYPE', detail: string, offset: number): SoqlError {
        return new SoqlError({ code, detail, text: this.#query.text, offset });
    }
}

function columnKey(column: Column): string {
    return column.kind === 'typeof' ? column.relationship : column.name;
}

/** How functions of one field show it. */
const SHOWN: Readonly<Record<string, 'value' | 'label' | 'format'>> = {
    TOLABEL: 'label',
    FORMAT: 'format',
    CONVERTCURRENCY: 'value'
};

function operandsOf(filter: Filter): Operand[] {
    switch (filter.kind) {
        case 'and':
        case 'or':
            return filter.parts.flatMap(operandsOf);
        case 'not':
            return operandsOf(filter.part);
        default:
            return [filter.operand];
    }
}

/** Two operands with one key have the same value in every row. */
export function operandKey(operand: Operand): string {
    if (operand.kind === 'field') return operand.path.name.toLowerCase();
    if (operand.kind === 'label' || operand.kind === 'distance') return `${operand.kind} ${operand.path.name}`;
    const argument = operand.path?.name.toLowerCase() ?? '';
    const zone = operand.kind === 'dateFunction' && operand.inUserZone ? ' in zone' : '';
    return `${operand.function}(${argument})${zone}`;
}
