import type { BoundExpression, BoundForEach, BoundStatement } from '../semantics/bound.ts';
import { listElement } from '../types/apex-types.ts';
import type { BodyWriter } from './body-writer.ts';
import { emitExpression, emitNonNull } from './emit-expressions.ts';
import { at, emitDiscarded, emitStatement } from './emit-statements.ts';
import { localName } from './names.ts';
import { cannotThrow } from './nullness.ts';

/** A loop: what runs before its first turn, and the text of a turn in braces. */
interface Turns {
    readonly before: string;
    readonly body: string;
}

/**
 * Each turn of a loop counts against the CPU limit, in the counter `$t` of the function's own. The counter starts empty,
 * with what was left of it in `$s`: so the first turn passes through the seldom taken branch, which marks the lines that
 * every turn begins with, and no later turn has to.
 */
function turns(writer: BodyWriter, statement: BoundStatement, start = '', isSafeStart = true): Turns {
    writer.hasLoops = true;
    const lines = isSafeStart ? leadingLines(statement).filter((line) => !writer.isMarked(line)) : [];
    const marks = lines.map((line) => ` c[${line}] = 1;`).join('');
    const tick = `if (($t = $t - 1 | 0) < 0) { $t = $s > 0 ? $s : R.tick() | 0; $s = 0;${marks} }\n`;
    writer.noted = 0;
    const body = writer.branch(() => `{\n${tick}${start}${emitStatement(writer, statement)}}`, lines);
    return { before: lines.length === 0 ? '' : '$s = $t; $t = 0;\n', body };
}

/** Lines of the statements that run in every turn: up to the first that may go elsewhere. */
function leadingLines(statement: BoundStatement): number[] {
    const marked = leadingStatements(statement).filter(({ kind }) => kind !== 'constructorCall');
    return [...new Set(marked.map(({ line }) => line))].filter((line) => line > 0);
}

function leadingStatements(statement: BoundStatement): BoundStatement[] {
    if (statement.kind === 'local' && statement.value === undefined) return [];
    if (statement.kind !== 'block') return [statement];
    const found: BoundStatement[] = [];
    for (const one of statement.statements) {
        found.push(...leadingStatements(one));
        const isPassed =
            (one.kind === 'expression' && cannotThrow(one.value)) ||
            (one.kind === 'local' && (one.value === undefined || cannotThrow(one.value)));
        if (!isPassed) break;
    }
    return found;
}

export function emitWhile(writer: BodyWriter, loop: Extract<BoundStatement, { kind: 'while' | 'doWhile' }>): string {
    const start = at(writer, loop.line);
    const text = writer.loop(() => {
        const condition = emitCondition(writer, loop.condition, loop.line);
        const { before, body } = turns(writer, loop.body);
        if (loop.kind === 'while') return `${before}while (${condition}) ${body}\n`;
        return `${before}do ${body} while (${condition});\n`;
    });
    return start + text;
}

export function emitFor(writer: BodyWriter, loop: Extract<BoundStatement, { kind: 'for' }>): string {
    const start = at(writer, loop.line);
    const init = loop.init.map((statement) => emitStatement(writer, statement)).join('');
    const text = writer.loop(() => {
        const condition = loop.condition === undefined ? '' : emitCondition(writer, loop.condition, loop.line);
        const update = loop.update.map((value) => emitDiscarded(writer, value)).join(', ');
        const { before, body } = turns(writer, loop.body);
        return `${before}for (; ${condition}; ${update}) ${body}\n`;
    });
    return `${start}{\n${init}${text}}\n`;
}

/** A condition is looked at again after the body has moved on to other lines. */
function emitCondition(writer: BodyWriter, condition: BoundExpression, line: number): string {
    const text = emitNonNull(writer, condition);
    return cannotThrow(condition) ? text : `(${writer.note(line, ', ')}${text})`;
}

export function emitForEach(writer: BodyWriter, loop: BoundForEach): string {
    const start = at(writer, loop.line);
    const iterable = emitNonNull(writer, loop.iterable);
    if (loop.source === 'collection' && listElement(loop.iterable.type) !== undefined) {
        return start + overList(writer, loop, iterable);
    }
    const item = writer.temporary();
    const source = sourceText(loop, iterable, writer);
    const { before, body } = turns(writer, loop.body, variable(writer, loop, item), isPlain(loop.element));
    return `${start}${before}for (${item} of ${source}) ${body}\n`;
}

function sourceText(loop: BoundForEach, iterable: string, writer: BodyWriter): string {
    switch (loop.source) {
        case 'collection':
            return iterable;
        case 'copy':
            return `[...${iterable}.values()]`;
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

/** Taking the element cannot fail. */
function isPlain(element: BoundExpression): boolean {
    return element.kind === 'safeReceiver' || (element.kind === 'convert' && element.conversion === 'none');
}

/**
 * By index: faster than an iterator. As with an iterator of Java, a change of the list shows when the loop goes on: one
 * that is left at once after it ends in peace.
 */
function overList(writer: BodyWriter, loop: BoundForEach, iterable: string): string {
    const list = writer.temporary();
    const index = writer.temporary();
    const changes = writer.temporary();
    const declared = variable(writer, loop, `${list}.items[${index}]`);
    const [at, end] = [index, `${list}.items.length`];
    const goesOn = `${list}.changes === ${changes} ? ${at} < ${end} : ${at} !== ${end} && S.changed(R)`;
    const write = (): string => {
        const { before, body } = turns(writer, loop.body, declared, isPlain(loop.element));
        return `${before}for (${index} = 0; ${goesOn}; ${index}++) ${body}\n`;
    };
    // An element that cannot be had is a failure of the loop's own line.
    const text = isPlain(loop.element) ? writer.loop(write) : write();
    return `${list} = ${iterable}; ${changes} = ${list}.changes;\n${text}`;
}
