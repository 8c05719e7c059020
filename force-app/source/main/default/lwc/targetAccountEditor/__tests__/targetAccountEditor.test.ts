import createOrUpdateAccount from '@salesforce/apex/AccountHelper.createOrUpdateAccount';
import type { LightningInputElement } from 'lightning/input';
import TargetAccountEditor from 'c/targetAccountEditor';
import type ErrorPanel from 'c/errorPanel';
import { TARGET_ID, UNREACHABLE, accountRow, apexError, refusedOutcome, savedOutcome } from 'jest-mocks/accounts';
import { deferred, find, flush, mount, query, queryAll } from 'jest-mocks/mount';

jest.mock('@salesforce/apex/AccountHelper.createOrUpdateAccount', () => ({ default: jest.fn() }), { virtual: true });

const save = jest.mocked(createOrUpdateAccount);

type Editor = TargetAccountEditor & HTMLElement;

async function mountEditor(): Promise<Editor> {
    const editor = await mount('c-target-account-editor', TargetAccountEditor, {
        label: 'Edit Acme in the Target Org',
        account: accountRow()
    });
    for (const field of queryAll(editor, 'lightning-input')) {
        Object.assign(field, fakeValidity());
    }
    return editor;
}

/** The stub of lightning-input validates nothing; this one knows custom messages. */
function fakeValidity() {
    let message = '';
    return {
        setCustomValidity: (text: string) => (message = text),
        reportValidity: () => message === '',
        customMessage: () => message
    };
}

function input(editor: Editor, name: string): LightningInputElement & ReturnType<typeof fakeValidity> {
    return query(editor, `lightning-input[data-field="${name}"]`) as never;
}

async function type(editor: Editor, name: string, value: string): Promise<void> {
    input(editor, name).dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await flush();
}

async function clickSave(editor: Editor): Promise<void> {
    find(editor, 'save').click();
    await flush();
}

function errorPanel(editor: Editor): ErrorPanel | null {
    return query(editor, 'c-error-panel') as ErrorPanel | null;
}

describe('c-target-account-editor', () => {
    it('shows the values of the account', async () => {
        const editor = await mountEditor();

        expect(input(editor, 'name').value).toBe('Acme');
        expect(input(editor, 'annualRevenue').value).toBe(1_200_000);
        await expect(editor).toBeAccessible();
    });

    it('saves only what was changed and closes with the outcome', async () => {
        const outcome = savedOutcome();
        save.mockResolvedValue([outcome]);
        const editor = await mountEditor();

        await type(editor, 'name', 'Acme Holding');
        await type(editor, 'annualRevenue', '2500000.5');
        await type(editor, 'phone', '');
        await clickSave(editor);

        expect(save).toHaveBeenCalledWith({
            rows: [
                { id: TARGET_ID, name: 'Acme Holding', annualRevenue: 2500000.5, phone: null, fieldsToNull: ['phone'] }
            ]
        });
        expect(editor.close).toHaveBeenCalledWith(outcome);
    });

    it('closes without saving when nothing was changed', async () => {
        const editor = await mountEditor();

        await clickSave(editor);

        expect(save).not.toHaveBeenCalled();
        expect(editor.close).toHaveBeenCalledWith();
    });

    it('closes with nothing when cancelled', async () => {
        const editor = await mountEditor();

        await type(editor, 'name', 'Acme Holding');
        find(editor, 'cancel').click();

        expect(save).not.toHaveBeenCalled();
        expect(editor.close).toHaveBeenCalledWith();
    });

    it('cannot be closed or saved twice while it saves', async () => {
        const answer = deferred<ReturnType<typeof savedOutcome>[]>();
        save.mockReturnValue(answer.promise);
        const editor = await mountEditor();
        await type(editor, 'name', 'Acme Holding');

        await clickSave(editor);

        expect(editor.disableClose).toBe(true);
        expect(find<HTMLButtonElement>(editor, 'save').disabled).toBe(true);
        expect(query(editor, 'lightning-spinner')).not.toBeNull();
        await expect(editor).toBeAccessible();

        answer.resolve([savedOutcome()]);
        await flush();
        expect(editor.disableClose).toBe(false);
        expect(query(editor, 'lightning-spinner')).toBeNull();
    });

    it('does not save while an input is invalid', async () => {
        const editor = await mountEditor();
        await type(editor, 'name', '');
        input(editor, 'name').reportValidity = () => false;
        const focus = jest.spyOn(input(editor, 'name'), 'focus');

        await clickSave(editor);

        expect(save).not.toHaveBeenCalled();
        expect(focus).toHaveBeenCalledTimes(1);
    });

    it('shows at the field why the target org refused it, until it is changed', async () => {
        save.mockResolvedValue([refusedOutcome('Phone is not a number.', ['Phone'])]);
        const editor = await mountEditor();
        await type(editor, 'phone', 'abc');

        await clickSave(editor);

        expect(input(editor, 'phone').customMessage()).toBe('Phone is not a number.');
        expect(errorPanel(editor)).toBeNull();
        expect(editor.close).not.toHaveBeenCalled();

        await type(editor, 'phone', '555');
        expect(input(editor, 'phone').customMessage()).toBe('');
    });

    it('shows a refusal that concerns no field of the form above it', async () => {
        save.mockResolvedValue([refusedOutcome('The account is locked.')]);
        const editor = await mountEditor();
        await type(editor, 'name', 'Acme Holding');

        await clickSave(editor);

        expect(errorPanel(editor)?.messages).toEqual(['The account is locked.']);
        await expect(editor).toBeAccessible();
    });

    it('shows each of several refusals in its place', async () => {
        const atField = refusedOutcome('Phone is not a number.', ['Phone']);
        const elsewhere = refusedOutcome('The account is locked.', ['OwnerId']);
        save.mockResolvedValue([{ ...atField, errors: [...atField.errors!, ...elsewhere.errors!] }]);
        const editor = await mountEditor();
        await type(editor, 'phone', 'abc');

        await clickSave(editor);

        expect(input(editor, 'phone').customMessage()).toBe('Phone is not a number.');
        expect(errorPanel(editor)?.messages).toEqual(['The account is locked.']);
    });

    it('shows what to check when the target org cannot be reached, and keeps the values', async () => {
        save.mockRejectedValue(apexError(UNREACHABLE));
        const editor = await mountEditor();
        await type(editor, 'name', 'Acme Holding');

        await clickSave(editor);

        expect(errorPanel(editor)?.messages).toEqual([UNREACHABLE]);
        expect(input(editor, 'name').value).toBe('Acme Holding');
        expect(editor.close).not.toHaveBeenCalled();
    });
});
