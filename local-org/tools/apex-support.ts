import { readFileSync, writeFileSync } from 'node:fs';
import { createLibraryCatalog, type LibraryCatalog } from '../src/apex/library/catalog.ts';
import { platformTypes, type PlatformClass } from '../src/platform/signatures.ts';
import { publicSuites } from './public-suites.ts';

/** The page that lists every platform class with what of it runs here, counted member by member. */
export const PAGE = new URL('../../docs/apex-support.md', import.meta.url);

/** What stands behind this line is written by hand and kept: results on public code. */
const END = '<!-- end of the generated part -->';

const HEAD = [
    '# Apex classes of the platform',
    '',
    'Written by `npm run build:docs` from the signature table of the platform (`local-org/src/platform`) and the class',
    'library (`local-org/src/apex/library`); a test fails when it is stale. A member that the platform has and the library',
    'lacks is a compile error that names it. Calls of ConnectApi that are missing are refused when they run.',
    ''
];

interface ClassSupport {
    readonly type: PlatformClass;
    readonly implemented: number;
    readonly total: number;
    /** Names of members that are missing. */
    readonly missing: readonly string[];
}

export function apexSupport(): string {
    const catalog = createLibraryCatalog();
    const table = platformTypes();
    const namespaces = [...table.namespaces].sort(byName).map((namespace) => ({
        namespace,
        classes: table.typesOf(namespace).flatMap((name) => supportOf(catalog, name) ?? [])
    }));
    const runs = ({ classes }: { readonly classes: readonly ClassSupport[] }): boolean =>
        classes.some((support) => support.type.kind !== 'enum' && isStarted(support));
    const started = namespaces.filter(runs);
    const others = namespaces.filter((namespace) => !runs(namespace));
    const all = namespaces.flatMap(({ classes }) => classes);
    return [
        ...HEAD,
        summary(all),
        '',
        ...started.flatMap(({ namespace, classes }) => section(namespace, classes)),
        '## Other namespaces',
        '',
        `Nothing but their enums is implemented: ${others.map(({ namespace }) => namespace).join(', ')}.`,
        '',
        ...publicSuites(),
        END,
        ''
    ].join('\n');
}

function summary(classes: readonly ClassSupport[]): string {
    const complete = classes.filter(isComplete).length;
    const partial = classes.filter((support) => isStarted(support) && !isComplete(support)).length;
    return `Of ${classes.length} classes, interfaces and enums ${complete} are complete and ${partial} partial.`;
}

function section(namespace: string, classes: readonly ClassSupport[]): string[] {
    const complete = classes.filter(isComplete);
    const partial = classes.filter((support) => isStarted(support) && !isComplete(support)).sort(byType);
    const missing = classes.filter((support) => !isStarted(support));
    return [
        `## ${namespace}`,
        '',
        ...(partial.length === 0 ? [] : [...partialTable(partial), '']),
        ...line('Complete', complete),
        ...line('Not implemented', missing)
    ];
}

/** Columns are as wide as their widest cell, as Prettier wants them. */
function partialTable(classes: readonly ClassSupport[]): string[] {
    const rows = [
        ['Partial', 'Members', 'Missing'],
        ...classes.map(({ type, implemented, total, missing }) => [
            type.simpleName,
            `${implemented} of ${total}`,
            shorten(missing)
        ])
    ];
    const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
    const [head = '', ...body] = rows.map(
        (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
    );
    return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body];
}

const SHOWN = 8;

function shorten(names: readonly string[]): string {
    const unique = [...new Set(names)];
    const shown = unique.slice(0, SHOWN).join(', ');
    return unique.length <= SHOWN ? shown : `${shown} and ${unique.length - SHOWN} more`;
}

function line(title: string, classes: readonly ClassSupport[]): string[] {
    const names = classes.map(({ type }) => type.simpleName).sort(byName);
    return names.length === 0 ? [] : [`${title} (${names.length}): ${names.join(', ')}.`, ''];
}

/** Every object has them, so they tell nothing about a class. */
const OBJECT_METHODS: ReadonlySet<string> = new Set(['equals', 'hashcode', 'tostring']);

/**
 * What the compiler translates instead of calling the library: methods of custom metadata and custom settings, and
 * `record.Field.addError(…)`, which the table lists with the type of the field.
 */
const COMPILED: Readonly<Record<string, ReadonlySet<string>>> = {
    'System.SObject': new Set(['getAll', 'getInstance', 'getOrgDefaults', 'getValues'])
};

/** An interface is complete when the library knows it: the classes of the org answer its calls. */
function supportOf(catalog: LibraryCatalog, name: string): ClassSupport | undefined {
    const type = platformTypes().type(name);
    if (type === undefined) return undefined;
    if (type.kind === 'enum') return { type, implemented: 1, total: 1, missing: [] };
    const native = catalog.find(type.name);
    const refused = native?.refused ?? new Set<string>();
    const known = new Map<string, boolean>();
    const add = (label: string, key: string | undefined): void => {
        known.set(label, key !== undefined && !refused.has(key));
    };
    for (const { name: method, parameters, isStatic } of type.methods) {
        if (OBJECT_METHODS.has(method.toLowerCase())) continue;
        const isCompiled = COMPILED[type.name]?.has(method) ?? (method === 'addError' && !isStatic);
        const key = catalog.method(type.name, method, parameters, isStatic);
        add(`${method}(${parameters.join()})`, isCompiled ? (key ?? method) : key);
    }
    for (const { parameters } of type.constructors) {
        // The jar gives every class a constructor without parameters, whether the platform has it or not.
        if (parameters.length === 0) continue;
        add(`new(${parameters.join()})`, catalog.constructor_(type.name, parameters));
    }
    for (const { name: property, isStatic } of type.properties) {
        add(property, catalog.property(type.name, property, isStatic)?.key);
    }
    const missing = [...known].filter(([, isKnown]) => !isKnown).map(([label]) => nameOf(label));
    const isEmpty = known.size === 0 && native !== undefined;
    return isEmpty
        ? { type, implemented: 1, total: 1, missing: [] }
        : { type, implemented: known.size - missing.length, total: Math.max(known.size, 1), missing };
}

function nameOf(label: string): string {
    const end = label.indexOf('(');
    return end === -1 ? label : label.slice(0, end);
}

function isComplete({ implemented, total }: ClassSupport): boolean {
    return implemented === total;
}

function isStarted({ implemented }: ClassSupport): boolean {
    return implemented > 0;
}

function byName(left: string, right: string): number {
    return left.localeCompare(right, 'en', { sensitivity: 'base' });
}

function byType(left: ClassSupport, right: ClassSupport): number {
    return byName(left.type.simpleName, right.type.simpleName);
}

/** The page as it should be: the generated part, then what was written by hand behind it. */
export function apexSupportPage(current: string): string {
    const at = current.indexOf(END);
    const tail = at === -1 ? '' : current.slice(at + END.length + 1);
    return apexSupport() + tail;
}

if (import.meta.main) {
    let current = '';
    try {
        current = readFileSync(PAGE, 'utf8');
    } catch {
        // The first page.
    }
    writeFileSync(PAGE, apexSupportPage(current));
}
