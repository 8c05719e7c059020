import { LightningElement, api } from 'lwc';
import type { FieldKind } from 'c/accountFields';

/** Shows one field value the way a record page does, and says so when there is none. */
export default class AccountFieldValue extends LightningElement {
    @api kind: FieldKind = 'text';
    @api value: string | number | null | undefined;

    get isEmpty(): boolean {
        return this.value === null || this.value === undefined || this.value === '';
    }

    get isPhone(): boolean {
        return this.kind === 'phone';
    }

    get isUrl(): boolean {
        return this.kind === 'url';
    }

    get isNumber(): boolean {
        return this.kind === 'number';
    }
}
