import type { BoundExpression, BoundStatement, BoundTry } from '../semantics/bound.ts';
import { EXCEPTION, OBJECT } from '../types/apex-types.ts';
import type { BodyWriter } from './body-writer.ts';
import { emitArguments } from './emit-calls.ts';
import { emitExpression, emitNonNull } from './emit-expressions.ts';
import { emitFor, emitForEach, emitWhile } from './emit-loops.ts';
import { cannotThrow } from './nullness.ts';
import { constructorName, exceptionConstructorName, initializerName, localName } from './names.ts';

/** A statement as JavaScript text, with the line it stands on noted before it runs. */
export function emitStatement(writer: BodyWriter, statement: BoundStatement): string {
    switch (statement.kind) {
        case 'block':
            return emitBlock(writer, statement);
        case 'expression':
            return `${at(writer, statement.line, statement.value)}${emitDiscarded(writer, statement.value)};\n`;
        case 'local': {
            const value = statement.value === undefined ? 'null' : emitExpression(writer, statement.value);
            const line = statement.value === undefined ? '' : at(writer, statement.line, statement.value);
            return `${line}let ${localName(statement.local)} = ${value};\n`;
        }
        case 'if': {
            const condition = emitNonNull(writer, statement.condition);
            const then = emitBraced(writer, statement.then);
            const otherwise =
                statement.otherwise === undefined ? '' : ` else ${emitBraced(writer, statement.otherwise)}`;
            return `${at(writer, statement.line, statement.condition)}if (${condition}) ${then}${otherwise}\n`;
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
            const value = emitExpression(writer, statement.value);
            const options = [operation, mode, externalIdField].map((option) => JSON.stringify(option) ?? 'undefined');
            return `${at(writer, statement.line)}S.dmlStatement(R, ${value}, ${options.join(', ')});\n`;
        }
        case 'merge': {
            const parts = emitArguments(writer, [statement.master, statement.duplicates]);
            return `${at(writer, statement.line)}S.mergeStatement(R, ${parts}, ${JSON.stringify(statement.mode)});\n`;
        }
        case 'runAs': {
            const saved = writer.temporary();
            const enter = `${saved} = R.enterRunAs(${emitNonNull(writer, statement.user)});\n`;
            const body = emitBraced(writer, statement.body);
            return `${at(writer, statement.line)}${enter}try ${body} finally { R.leaveRunAs(${saved}); }\n`;
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
    const frame = work !== undefined && cannotThrow(work) ? '' : `L[$d] = ${line}; `;
    return `${frame}c[${line}] = 1; `;
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

export function emitBraced(writer: BodyWriter, statement: BoundStatement): string {
    const text = emitStatement(writer, statement);
    return statement.kind === 'block' && statement.line >= 0 ? text.trimEnd() : `{\n${text}}`;
}

/** The frame is left after the value is known, so that a failure in it still shows this frame. */
function emitReturn(writer: BodyWriter, value: BoundExpression | undefined, line: number): string {
    const start = at(writer, line);
    if (value === undefined) return `${start}{ R.depth = $d - 1; ${writer.emptyReturn} }\n`;
    const text = emitExpression(writer, value);
    if (value.kind === 'constant' || value.kind === 'local' || value.kind === 'this') {
        return `${start}R.depth = $d - 1; return ${text};\n`;
    }
    return `${start}{ const $r = ${text}; R.depth = $d - 1; return $r; }\n`;
}

function emitTry(writer: BodyWriter, statement: BoundTry): string {
    let text = `${at(writer, statement.line)}try ${emitBraced(writer, statement.body)}`;
    if (statement.catches.length > 0) {
        const clauses = statement.catches.map(({ type, local, body, line }) => {
            const test = type === EXCEPTION ? 'true' : `R.isInstance($e, ${writer.module.type(type)})`;
            return `if (${test}) {\nlet ${localName(local)} = $e;\n${at(writer, line)}${emitStatement(writer, body)}}`;
        });
        text += ` catch ($e) {\n$e = R.caught($e, $d);\n${clauses.join(' else ')} else throw $e;\n}`;
    }
    if (statement.finally !== undefined) {
        const depth = writer.temporary();
        // A return inside try has left the frame already; what finally runs stands in it again.
        const body = emitStatement(writer, statement.finally);
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
                return emitBraced(writer, body);
            case 'type': {
                const test = `R.isInstance(${subject}, ${writer.module.type(when.type)})`;
                return `if (${test}) {\nlet ${localName(when.local)} = ${subject};\n${emitStatement(writer, body)}}`;
            }
            case 'values': {
                const tests = when.values.map((value) => {
                    const expected = emitExpression(writer, value);
                    return isDynamic ? `R.equals(${subject}, ${expected})` : `${subject} === ${expected}`;
                });
                return `if (${tests.join(' || ')}) ${emitBraced(writer, body)}`;
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
    const args = emitArguments(writer, statement.args);
    const { owner, self } = statement;
    if (statement.exceptionArgs !== undefined) {
        const { message, cause } = statement.exceptionArgs;
        const parts = [message, cause].map((part) => (part === undefined ? 'null' : emitExpression(writer, part)));
        // Fields are initialised as by the constructors that the class did not write.
        return `${at(writer, statement.line)}S.explain(this.${exceptionConstructorName(self)}(), ${parts.join(', ')});\n`;
    }
    if (statement.isThis && owner !== undefined) {
        return `${at(writer, statement.line)}this.${constructorName(owner, statement.constructor_)}(${args});\n`;
    }
    let text = '';
    if (owner !== undefined) {
        text = `this.${constructorName(owner, statement.constructor_)}(${args});\n`;
    }
    return `${text}this.${initializerName(self)}();\n`;
}
