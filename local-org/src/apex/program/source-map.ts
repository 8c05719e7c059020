import { GenMapping, addSegment, toEncodedMap } from '@jridgewell/gen-mapping';
import type { EmittedModule } from '../emit/emit-module.ts';

/**
 * What a debugger needs to show Apex instead of generated code, to stand at the end of a module: a name for the script,
 * and a map from its places to lines of the source, with the Apex names of variables (ECMA-426, "Source map format").
 *
 * @param sourceUrl URL of the `.cls` or `.trigger` file
 */
export function debugComments({ positions }: Pick<EmittedModule, 'positions'>, sourceUrl: string): string {
    const map = new GenMapping();
    for (const { generatedLine, generatedColumn, line, name } of positions) {
        addSegment(map, generatedLine, generatedColumn, sourceUrl, line - 1, 0, name ?? '');
    }
    const encoded = Buffer.from(JSON.stringify(toEncodedMap(map))).toString('base64');
    return (
        `\n//# sourceURL=${sourceUrl}.js` +
        `\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${encoded}\n`
    );
}
