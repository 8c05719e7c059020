import type { MetadataKind } from './kinds.ts';
import type { Placeholders } from './placeholders.ts';
import type { XmlComment, XmlElement } from './xml.ts';

export interface MetadataFile {
    readonly kind: MetadataKind;
    /** Full name of the component, from the file's name. */
    readonly name: string;
    /** Absolute. */
    readonly path: string;
    readonly root: XmlElement;
    readonly comments: readonly XmlComment[];
    readonly placeholders: Placeholders;
    /** Version that a deploy of the project uses, `62`; undefined when no project says so. */
    readonly apiVersion: number | undefined;
}

/** The auth metadata of a project, for rules that follow references from one file to others. */
export class LintProject {
    readonly files: readonly MetadataFile[];

    constructor(files: readonly MetadataFile[]) {
        this.files = files;
    }

    ofKind(kind: MetadataKind): readonly MetadataFile[] {
        return this.files.filter((file) => file.kind === kind);
    }

    named(kind: MetadataKind, name: string): readonly MetadataFile[] {
        return this.files.filter((file) => file.kind === kind && file.name === name);
    }

    /**
     * The candidates that share the most folders with a file. A project may hold several variants of one component, a
     * folder for each flow; the ones that are deployed together lie together.
     */
    nearest(file: MetadataFile, candidates: readonly MetadataFile[]): readonly MetadataFile[] {
        const shared = candidates.map((candidate) => sharedFolders(file.path, candidate.path));
        const most = Math.max(0, ...shared);
        return candidates.filter((_candidate, index) => shared[index] === most);
    }
}

function sharedFolders(left: string, right: string): number {
    const [leftParts, rightParts] = [left, right].map((path) => path.split(/[\\/]/));
    const difference = leftParts.findIndex((part, index) => part !== rightParts[index]);
    return difference === -1 ? leftParts.length : difference;
}
