import { LightningElement, api } from 'lwc';

/** Stands in for lightning/modal, which has no stub in sfdx-lwc-jest: `open` and `close` are spies. */
export default class LightningModal extends LightningElement {
    @api label = '';
    @api disableClose = false;
    @api close = jest.fn();

    static open = jest.fn();
}
