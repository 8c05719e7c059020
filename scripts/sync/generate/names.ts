import { createHash } from 'node:crypto';

/** Longest developer name and label of a custom metadata record. */
const MAX = 40;

/** `Project_Task` of `Project_Task__c`; a namespace stays in front. */
export function baseName(apiName: string): string {
    return apiName
        .replace(/__c$/i, '')
        .replaceAll(/_{2,}/g, '_')
        .replace(/^_+|_+$/g, '');
}

/** A developer name that is not taken yet; what is too long ends in a digest of it all, so that it stays the same. */
export function developerName(parts: readonly string[], taken: ReadonlySet<string>): string {
    const full = parts.map(baseName).join('_');
    const isTaken = [...taken].some((name) => name.toLowerCase() === full.toLowerCase());
    if (full.length <= MAX && !isTaken) return full;
    const digest = createHash('sha256').update(parts.join('.')).digest('hex').slice(0, 6);
    return `${full.slice(0, MAX - 7).replace(/_+$/, '')}_${digest}`;
}

export function recordLabel(name: string): string {
    return name.replaceAll('_', ' ').slice(0, MAX);
}

/** `SyncProjectTask` of `Project_Task__c`. */
export function triggerName(object: string): string {
    return `Sync${baseName(object).replaceAll('_', '')}`;
}
