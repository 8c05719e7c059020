import ErrorPanel from 'c/errorPanel';
import { find, mount, query, queryAll } from 'jest-mocks/mount';

const HEADING = 'The accounts could not be read';

describe('c-error-panel', () => {
    it('shows the heading and every message in an alert', async () => {
        const panel = await mount('c-error-panel', ErrorPanel, { heading: HEADING, messages: ['First', 'Second'] });

        const alert = query(panel, '[role="alert"]');
        expect(alert?.textContent).toContain(HEADING);
        expect(queryAll(panel, '[data-id="message"]').map(({ textContent }) => textContent)).toEqual([
            'First',
            'Second'
        ]);
        await expect(panel).toBeAccessible();
    });

    it('offers no retry when there is none', async () => {
        const panel = await mount('c-error-panel', ErrorPanel, { heading: HEADING, messages: ['First'] });

        expect(query(panel, '[data-id="retry"]')).toBeNull();
    });

    it('fires retry', async () => {
        const panel = await mount('c-error-panel', ErrorPanel, { heading: HEADING, messages: [], retryable: true });
        const listener = jest.fn();
        panel.addEventListener('retry', listener);

        find(panel, 'retry').click();

        expect(listener).toHaveBeenCalledTimes(1);
        await expect(panel).toBeAccessible();
    });
});
