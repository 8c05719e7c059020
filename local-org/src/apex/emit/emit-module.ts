import type { BoundClass, BoundStatement } from '../semantics/bound.ts';
import type { ClassSymbol } from '../semantics/symbols.ts';
import { BodyWriter } from './body-writer.ts';
import { emitClass, framed } from './emit-classes.ts';
import { emitStatement } from './emit-statements.ts';
import { ModuleWriter, type ModulePools } from './module-writer.ts';
import { withoutPositions, type SourcePosition } from './positions.ts';

/**
 * One file's code. `text` is the body of a function with the parameters R (runtime), S (support functions), L (lines of
 * the open frames), c (covered lines), F (number of the first frame), T, N, K, X (pools); it gives
 * `{ define, bind, run }`: makers of its classes, a setter of the classes it names, and the body of a trigger or of
 * anonymous code.
 */
export interface EmittedModule {
    readonly text: string;
    /** Where the statements of the source stand in the text, in order. */
    readonly positions: readonly SourcePosition[];
    readonly pools: ModulePools;
    /** Classes to define with the class each extends, in no order. */
    readonly classes: readonly { readonly symbol: ClassSymbol; readonly base: string | undefined }[];
}

export interface UnitBody {
    readonly symbol: ClassSymbol;
    readonly statement: BoundStatement;
    /** `Trigger.Name`, `AnonymousBlock`. */
    readonly where: string;
}

export function emitModule(root: BoundClass, body: UnitBody | undefined): EmittedModule {
    const module = new ModuleWriter();
    const classes = [root, ...root.inner].filter(({ symbol }) => symbol.kind === 'class');
    const definitions = classes.map(
        (bound) => `${JSON.stringify(bound.symbol.key)}: ($base) => ${emitClass(module, bound)}`
    );
    const run = body === undefined ? '' : `run: { ${emitBody(module, body)} }.run,\n`;
    const pools = module.pools();
    const names = pools.classes.map((_, index) => `C${index}`);
    const declarations = names.length === 0 ? '' : `let ${names.join(', ')};\n`;
    const text = [
        "'use strict';\n",
        unpack('T', pools.types.length),
        unpack('N', pools.natives.length),
        unpack('K', pools.constants.length),
        unpack('X', pools.statics.length),
        declarations,
        `return {\ndefine: {\n${definitions.join(',\n')}\n},\n${run}`,
        `bind($c) { ${names.map((name, index) => `${name} = $c[${index}];`).join(' ')} }\n};\n`
    ].join('');
    return {
        ...withoutPositions(text),
        pools,
        classes: classes.map(({ symbol, base }) => ({ symbol, base: base?.key }))
    };
}

function unpack(pool: string, size: number): string {
    if (size === 0) return '';
    const names = Array.from({ length: size }, (_, index) => `${pool}${index}`);
    return `const [${names.join(', ')}] = ${pool};\n`;
}

function emitBody(module: ModuleWriter, { symbol, statement, where }: UnitBody): string {
    const writer = new BodyWriter(module);
    return framed(writer, symbol, { where, head: 'run()', isLeaf: false }, () => emitStatement(writer, statement));
}
