import type { BoundExpression, BoundForEach, BoundStatement } from '../semantics/bound.ts';
import { listElement } from '../types/apex-types.ts';
import type { BodyWriter } from './body-writer.ts';
import { emitExpression, emitNonNull } from './emit-expressions.ts';
import { at, emitDiscarded, emitStatement } from './emit-statements.ts';
import { localName } from './names.ts';
import { cannotThrow } from './nullness.ts';

/** Each turn of a loop counts against the CPU limit, in a counter of the function's own. */
const TICK = 'if (--$t < 0) $t = R.tick();\n';

function body(writer: BodyWriter, statement: BoundStatement, start = ''): string {
    writer.hasLoops = true;
    return `{\n${TICK}${start}${emitStatement(writer, statement)}}`;
}

export function emitWhile(writer: BodyWriter, loop: Extract<BoundStatement, { kind: 'while' | 'doWhile' }>): string {
    const condition = emitCondition(writer, loop.condition, loop.line);
    if (loop.kind === 'while') {
        return `${at(writer, loop.line)}while (${condition}) ${body(writer, loop.body)}\n`;
    }
    return `${at(writer, loop.line)}do ${body(writer, loop.body)} while (${condition});\n`;
}

export function emitFor(writer: BodyWriter, loop: Extract<BoundStatement, { kind: 'for' }>): string {
    const init = loop.init.map((statement) => emitStatement(writer, statement)).join('');
    const condition = loop.condition === undefined ? '' : emitCondition(writer, loop.condition, loop.line);
    const update = loop.update.map((value) => emitDiscarded(writer, value)).join(', ');
    return `${at(writer, loop.line)}{\n${init}for (; ${condition}; ${update}) ${body(writer, loop.body)}\n}\n`;
}

/** A condition is looked at again after the body has moved on to other lines. */
function emitCondition(writer: BodyWriter, condition: BoundExpression, line: number): string {
    const text = emitNonNull(writer, condition);
    return cannotThrow(condition) ? text : `(L[$d] = ${line}, ${text})`;
}

export function emitForEach(writer: BodyWriter, loop: BoundForEach): string {
    const start = at(writer, loop.line);
    const iterable = emitNonNull(writer, loop.iterable);
    if (loop.source === 'collection' && listElement(loop.iterable.type) !== undefined) {
        return start + overList(writer, loop, iterable);
    }
    const item = writer.temporary();
    const source = sourceText(loop, iterable, writer);
    return `${start}for (${item} of ${source}) ${body(writer, loop.body, variable(writer, loop, item))}\n`;
}

function sourceText(loop: BoundForEach, iterable: string, writer: BodyWriter): string {
    switch (loop.source) {
        case 'collection':
            return iterable;
        case 'iterable':
            return `R.iterate(R.callInterface(${iterable}, 'iterator', R.iteratorOf))`;
        case 'iterator':
            return `R.iterate(${iterable})`;
        case 'batches':
            return `S.batches(${iterable}, ${writer.module.type(loop.local.type)})`;
    }
}

function variable(writer: BodyWriter, loop: BoundForEach, item: string): string {
    const value = writer.withReceiver(item, () => emitExpression(writer, loop.element));
    return `let ${localName(loop.local)} = ${value};\n`;
}

/** By index: faster than an iterator, with the same guard against changes while it runs. */
function overList(writer: BodyWriter, loop: BoundForEach, iterable: string): string {
    const list = writer.temporary();
    const index = writer.temporary();
    const declared = variable(writer, loop, `${list}.items[${index}]`);
    const turn = body(writer, loop.body, declared);
    const counted = `for (${index} = 0; ${index} < ${list}.items.length; ${index}++) ${turn}`;
    return `${list} = ${iterable}; ${list}.iterations++;\ntry {\n${counted}\n} finally { ${list}.iterations--; }\n`;
}
