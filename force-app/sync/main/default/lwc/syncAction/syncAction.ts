import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { reduceErrors } from 'c/errorUtils';

/**
 * Does what a person asked for, and tells when it is done.
 * @returns why it was not done, in words for people; undefined when it was
 */
export async function perform(
    page: { dispatchEvent(event: Event): boolean },
    done: string,
    action: () => Promise<unknown>
): Promise<string[] | undefined> {
    try {
        await action();
    } catch (cause) {
        return reduceErrors(cause);
    }
    page.dispatchEvent(new ShowToastEvent({ title: done, variant: 'success' }));
    return undefined;
}
