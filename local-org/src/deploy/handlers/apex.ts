import { textOf } from '../../schema/document.ts';
import type { MetadataHandler } from './metadata-handler.ts';

/** Classes and triggers; that they compile is checked for all of them at once, see apex-compilation.ts. */
export const apexHandler: MetadataHandler = {
    check({ document, type, files }, { org }) {
        const version = textOf(document, 'apiVersion') ?? '';
        const problems = [];
        if (Number(version) > Number(org.apiVersion)) {
            problems.push({ message: `Invalid API version ${version}: this org answers up to ${org.apiVersion}` });
        }
        if (![...files.keys()].some((path) => !path.endsWith('-meta.xml'))) {
            problems.push({ message: `No source file found for this ${type}` });
        }
        return problems;
    }
};
