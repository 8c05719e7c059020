import type { BoundExpression, BoundStatement, BoundTry } from '../semantics/bound.ts';
import { EXCEPTION, OBJECT } from '../types/apex-types.ts';
import type { BodyWriter } from './body-writer.ts';
import { emitArguments } from './emit-calls.ts';
import { emitExpression, emitNonNull } from './emit-expressions.ts';
import { emitFor, emitForEach, emitWhile } from './emit-loops.ts';
import { cannotThrow } from './nullness.ts';
import { constructorName, exceptionConstructorName, localName } from './names.ts';

/** A statement as JavaScript text, with the line it stands on noted before it runs. */
export function emitStatement(writer: BodyWriter, statement: BoundStatement): string {
    switch (statement.kind) {
        case 'block':
            return emitBlock(writer, statement);
        case 'expression':
            return `${at(writer, statement.line, statement.value)}${emitDiscarded(writer, statement.value)};\n`;
        case 'local': {
            const line = statement.value === undefined ? '' : at(writer, statement.line, statement.value);
            const value = statement.value === undefined ? 'null' : emitExpression(writer, statement.value);
            return `${line}let ${writer.module.position(statement.line, statement.local.name)}${localName(statement.local)} = ${value};\n`;
        }
        case 'if': {
            const start = at(writer, statement.line, statement.condition);
            const condition = emitNonNull(writer, statement.condition);
            const then = emitBranch(writer, statement.then);
            const otherwise =
                statement.otherwise === undefined ? '' : ` else ${emitBranch(writer, statement.otherwise)}`;
            return `${start}if (${condition}) ${then}${otherwise}\n`;
        }
        case 'while':
        case 'doWhile':
            return emitWhile(writer, statement);
        case 'for':
            return emitFor(writer, statement);
        case 'forEach':
            return emitForEach(writer, statement);
        case 'switch':
            return emitSwitch(writer, statement);
        case 'return':
            return emitReturn(writer, statement.value, statement.line);
        case 'throw':
            return `${at(writer, statement.line)}throw R.raise(${emitExpression(writer, statement.value)});\n`;
        case 'break':
        case 'continue':
            return `${at(writer, statement.line)}${statement.kind};\n`;
        case 'try':
            return emitTry(writer, statement);
        case 'dml': {
            const { operation, mode, externalIdField } = statement;
            const start = at(writer, statement.line);
            const value = emitExpression(writer, statement.value);
            const options = [operation, mode, externalIdField].map((option) => JSON.stringify(option) ?? 'undefined');
            return `${start}S.dmlStatement(R, ${value}, ${options.join(', ')});\n`;
        }
        case 'merge': {
            const start = at(writer, statement.line);
            const parts = emitArguments(writer, [statement.master, statement.duplicates]);
            return `${start}S.mergeStatement(R, ${parts}, ${JSON.stringify(statement.mode)});\n`;
        }
        case 'runAs': {
            const start = at(writer, statement.line);
            const saved = writer.temporary();
            const enter = `${saved} = R.enterRunAs(${emitNonNull(writer, statement.user)});\n`;
            const body = emitBranch(writer, statement.body);
            return `${start}${enter}try ${body} finally { R.leaveRunAs(${saved}); }\n`;
        }
        case 'constructorCall':
            return emitConstructorCall(writer, statement);
    }
}

/**
 * Notes the line as covered, and in the frame unless nothing can go wrong: then no one looks. `work` is what the
 * statement does on its own line.
 */
export function at(writer: BodyWriter, line: number, work?: BoundExpression): string {
    if (line <= 0) return '';
    writer.line = line;
    writer.module.line(line);
    const position = writer.module.position(line);
    const mark = writer.mark(line);
    const isQuiet =
        writer.leafFrame !== undefined || writer.noted === line || (work !== undefined && cannotThrow(work));
    if (isQuiet) return position + mark;
    writer.noted = line;
    return `${position}${writer.note(line, '; ')}${mark}`;
}

/** An expression whose value no one uses: `i++` need not remember what i was. */
export function emitDiscarded(writer: BodyWriter, value: BoundExpression): string {
    return emitExpression(writer, value.kind === 'compound' ? { ...value, givesOld: false } : value);
}

function emitBlock(writer: BodyWriter, block: Extract<BoundStatement, { kind: 'block' }>): string {
    const body = block.statements.map((statement) => emitStatement(writer, statement)).join('');
    // A group of declarations opens no scope.
    return block.line < 0 ? body : `{\n${body}}\n`;
}

/** A statement that does not run every time, in braces. */
function emitBranch(writer: BodyWriter, statement: BoundStatement): string {
    return writer.branch(() => emitBraced(writer, statement));
}

function emitBraced(writer: BodyWriter, statement: BoundStatement): string {
    const text = emitStatement(writer, statement);
    return statement.kind === 'block' && statement.line >= 0 ? text.trimEnd() : `{\n${text}}`;
}

/** The frame is left after the value is known, so that a failure in it still shows this frame. */
function emitReturn(writer: BodyWriter, value: BoundExpression | undefined, line: number): string {
    const start = at(writer, line);
    const { emptyReturn, leafFrame } = writer;
    if (value === undefined)
        return leafFrame === undefined ? `${start}{ R.depth = $d - 1; ${emptyReturn} }\n` : `${start}${emptyReturn}\n`;
    const text = emitExpression(writer, value);
    if (leafFrame !== undefined) return `${start}return ${text};\n`;
    if (value.kind === 'constant' || value.kind === 'local' || value.kind === 'this') {
        return `${start}R.depth = $d - 1; return ${text};\n`;
    }
    return `${start}{ const $r = ${text}; R.depth = $d - 1; return $r; }\n`;
}

function emitTry(writer: BodyWriter, statement: BoundTry): string {
    let text = `${at(writer, statement.line)}try ${emitBranch(writer, statement.body)}`;
    if (statement.catches.length > 0) {
        const clauses = statement.catches.map(({ type, local, body, line }) => {
            const test = type === EXCEPTION ? 'true' : `R.isInstance($e, ${writer.module.type(type)})`;
            const clause = writer.branch(() => at(writer, line) + emitStatement(writer, body));
            return `if (${test}) {\nlet ${localName(local)} = $e;\n${clause}}`;
        });
        text += ` catch ($e) {\n$e = R.caught($e, $d);\n${clauses.join(' else ')} else throw $e;\n}`;
    }
    if (statement.finally !== undefined) {
        const depth = writer.temporary();
        // A return inside try has left the frame already; what finally runs stands in it again.
        const body = writer.branch(() => emitStatement(writer, statement.finally as BoundStatement));
        text += ` finally {\n${depth} = R.depth; R.depth = $d;\n${body}R.depth = ${depth};\n}`;
    }
    return `${text}\n`;
}

function emitSwitch(writer: BodyWriter, statement: Extract<BoundStatement, { kind: 'switch' }>): string {
    const subject = writer.temporary();
    let text = `${at(writer, statement.line)}${subject} = ${emitExpression(writer, statement.value)};\n`;
    const isDynamic = statement.value.type === OBJECT;
    const branches = statement.branches.map(({ when, body }) => {
        switch (when.kind) {
            case 'else':
                return emitBranch(writer, body);
            case 'type': {
                const test = `R.isInstance(${subject}, ${writer.module.type(when.type)})`;
                const then = writer.branch(() => emitStatement(writer, body));
                return `if (${test}) {\nlet ${localName(when.local)} = ${subject};\n${then}}`;
            }
            case 'values': {
                const tests = when.values.map((value) => {
                    const expected = emitExpression(writer, value);
                    return isDynamic ? `R.equals(${subject}, ${expected})` : `${subject} === ${expected}`;
                });
                return `if (${tests.join(' || ')}) ${emitBranch(writer, body)}`;
            }
        }
    });
    text += branches.join(' else ');
    return `${text}\n`;
}

function emitConstructorCall(
    writer: BodyWriter,
    statement: Extract<BoundStatement, { kind: 'constructorCall' }>
): string {
    const { owner, self } = statement;
    const isMarked = statement.exceptionArgs !== undefined || (statement.isThis && owner !== undefined);
    const start = isMarked ? at(writer, statement.line) : '';
    const args = emitArguments(writer, statement.args);
    if (statement.exceptionArgs !== undefined) {
        const { message, cause } = statement.exceptionArgs;
        const parts = [message, cause].map((part) => (part === undefined ? 'null' : emitExpression(writer, part)));
        // Fields are initialised as by the constructors that the class did not write.
        return `${start}S.explain(this.${exceptionConstructorName(self)}(), ${parts.join(', ')});\n`;
    }
    if (statement.isThis && owner !== undefined) {
        return `${start}this.${constructorName(owner, statement.constructor_)}(${args});\n`;
    }
    return owner === undefined ? '' : `this.${constructorName(owner, statement.constructor_)}(${args});\n`;
}
