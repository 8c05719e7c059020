import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ApexSource } from '../../../local-org/src/apex/engine.ts';
import { filesEndingIn } from '../verdict.ts';
import { compileWithJorje, hasJavaCompiler, type JorjeProgram } from './compile.ts';
import { projectObjects } from './objects.ts';
import { readProjectOrg, type ProjectOrg } from './project-org.ts';

/**
 * Compiles classes with the official compiler and with the local org's, and prints how far the two agree.
 *
 *     npm run agreement -- [--each] [--all] DIR...
 *
 * The classes and objects below a folder are one program. With `--each`, every class is a program of its own with the
 * classes beside it that it names: folders of small fixtures. `--all` prints agreed rejections too.
 */
const FIXTURE_API_VERSION = 62;

interface Problem {
    readonly line: number;
    readonly column: number;
    readonly message: string;
}

/** What one of the compilers says of one file: its first problem, none when it accepts it. */
interface Comparison {
    readonly file: string;
    readonly jorje: readonly Problem[];
    readonly ours: readonly Problem[];
}

interface Program {
    readonly id: string;
    readonly sources: readonly ApexSource[];
    /** Files whose verdict counts; the others of the program are there to be named. */
    readonly judged: readonly string[];
    readonly project: ProjectOrg;
}

const { values: options, positionals: directories } = parseArgs({
    options: { each: { type: 'boolean', default: false }, all: { type: 'boolean', default: false } },
    allowPositionals: true
});

if (!hasJavaCompiler() || directories.length === 0) {
    console.error(
        directories.length === 0
            ? 'Name folders of Apex: npm run agreement -- [--each] [--all] DIR...'
            : 'The official compiler needs a Java with javac on the PATH.'
    );
    process.exit(2);
}

const runs = directories.map((name) => {
    const directory = resolve(name);
    return { directory, programs: options.each ? eachClass(directory) : [wholeProject(directory)] };
});
const answers = compileWithJorje(runs.flatMap(({ programs }) => programs.map(toJorje)));
const all = runs.flatMap(({ directory, programs }) => {
    const comparisons = compare(programs);
    printDifferences(directory, comparisons);
    printAgreement(directory, comparisons);
    return comparisons;
});
if (runs.length > 1) printAgreement('All', all);

function wholeProject(directory: string): Program {
    const project = readProjectOrg(packageFolders(directory));
    const sources = filesEndingIn(packageFolders(directory), '.cls', '.trigger')
        .filter((file) => !file.includes('/node_modules/'))
        .map(readSource);
    const byName = new Map(sources.map((source) => [`${source.kind} ${source.name}`.toLowerCase(), source]));
    const unique = [...byName.values()];
    return { id: directory, sources: unique, judged: unique.map(({ fileName }) => fileName), project };
}

/** The package directories of a Salesforce DX project; the folder itself when it is none. */
function packageFolders(directory: string): string[] {
    const file = join(directory, 'sfdx-project.json');
    if (!existsSync(file)) return [directory];
    const { packageDirectories } = JSON.parse(readFileSync(file, 'utf8')) as {
        packageDirectories: { path: string }[];
    };
    return packageDirectories.map(({ path }) => join(directory, path)).filter((path) => existsSync(path));
}

function eachClass(directory: string): Program[] {
    const project = readProjectOrg([]);
    const folders = new Map<string, ApexSource[]>();
    for (const file of filesEndingIn([directory], '.cls', '.trigger')) {
        const source = readSource(file);
        const folder = folders.get(dirname(file)) ?? [];
        folder.push(source);
        folders.set(dirname(file), folder);
    }
    return [...folders.values()].flatMap((folder) =>
        folder.map((source) => ({
            id: source.fileName,
            sources: withNamed(source, folder),
            judged: [source.fileName],
            project
        }))
    );
}

/** A class, and those beside it that it names, directly or through them. */
function withNamed(source: ApexSource, folder: readonly ApexSource[]): ApexSource[] {
    const found = new Set([source]);
    for (const current of found) {
        const words = new Set(current.body.toLowerCase().match(/\w+/g));
        for (const other of folder) {
            const isNew = ![...found].some(({ name }) => name.toLowerCase() === other.name.toLowerCase());
            if (isNew && words.has(other.name.toLowerCase())) found.add(other);
        }
    }
    return [...found];
}

function readSource(file: string): ApexSource {
    const body = readFileSync(file, 'utf8');
    const kind = extname(file) === '.trigger' ? 'trigger' : 'class';
    return { kind, name: declaredName(body, nameOf(file)), body, apiVersion: apiVersionOf(file), fileName: file };
}

/** What other code calls the class: as its file is named, but for some fixtures. */
function declaredName(body: string, fileName: string): string {
    const declared = (name: string): RegExpExecArray | null =>
        new RegExp(`^[^/*]*?\\b(?:class|interface|enum|trigger)\\s+(${name})\\b`, 'im').exec(body);
    return (declared(fileName) ?? declared('\\w+'))?.[1] ?? fileName;
}

function nameOf(file: string): string {
    return basename(file, extname(file));
}

function apiVersionOf(file: string): number {
    const meta = `${file}-meta.xml`;
    const text = existsSync(meta) && statSync(meta).isFile() ? readFileSync(meta, 'utf8') : '';
    const version = Number(/<apiVersion>([\d.]+)</.exec(text)?.[1] ?? FIXTURE_API_VERSION);
    return version;
}

function compare(programs: readonly Program[]): Comparison[] {
    return programs.flatMap((program) => {
        const theirs = answers.get(program.id) ?? [];
        const { problems } = program.project.org.apex.compile(program.sources);
        return program.judged.map((file) => {
            return {
                file,
                jorje: sorted(theirs.filter(({ source }) => source === file)),
                ours: sorted(problems.filter(({ fileName, message }) => fileName === file && isOwn(message)))
            };
        });
    });
}

/** The official compiler reports a fault where it is, and not again where the class is named. */
function isOwn(message: string): boolean {
    return !message.startsWith('Dependent class is invalid');
}

function toJorje({ id, sources, project }: Program): JorjeProgram {
    const objects = projectObjects(project);
    const named = sources.map(({ fileName, body, apiVersion }) => ({ name: fileName, body, apiVersion }));
    return { id, sources: named, objects, labels: project.labels, pages: project.pages };
}

function sorted(problems: readonly Problem[]): Problem[] {
    return [...problems].sort((left, right) => left.line - right.line || left.column - right.column);
}

function printDifferences(directory: string, comparisons: readonly Comparison[]): void {
    for (const comparison of comparisons) {
        const isSame = isAgreed(comparison) && (!isRejected(comparison) || isSameText(comparison));
        if (isSame && (!options.all || !isRejected(comparison))) continue;
        const mark = !isAgreed(comparison) ? 'VERDICT' : isSame ? 'same' : isSameLine(comparison) ? 'text' : 'LINE';
        console.log(`${mark}  ${relative(directory, comparison.file)}`);
        console.log(`    official  ${describe(comparison.jorje)}`);
        console.log(`    local     ${describe(comparison.ours)}`);
    }
}

function isAgreed({ jorje, ours }: Comparison): boolean {
    return (jorje.length === 0) === (ours.length === 0);
}

function isRejected({ jorje }: Comparison): boolean {
    return jorje.length > 0;
}

function isSameLine({ jorje, ours }: Comparison): boolean {
    return jorje[0]?.line === ours[0]?.line;
}

function isSameText(comparison: Comparison): boolean {
    return isSameLine(comparison) && comparison.jorje[0]?.message === comparison.ours[0]?.message;
}

function printAgreement(title: string, comparisons: readonly Comparison[]): void {
    const agreed = comparisons.filter(isAgreed);
    const rejects = agreed.filter(isRejected);
    const share = (part: number, whole: number): string =>
        `${part} of ${whole} (${whole === 0 ? 100 : ((100 * part) / whole).toFixed(1)} %)`;
    console.log(title);
    console.log(`  accept or reject  ${share(agreed.length, comparisons.length)}`);
    console.log(`  rejects, line     ${share(rejects.filter(isSameLine).length, rejects.length)}`);
    console.log(`  rejects, text     ${share(rejects.filter(isSameText).length, rejects.length)}`);
}

function describe([first, ...rest]: readonly Problem[]): string {
    if (first === undefined) return 'accepts';
    const more = rest.length === 0 ? '' : ` (and ${rest.length} more)`;
    return `${first.line}:${first.column}  ${first.message}${more}`;
}
