import AccountFieldValue from 'c/accountFieldValue';
import { mount, query } from 'jest-mocks/mount';

describe('c-account-field-value', () => {
    it.each([
        ['phone', '(555) 010-0100', 'lightning-formatted-phone'],
        ['url', 'www.acme.example', 'lightning-formatted-url'],
        ['number', 1_200_000, 'lightning-formatted-number']
    ])('shows a %s with the base component for it', async (kind, value, selector) => {
        const component = await mount('c-account-field-value', AccountFieldValue, { kind, value });

        expect(query<HTMLElement & { value: unknown }>(component, selector)?.value).toBe(value);
        await expect(component).toBeAccessible();
    });

    it('shows text as it is', async () => {
        const component = await mount('c-account-field-value', AccountFieldValue, { value: 'Hot' });

        expect(component.shadowRoot?.textContent).toBe('Hot');
    });

    it('shows zero', async () => {
        const component = await mount('c-account-field-value', AccountFieldValue, { kind: 'number', value: 0 });

        expect(query(component, 'lightning-formatted-number')).not.toBeNull();
    });

    it.each([[null], [undefined], ['']])('tells a screen reader that %p is empty', async (value) => {
        const component = await mount('c-account-field-value', AccountFieldValue, { kind: 'phone', value });

        expect(query(component, '.slds-assistive-text')?.textContent).toBe('Empty');
        await expect(component).toBeAccessible();
    });
});
