/** What the host uses of lightning-base-components; the page's import map leads there. */

declare module 'lightning/toast' {
    export interface ToastConfig {
        label: string;
        message?: string;
        messageLinks?: unknown;
        variant?: string;
        mode?: string;
    }

    const Toast: { show(config: ToastConfig, source?: HTMLElement): void };
    export default Toast;
}

declare module 'lightning/toastContainer' {
    const ToastContainer: { instance(config: { maxToasts?: number; toastPosition?: string }): HTMLElement };
    export default ToastContainer;
}
