import type { MetadataKind } from './kinds.ts';
import type { LintProject, MetadataFile } from './project.ts';
import type { Position, XmlElement } from './xml.ts';

/** `error`: refused by the platform, broken at run time, or a leak. `warning`: works, but weaker or more fragile than it need be. */
export type Severity = 'error' | 'warning';

export interface Problem {
    readonly position: Position;
    /** What is wrong here, one sentence. Never repeats the value of a secret. */
    readonly message: string;
}

export interface Rule {
    /** In kebab-case; names the mistake. */
    readonly id: string;
    readonly severity: Severity;
    /** The mistake in general, for the rule table. */
    readonly title: string;
    readonly why: string;
    readonly fix: string;
    /** The kinds of files it looks at; empty for rules of the linter itself. */
    readonly kinds: readonly MetadataKind[];
    check(file: MetadataFile, project: LintProject): Iterable<Problem>;
}

export function problemAt(place: XmlElement, message: string): Problem {
    return { position: place.position, message };
}
