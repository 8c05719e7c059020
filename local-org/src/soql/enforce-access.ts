import { SoqlError } from './errors.ts';
import { noSuchColumn, noSuchObject } from './resolve-path.ts';
import type { FieldRead, AnalyzedQuery, Filter } from './analyzed.ts';
import type { QueryContext } from './query-context.ts';

/** Object and field permissions of user mode and of WITH SECURITY_ENFORCED. Throws SoqlError for what is not readable. */
export function enforceAccess(query: AnalyzedQuery, context: QueryContext): void {
    const securityEnforced = query.mode === 'SECURITY_ENFORCED';
    if (context.caller.mode !== 'user' && !securityEnforced) return;
    for (const part of withSubqueries(query)) enforceOne(part, context, securityEnforced);
}

function enforceOne(query: AnalyzedQuery, context: QueryContext, securityEnforced: boolean): void {
    const { access, caller } = context;
    const denied = query.reads.filter((read) => !readable(read, context));
    const allowed = access.objectAllowed(caller.userId, query.object.name, 'read');
    if (allowed && denied.length === 0) return;
    const inaccessibleFields = byObject(allowed ? denied : query.reads);
    const [first] = denied;
    const base =
        allowed && first !== undefined ? fieldError(first, query) : noSuchObject(query.object.name, query.text, 0);
    throw new SoqlError({
        code: securityEnforced ? 'INSUFFICIENT_ACCESS' : base.errorCode,
        detail: securityEnforced ? 'Insufficient permissions: secure query included inaccessible field' : base.detail,
        inaccessibleFields,
        ...(!securityEnforced && { text: query.text, offset: base.position?.offset ?? query.reads[0]?.offset ?? 0 })
    });
}

function readable({ object, field }: FieldRead, { access, caller }: QueryContext): boolean {
    return access.fieldAllowed(caller.userId, object, field.name, 'read');
}

function fieldError({ relationship, field, object, offset }: FieldRead, query: AnalyzedQuery): SoqlError {
    if (relationship === undefined) return noSuchColumn(field.name, object, query.text, offset);
    const detail =
        `No such relation '${relationship}' on entity '${object}'. If you are attempting to use a custom field, be sure ` +
        `to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for ` +
        'the appropriate names.';
    return new SoqlError({ code: 'INVALID_FIELD', detail, text: query.text, offset });
}

function byObject(reads: readonly FieldRead[]): Map<string, readonly string[]> {
    const fields = new Map<string, Set<string>>();
    for (const { object, field } of reads) {
        const names = fields.get(object) ?? new Set();
        fields.set(object, names.add(field.name));
    }
    return new Map([...fields].map(([object, names]) => [object, [...names]]));
}

function* withSubqueries(query: AnalyzedQuery): Iterable<AnalyzedQuery> {
    yield query;
    for (const column of query.columns) {
        if (column.kind === 'children') yield* withSubqueries(column.query);
    }
    if (query.where !== undefined) yield* joinQueries(query.where);
}

function* joinQueries(filter: Filter): Iterable<AnalyzedQuery> {
    if (filter.kind === 'join') yield* withSubqueries(filter.query);
    else if (filter.kind === 'not') yield* joinQueries(filter.part);
    else if (filter.kind !== 'comparison') for (const part of filter.parts) yield* joinQueries(part);
}
