import { packagePath, type BundleProblem, type LightningBundle } from './bundle.ts';
import { compileFile } from './compile-file.ts';
import { configurationProblems } from './configuration.ts';
import { referenceProblems, type BundleEnvironment } from './reference-check.ts';

export type { BundleProblem, LightningBundle } from './bundle.ts';
export { readBundle } from './bundle.ts';
export type { BundleEnvironment } from './reference-check.ts';

const COMPILED = ['.js', '.html', '.css'];

/**
 * What a deploy checks of a Lightning component bundle: the shape of the bundle, each file by the LWC compiler, the
 * properties that pages may set, and whether everything that it refers to is there. No problems means that it can be served.
 */
export function compileBundle(bundle: LightningBundle, environment: BundleEnvironment): BundleProblem[] {
    const shape = shapeProblems(bundle);
    if (shape.length > 0) {
        return shape;
    }
    const problems = [...bundle.files.keys()]
        .filter((file) => COMPILED.some((extension) => file.endsWith(extension)))
        .map((file) => compileFile(bundle, file))
        .flatMap((compiled) => (compiled.ok ? [] : [compiled.problem]));
    problems.push(...configurationProblems(bundle));
    return problems.length > 0 ? problems : referenceProblems(bundle, environment);
}

/** Texts as the platform's Metadata API gives them (forcedotcom/cli 3011; IlluminatedCloud 2166 and 2961). */
function shapeProblems(bundle: LightningBundle): BundleProblem[] {
    const { name, files } = bundle;
    const at = (file: string, message: string): BundleProblem => ({
        file: packagePath(name, file),
        line: 1,
        column: 1,
        message
    });
    const paths = [...files.keys()];
    if (paths.some((file) => file.endsWith('.ts'))) {
        const html = `${name}.html`;
        return files.has(`${name}.js`) && files.has(html)
            ? [at(`${name}.js`, `Invalid file found for a CSS Only module - ${html}`)]
            : [at(`${name}.js-meta.xml`, `Cannot find Lightning Component Bundle ${name}.`)];
    }
    if (!files.has(`${name}.js`)) {
        const template = paths.find((file) => file.endsWith('.html'));
        if (template !== undefined) {
            return [at(`${name}.js`, `Invalid file found for a CSS Only module - ${template}`)];
        }
        if (!files.has(`${name}.css`)) {
            return [at(`${name}.js-meta.xml`, `Cannot find Lightning Component Bundle ${name}.`)];
        }
    }
    return paths
        .filter((file) => files.get(file)!.trim() === '')
        .map((file) => {
            const resource = `Lightning Component Resource [${packagePath(name, file)}]`;
            return at(file, `${resource} for Lightning Component Bundle ${name} cannot be empty.`);
        });
}
