import { jsonParserError, tooManyRecords } from '../../http/api-error.ts';
import { json } from '../../http/responses.ts';
import { asUser } from './paths.ts';
import { jsonObject, recordFromJson } from './record-json.ts';
import { objectOfPath } from './sobjects.ts';
import { undoUnless } from './undo-unless.ts';
import { Id, type SObject } from '../../values/index.ts';
import type { DmlRowError } from '../../apex/runtime/runtime.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { SessionContext } from '../surface.ts';

const MAXIMUM_RECORDS = 200;
const MAXIMUM_DEPTH = 5;

/** One record of the tree, with the records below it and how they point to it. */
interface Node {
    readonly referenceId: string;
    readonly record: SObject;
    readonly children: readonly { readonly lookup: string; readonly nodes: readonly Node[] }[];
}

/** POST /composite/tree/Account: records with their children, all or none. Source: REST API Developer Guide, sObject Tree. */
export function createTree(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    const object = objectOfPath(context.org, parameters);
    const nodes = nodesOf(jsonObject(request.exactJson())['records'], object, context, 1);
    if (countOf(nodes) > MAXIMUM_RECORDS) {
        throw tooManyRecords(MAXIMUM_RECORDS);
    }
    const insert = (): Outcome => {
        const outcome: Outcome = { created: [], failed: [] };
        insertLevel(nodes, context, outcome);
        return outcome;
    };
    const { value, kept } = undoUnless(context.org.database, insert, ({ failed }) => failed.length === 0);
    return kept
        ? json(201, { hasErrors: false, results: value.created })
        : json(400, { hasErrors: true, results: value.failed });
}

interface Outcome {
    readonly created: { referenceId: string; id: string | null }[];
    readonly failed: { referenceId: string; errors: readonly DmlRowError[] }[];
}

/** Parents before children, as children need their ids. */
function insertLevel(nodes: readonly Node[], context: SessionContext, outcome: Outcome): void {
    const options = { access: asUser(context.session), allOrNone: false, origin: 'api' as const };
    const results = context.org.database.dml(
        'insert',
        nodes.map((node) => node.record),
        options
    );
    results.forEach(({ id, success, errors }, index) => {
        const { referenceId, children } = nodes[index];
        if (!success) {
            outcome.failed.push({ referenceId, errors });
            return;
        }
        outcome.created.push({ referenceId, id });
        for (const { lookup, nodes: below } of children) {
            below.forEach((child) => child.record.set(lookup, Id.of(id!)));
            insertLevel(below, context, outcome);
        }
    });
}

function nodesOf(list: unknown, object: ObjectDef, context: SessionContext, depth: number): Node[] {
    if (!Array.isArray(list) || depth > MAXIMUM_DEPTH) {
        throw jsonParserError(`A list "records" of at most ${MAXIMUM_DEPTH} levels is expected`);
    }
    return list.map((item) => nodeOf(jsonObject(item), object, context, depth));
}

function nodeOf(
    body: Readonly<Record<string, unknown>>,
    object: ObjectDef,
    context: SessionContext,
    depth: number
): Node {
    const { schema } = context.org;
    const fields: Record<string, unknown> = {};
    const children: { lookup: string; nodes: Node[] }[] = [];
    for (const [name, value] of Object.entries(body)) {
        const relation = object.childRelationships.find(
            ({ relationshipName }) => relationshipName?.toLowerCase() === name.toLowerCase()
        );
        const child = relation === undefined ? undefined : schema.object(relation.childObject);
        if (relation !== undefined && child !== undefined) {
            const { records } = jsonObject(value);
            children.push({ lookup: relation.field, nodes: nodesOf(records, child, context, depth + 1) });
        } else {
            fields[name] = value;
        }
    }
    const { referenceId } = jsonObject(body['attributes']);
    if (typeof referenceId !== 'string') {
        throw jsonParserError('Each record of a tree needs attributes with a referenceId');
    }
    return { referenceId, record: recordFromJson(context.org, object, fields), children };
}

function countOf(nodes: readonly Node[]): number {
    const below = nodes.flatMap((node) => node.children.map((child) => countOf(child.nodes)));
    return nodes.length + below.reduce((sum, count) => sum + count, 0);
}
