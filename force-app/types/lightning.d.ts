/** The part of the platform's modules that the components use. */

declare module 'lightning/platformShowToastEvent' {
    export interface ToastOptions {
        title: string;
        message?: string;
        variant?: 'info' | 'success' | 'warning' | 'error';
        mode?: 'dismissible' | 'pester' | 'sticky';
    }

    export class ShowToastEvent extends CustomEvent<ToastOptions> {
        constructor(options: ToastOptions);
    }
}

declare module 'lightning/uiRecordApi' {
    import type { WireAdapterConstructor } from 'lwc';
    import type { Wired } from 'apex/action';

    export interface FieldReference {
        fieldApiName: string;
        objectApiName: string;
    }

    export interface RecordRepresentation {
        id: string;
        apiName: string;
        fields: Record<string, { value: unknown; displayValue: string | null } | undefined>;
    }

    export const getRecord: WireAdapterConstructor<
        { recordId: string | undefined; fields: FieldReference[] },
        Wired<RecordRepresentation>
    >;
}

declare module '@salesforce/schema/*' {
    const field: import('lightning/uiRecordApi').FieldReference;
    export default field;
}

declare module 'lightning/modal' {
    import { LightningElement } from 'lwc';

    export interface ModalOptions {
        label: string;
        size?: 'small' | 'medium' | 'large' | 'full';
        description?: string;
    }

    export default class LightningModal extends LightningElement {
        label: string;
        /** While true, neither the close button nor Escape closes the modal, and close() is an error. */
        disableClose: boolean;
        /** Resolves with the value given to close(), or undefined when the user dismisses the modal. */
        static open<Result = unknown>(options: ModalOptions & Record<string, unknown>): Promise<Result | undefined>;
        close(result?: unknown): void;
    }
}

declare module 'lightning/input' {
    /** The element behind `<lightning-input>`. */
    export interface LightningInputElement extends HTMLElement {
        name: string;
        value: string;
        checked: boolean;
        checkValidity(): boolean;
        reportValidity(): boolean;
        setCustomValidity(message: string): void;
    }
}
