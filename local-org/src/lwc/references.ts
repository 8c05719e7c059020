import { bundleApiVersion, packagePath, type LightningBundle } from './bundle.ts';
import { compileFile } from './compile-file.ts';
import { FileResults } from './file-results.ts';
import { lwcScriptParser, lwcTemplateParser, type ScriptNode, type TemplateNode } from './toolchain.ts';

/** A module that a file of a bundle needs: by an import, an export from, or a tag of a template. */
export interface ModuleReference {
    /** `c/errorUtils`, `lightning/card`, `@salesforce/apex/X.y`, `./format`. */
    readonly specifier: string;
    /** Path in the package. */
    readonly file: string;
    readonly line: number;
    readonly column: number;
}

const ofFiles = new FileResults<readonly ModuleReference[]>('references');
const ofScripts = new FileResults<readonly string[] | null>('public members');

/** Every reference of the bundle's scripts, templates and style sheets. Files that do not parse have none. */
export function bundleReferences(bundle: LightningBundle): readonly ModuleReference[] {
    const { name, files } = bundle;
    return [...files].flatMap(([file, source]) =>
        ofFiles.get([name, file, bundleApiVersion(bundle)], source, () => fileReferences(bundle, file, source))
    );
}

/** Names of the members with `@api` of the class that the bundle's main script exports; undefined when it has parents. */
export function publicMembers(bundle: LightningBundle): ReadonlySet<string> | undefined {
    const script = bundle.files.get(`${bundle.name}.js`) ?? '';
    const members = ofScripts.get([], script, () => scriptMembers(script));
    return members === null ? undefined : new Set(members);
}

function scriptMembers(script: string): string[] | null {
    const program = parseScript(script);
    const exported = list(program?.['body']).find((node) => node.type === 'ExportDefaultDeclaration');
    const component = node(exported?.['declaration']);
    if (component?.type !== 'ClassDeclaration' || !extendsLightningElement(node(component['superClass']))) {
        return null;
    }
    return list(node(component['body'])?.['body'])
        .filter((member) => list(member['decorators']).some((decorator) => nameOf(decorator['expression']) === 'api'))
        .map((member) => nameOf(member['key']) ?? '');
}

function fileReferences(bundle: LightningBundle, file: string, source: string): ModuleReference[] {
    const path = packagePath(bundle.name, file);
    if (file.endsWith('.js')) {
        return scriptReferences(path, source);
    }
    if (file.endsWith('.html')) {
        return templateReferences(path, source);
    }
    return file.endsWith('.css') ? styleReferences(bundle, file, source) : [];
}

/** `@import 'c/palette'` is an import in the compiled style sheet. */
function styleReferences(bundle: LightningBundle, file: string, source: string): ModuleReference[] {
    const compiled = compileFile(bundle, file);
    return compiled.ok
        ? scriptReferences(packagePath(bundle.name, file), compiled.code).map((reference) => ({
              ...reference,
              ...positionOf(source, reference.specifier)
          }))
        : [];
}

function positionOf(source: string, text: string): { line: number; column: number } {
    const before = source.slice(0, source.indexOf(text)).split('\n');
    return { line: before.length, column: before.at(-1)!.length + 1 };
}

function scriptReferences(file: string, source: string): ModuleReference[] {
    return list(parseScript(source)?.['body']).flatMap((statement) => {
        const from = node(statement['source']);
        const { line, column } = statement.loc.start;
        return typeof from?.['value'] === 'string'
            ? [{ specifier: from['value'], file, line, column: column + 1 }]
            : [];
    });
}

function templateReferences(file: string, source: string): ModuleReference[] {
    const parser = lwcTemplateParser();
    const references: ModuleReference[] = [];
    const visit = (current: TemplateNode): void => {
        if (current.type === 'Component' && current.name !== undefined) {
            const { startLine: line, startColumn: column } = current.location;
            // `c-account-panel` names the module `c/accountPanel`.
            const specifier = parser.kebabcaseToCamelcase(current.name);
            references.push({ specifier, file, line, column });
        }
        current.children?.forEach(visit);
        if (current.else !== undefined) {
            visit(current.else);
        }
    };
    const { root } = parser.parse(source, { enableDynamicComponents: true, enableLwcOn: true });
    if (root !== undefined) {
        visit(root);
    }
    return references;
}

function parseScript(source: string): ScriptNode | undefined {
    try {
        return lwcScriptParser().parse(source, { sourceType: 'module', plugins: ['decorators'] }).program;
    } catch (error) {
        if (error instanceof SyntaxError) {
            return undefined;
        }
        throw error;
    }
}

/** `LightningElement` itself, or a mixin around it such as NavigationMixin. */
function extendsLightningElement(parent: ScriptNode | undefined): boolean {
    return parent?.type === 'CallExpression'
        ? list(parent['arguments']).some((argument) => extendsLightningElement(argument))
        : parent?.['name'] === 'LightningElement';
}

function nameOf(value: unknown): string | undefined {
    const name = node(value)?.['name'];
    return typeof name === 'string' ? name : undefined;
}

function node(value: unknown): ScriptNode | undefined {
    return typeof value === 'object' && value !== null ? (value as ScriptNode) : undefined;
}

function list(value: unknown): readonly ScriptNode[] {
    return Array.isArray(value) ? (value as ScriptNode[]) : [];
}
