export const CloseScreenEventName = 'lightning__actionsclosescreen';

/** Closes the panel of a quick action. */
export class CloseActionScreenEvent extends CustomEvent<undefined> {
    constructor() {
        super(CloseScreenEventName, { bubbles: true, composed: true });
    }
}
