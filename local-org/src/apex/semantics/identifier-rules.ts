import type { Identifier, MethodDeclaration, TypeDeclaration } from '../syntax/ast.ts';
import { diagnostics } from './diagnostics.ts';
import { report } from './reporter.ts';
import type { Unit } from './symbols.ts';

/** Names that nothing but a method may have (Apex Developer Guide, "Reserved Keywords"; `currency` is a type). */
const RESERVED: ReadonlySet<string> = words(
    'activate any array autonomous begin bigdecimal byte case cast char collect const default end exception exit export',
    'float goto group hint import inner int into join loop number object of outer package parallel pragma retrieve',
    'rollback short sort switch synchronized system then transaction when',
    'blob boolean currency date datetime decimal double integer long set sobject string time void'
);

/** Names that no type may have. */
const RESERVED_TYPES: ReadonlySet<string> = words('apexpages page');

/** Keywords of the platform's parser, which our grammar takes as names. */
const KEYWORDS: ReadonlySet<string> = words(
    'abstract and as asc break bulk by catch class commit continue delete desc do else enum extends final finally for',
    'from global having if implements in insert instanceof interface like limit list map merge new not null nulls on or',
    'override private protected public return select static super testmethod this throw trigger try undelete update',
    'upsert using virtual webservice where while'
);

function words(...lines: readonly string[]): ReadonlySet<string> {
    return new Set(lines.flatMap((line) => line.split(' ')));
}

const LONGEST_CLASS = 40;
const LONGEST = 255;

type Kind = 'class' | 'inner' | 'method' | 'variable';

/** What a declared name may be; gives false when it is reported. */
export function checkIdentifier(unit: Unit, kind: Kind, { name, line, column }: Identifier): boolean {
    const problem = identifierProblem(kind, name);
    if (problem !== undefined) report(unit, { line, column }, problem);
    return problem === undefined;
}

function identifierProblem(kind: Kind, name: string): string | undefined {
    const lower = name.toLowerCase();
    if (KEYWORDS.has(lower)) return diagnostics.unexpectedToken(name);
    if (!isWellFormed(name)) return diagnostics.identifierCharacter(name);
    if (kind !== 'method' && RESERVED.has(lower)) return diagnostics.reservedName(name);
    const isType = kind === 'class' || kind === 'inner';
    if (isType && RESERVED_TYPES.has(lower)) return diagnostics.reservedType(name);
    const longest = kind === 'class' ? LONGEST_CLASS : LONGEST;
    return name.length > longest ? diagnostics.longIdentifier(name) : undefined;
}

/** Letters, digits and underscores; no underscore at an end, nor two together. */
function isWellFormed(name: string): boolean {
    return !name.startsWith('_') && !name.endsWith('_') && !name.includes('__');
}

export function checkTypeName(unit: Unit, declaration: TypeDeclaration, isInner: boolean): void {
    const isReserved = declaration.name.toLowerCase() === 'exception';
    // A class of that name is refused for what it does not extend.
    if (!isReserved) checkIdentifier(unit, isInner ? 'inner' : 'class', declaration);
    declaration.enumValues.forEach((value) => checkIdentifier(unit, 'variable', value));
}

export function checkMethodName(unit: Unit, declaration: MethodDeclaration): void {
    if (declaration.kind === 'method') checkIdentifier(unit, 'method', declaration);
    declaration.parameters.forEach((parameter) => checkIdentifier(unit, 'variable', parameter));
}
