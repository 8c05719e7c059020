import Toast from 'lightning/toast';
import ToastContainer from 'lightning/toastContainer';
import { ShowToastEventName, type ShowToastInit } from './lightning/platformShowToastEvent.ts';

/** Shows what components ask for with ShowToastEvent. Events of `lightning/toast` carry their own class and pass. */
export function wireToasts(): void {
    ToastContainer.instance({ maxToasts: 3 });
    window.addEventListener(
        ShowToastEventName,
        (event) => {
            const init = (event as CustomEvent<ShowToastInit & { toast?: unknown }>).detail;
            if (init.toast === undefined) {
                event.stopPropagation();
                showToast(init);
            }
        },
        { capture: true }
    );
}

export function showToast({ title, message, messageData, variant, mode }: ShowToastInit): void {
    Toast.show({
        label: title ?? message ?? '',
        ...(title !== undefined && message !== undefined && { message }),
        ...(messageData !== undefined && { messageLinks: messageData }),
        variant: variant ?? 'info',
        mode: mode ?? 'dismissible'
    });
}

/** Stands where a component should be. */
export function failureBox(title: string, error: unknown): HTMLElement {
    const box = document.createElement('div');
    box.className = 'host-notice host-notice_error';
    box.setAttribute('role', 'alert');
    const heading = document.createElement('h2');
    heading.className = 'slds-text-heading_small';
    heading.textContent = title;
    const text = document.createElement('p');
    text.textContent = error instanceof Error ? error.message : String(error);
    box.append(heading, text);
    return box;
}
