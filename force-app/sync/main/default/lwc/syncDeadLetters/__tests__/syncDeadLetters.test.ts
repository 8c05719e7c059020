import type { LightningInputElement } from 'lightning/input';
import SyncDeadLetters from 'c/syncDeadLetters';
import { find, flush, mount, query, queryAll } from 'jest-mocks/mount';
import { deadLetter } from 'jest-mocks/sync';

type DeadLetters = SyncDeadLetters & HTMLElement;

const FIRST = 'a01000000000001AAA';
const SECOND = 'a01000000000002AAA';

function mountLetters(): Promise<DeadLetters> {
    return mount('c-sync-dead-letters', SyncDeadLetters, { letters: [deadLetter(), deadLetter({ id: SECOND })] });
}

async function tick(component: DeadLetters, selector: string, checked: boolean): Promise<void> {
    const input = query<LightningInputElement>(component, selector);
    input!.checked = checked;
    input!.dispatchEvent(new CustomEvent('change'));
    await flush();
}

function listen(component: DeadLetters, name: string): jest.Mock<void, [CustomEvent]> {
    const listener = jest.fn<void, [CustomEvent]>();
    component.addEventListener(name, listener as unknown as EventListener);
    return listener;
}

describe('c-sync-dead-letters', () => {
    it('says that everything was delivered', async () => {
        const component = await mount('c-sync-dead-letters', SyncDeadLetters, { letters: undefined });

        expect(find(component, 'empty').textContent).toBe('Everything was delivered.');
        expect(component.letters).toEqual([]);
    });

    it('says of each letter why and what to do', async () => {
        const component = await mountLetters();

        const text = query(component, `tr[data-letter="${FIRST}"]`)?.textContent;
        expect(text).toContain('A closed case needs a resolution.');
        expect(text).toContain('Fill in the resolution');
        expect(queryAll(component, 'tbody tr')).toHaveLength(2);
        await expect(component).toBeAccessible();
    });

    it('sends the chosen letters again', async () => {
        const component = await mountLetters();
        const replay = listen(component, 'replay');
        expect(find<HTMLInputElement>(component, 'replay').disabled).toBe(true);

        await tick(component, `tr[data-letter="${SECOND}"] lightning-input`, true);
        expect(find(component, 'chosen').textContent).toBe('1 letter chosen');
        find(component, 'replay').click();

        expect(replay.mock.calls[0]?.[0].detail).toEqual([SECOND]);
    });

    it('chooses all, and none again', async () => {
        const component = await mountLetters();

        await tick(component, '[data-id="all"]', true);
        expect(find(component, 'chosen').textContent).toBe('2 letters chosen');
        await tick(component, `tr[data-letter="${FIRST}"] lightning-input`, false);
        expect(find(component, 'chosen').textContent).toBe('1 letter chosen');
        await tick(component, '[data-id="all"]', false);
        expect(find(component, 'chosen').textContent).toBe('0 letters chosen');
    });

    it('dismisses only with a reason', async () => {
        const component = await mountLetters();
        const dismiss = listen(component, 'dismiss');
        await tick(component, `tr[data-letter="${FIRST}"] lightning-input`, true);
        expect(find<HTMLInputElement>(component, 'dismiss').disabled).toBe(true);

        find(component, 'reason').dispatchEvent(new CustomEvent('change', { detail: { value: ' Obsolete ' } }));
        await flush();
        find(component, 'dismiss').click();

        expect(dismiss.mock.calls[0]?.[0].detail).toEqual({ ids: [FIRST], reason: 'Obsolete' });
    });

    it('forgets the choice of a letter that is gone', async () => {
        const component = await mountLetters();
        await tick(component, '[data-id="all"]', true);

        component.letters = [deadLetter({ id: SECOND })];
        await flush();

        expect(find(component, 'chosen').textContent).toBe('1 letter chosen');
    });
});
