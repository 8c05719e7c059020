import SyncConflicts from 'c/syncConflicts';
import { find, flush, mount, query, queryAll } from 'jest-mocks/mount';
import { conflict } from 'jest-mocks/sync';

function fieldsOf(component: Element): Element {
    return query(component, 'c-sync-conflict-fields') as Element;
}

async function choose(component: Element, field: string, side: string): Promise<void> {
    const radio = query<HTMLInputElement>(fieldsOf(component), `input[data-field="${field}"][data-side="${side}"]`);
    radio!.dispatchEvent(new CustomEvent('change'));
    await flush();
}

describe('c-sync-conflicts', () => {
    it('says that nothing waits', async () => {
        const component = await mount('c-sync-conflicts', SyncConflicts);

        expect(find(component, 'empty').textContent).toBe('Nothing waits for a decision.');
    });

    it('shows both values and the last common one', async () => {
        const component = await mount('c-sync-conflicts', SyncConflicts, { conflicts: [conflict()] });

        const [subject, priority] = queryAll(fieldsOf(component), 'tbody tr').map(({ textContent }) => textContent);
        expect(subject).toContain('Printer on fire');
        expect(subject).toContain('Printer is wet');
        expect(priority).toContain('(empty)');
        await expect(component).toBeAccessible();
    });

    it('takes a decision for every field, and for no fewer', async () => {
        const component = await mount('c-sync-conflicts', SyncConflicts, { conflicts: [conflict()] });
        const listener = jest.fn<void, [CustomEvent]>();
        component.addEventListener('resolve', listener as unknown as EventListener);

        await choose(component, 'Subject', 'Local');
        expect(find<HTMLInputElement>(fieldsOf(component), 'resolve').disabled).toBe(true);
        await choose(component, 'Priority', 'Local');
        await choose(component, 'Priority', 'Remote');
        find(fieldsOf(component), 'resolve').click();

        expect(listener.mock.calls[0]?.[0].detail).toEqual({
            conflictId: 'a02000000000001AAA',
            choices: { Subject: 'Local', Priority: 'Remote' }
        });
    });

    it('does not take an input that names no side', async () => {
        const component = await mount('c-sync-conflicts', SyncConflicts, { conflicts: [conflict()] });
        const radio = query<HTMLInputElement>(fieldsOf(component), 'input[data-field="Subject"]');
        radio!.dataset.side = 'Neither';
        radio!.dispatchEvent(new CustomEvent('change'));
        await flush();

        expect(find<HTMLInputElement>(fieldsOf(component), 'resolve').disabled).toBe(true);
    });
});
