import type { CompileProblem } from '../engine.ts';
import type { Node } from '../syntax/ast.ts';
import type { Unit } from './symbols.ts';

/** Adds a problem to a unit; one per place is enough, later ones are consequences. */
export function report(unit: Unit, at: Node, message: string): void {
    add(unit.problems, unit, at, message);
}

/** Notes a use of something that the local org lacks. */
export function noteUnsupported(unit: Unit, at: Node, message: string): void {
    add(unit.unsupported, unit, at, message);
}

function add(problems: CompileProblem[], { kind, name, fileName }: Unit, at: Node, message: string): void {
    if (problems.some((problem) => problem.line === at.line && problem.column === at.column)) return;
    problems.push({ kind, name, fileName, line: at.line, column: at.column, message });
}
