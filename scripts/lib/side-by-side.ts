/**
 * Promise.all for work in several orgs. Of several failures the first one listed is thrown, whichever came first: a
 * command that fails in both orgs says the same each time. Nothing is left running behind the error.
 */
export async function sideBySide<T extends readonly unknown[] | []>(
    work: T
): Promise<{ -readonly [Index in keyof T]: Awaited<T[Index]> }> {
    await Promise.allSettled(work);
    return Promise.all(work);
}
