import type { ClassCoverage } from '../engine.ts';
import type { Linker, LinkedUnit } from './link.ts';

/** Lines run since `resetCoverage`, of classes and triggers that are no tests. */
export function readCoverage(linker: Linker): ClassCoverage[] {
    return linker.units.flatMap((linked) => {
        const { unit, module } = linked.compiled;
        if (unit.kind === 'anonymous' || unit.root?.isTest === true) return [];
        const { lines } = module.pools;
        return [
            {
                kind: unit.kind,
                name: unit.name,
                coveredLines: lines.filter((line) => linked.covered[line] === 1),
                uncoveredLines: lines.filter((line) => linked.covered[line] !== 1)
            }
        ];
    });
}

export function resetCoverage(linker: Linker): void {
    linker.units.forEach(({ covered }: LinkedUnit) => covered.fill(0));
}
