import { readFileSync } from 'node:fs';
import { MEMORY_ROOT, type AuthSource } from '../lib/auth-source.ts';
import { projectPath } from '../lib/project.ts';

/** A defect that is planted in the engine: a piece of its source, and what stands there instead. */
export interface Mutation {
    readonly name: string;
    readonly className: string;
    readonly from: string;
    readonly to: string;
}

/** The five ways in which a bridge loses, doubles or reorders records. */
export const MUTATIONS: readonly Mutation[] = [
    {
        name: 'no idempotency key: a change does not find the record that it has already made',
        className: 'SyncDecision',
        from: 'incoming.pair = ledger.findRemote(peer.refOf(change.id));',
        to: 'incoming.pair = null;'
    },
    {
        name: 'no version check: an older change is applied over a newer one',
        className: 'SyncDecision',
        from: 'change.version <= incoming.pair.remoteVersion()',
        to: 'false'
    },
    {
        name: 'ack before commit: a call that was not answered counts as applied',
        className: 'SyncDelivery',
        from: 'settlement.fail(sent, e);\n            return e;',
        to: `SyncResponse believed = new SyncResponse();
            believed.receiver = receiver;
            believed.results = new List<SyncResult>();
            for (SyncComposer.Draft draft : sent) {
                SyncResult result = new SyncResult();
                result.id = draft.change.id;
                result.outcome = 'Applied';
                believed.results.add(result);
            }
            settlement.take(sent, believed);
            return null;`
    },
    {
        name: 'echo: what the engine writes is captured and sent back',
        className: 'SyncEcho',
        from: 'seen.put(record.Id, record);\n            return true;',
        to: 'seen.put(record.Id, record);\n            return false;'
    },
    {
        name: 'dropped retry: a change is given up when a call fails',
        className: 'SyncSettlement',
        from: 'if (isUnreadable && sent.size() == 1) {',
        to: 'skipped.addAll(sent);\n        if (isUnreadable && sent.size() == 0) {'
    }
];

const CLASSES = ['force-app', 'sync', 'main', 'default', 'classes'];

/** The class with the defect as source to deploy. Throws when the engine no longer has that piece, or has it twice. */
export function mutated({ className, from, to, name }: Mutation): AuthSource {
    const source = classText(className);
    const pieces = source.split(from);
    if (pieces.length !== 2) {
        throw new Error(`"${name}" can not be planted: ${className}.cls has its text ${pieces.length - 1} times.`);
    }
    return sourceOf(className, pieces.join(to));
}

/** The class as it is. */
export function healthy({ className }: Mutation): AuthSource {
    return sourceOf(className, classText(className));
}

function classText(className: string): string {
    return readFileSync(projectPath(...CLASSES, `${className}.cls`), 'utf8');
}

function sourceOf(className: string, text: string): AuthSource {
    const meta = readFileSync(projectPath(...CLASSES, `${className}.cls-meta.xml`));
    return new Map([
        [`${MEMORY_ROOT}/classes/${className}.cls`, Buffer.from(text)],
        [`${MEMORY_ROOT}/classes/${className}.cls-meta.xml`, meta]
    ]);
}
