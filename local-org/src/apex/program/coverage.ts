import type { ClassCoverage } from '../engine.ts';
import type { Linker, LinkedUnit } from './link.ts';

/** Lines that a run of tests covers, together and method by method. Generated code marks lines as it passes them. */
export interface CoverageMeter {
    /** What ran since the last call, of the classes and triggers that it touched. */
    take(): ClassCoverage[];
    /** What ran since the meter was made, of all classes and triggers. */
    total(): ClassCoverage[];
}

/** Of classes and triggers that are no tests. */
export function createCoverageMeter(linker: Linker): CoverageMeter {
    const measured = linker.units.filter(
        ({ compiled: { unit } }) => unit.kind !== 'anonymous' && unit.root?.isTest !== true
    );
    const totals = new Map(measured.map((linked) => [linked, new Uint8Array(linked.covered.length)]));
    measured.forEach(({ covered }) => covered.fill(0));

    return {
        take() {
            const touched = measured.filter(({ covered }) => covered.includes(1));
            const taken = touched.map((linked) => coverageOf(linked, linked.covered));
            for (const linked of touched) {
                const total = totals.get(linked)!;
                linked.covered.forEach((ran, line) => {
                    total[line] |= ran;
                });
                linked.covered.fill(0);
            }
            return taken;
        },
        total: () => [...totals].map(([linked, covered]) => coverageOf(linked, covered))
    };
}

function coverageOf({ compiled: { unit, module } }: LinkedUnit, covered: Uint8Array): ClassCoverage {
    const { lines } = module.pools;
    return {
        kind: unit.kind === 'trigger' ? 'trigger' : 'class',
        name: unit.name,
        coveredLines: lines.filter((line) => covered[line] === 1),
        uncoveredLines: lines.filter((line) => covered[line] !== 1)
    };
}
