import { LightningElement, api } from 'lwc';

/**
 * Says what failed and what to do about it.
 * @fires retry when the user asks for another attempt
 */
export default class ErrorPanel extends LightningElement {
    @api heading = '';
    @api messages: readonly string[] = [];
    @api retryable = false;

    handleRetry(): void {
        this.dispatchEvent(new CustomEvent('retry'));
    }
}
