import type { Node } from '../syntax/ast.ts';
import type { Unit } from './symbols.ts';

/** Adds a problem to a unit; one per place is enough, later ones are consequences. */
export function report(unit: Unit, at: Node, message: string): void {
    if (unit.problems.some((problem) => problem.line === at.line && problem.column === at.column)) {
        return;
    }
    unit.problems.push({
        kind: unit.kind,
        name: unit.name,
        fileName: unit.fileName,
        line: at.line,
        column: at.column,
        message
    });
}
