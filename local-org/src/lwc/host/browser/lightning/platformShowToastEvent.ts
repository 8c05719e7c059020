export const ShowToastEventName = 'lightning__showtoast';

export interface ShowToastInit {
    readonly title?: string;
    readonly message?: string;
    readonly messageData?: unknown;
    readonly variant?: 'info' | 'success' | 'warning' | 'error';
    readonly mode?: 'dismissible' | 'pester' | 'sticky';
}

/** Asks the page for a toast. */
export class ShowToastEvent extends CustomEvent<ShowToastInit> {
    constructor(init: ShowToastInit) {
        super(ShowToastEventName, { bubbles: true, composed: true, cancelable: true, detail: init });
    }
}
