import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { after, describe, test } from 'node:test';
import { projectRoot } from '../lib/project.ts';
import { BridgeSandbox } from './bridge-process.ts';

const PAGES = ['README.md', 'docs/*.md', 'local-org/*.md'].flatMap((pattern) => globSync(join(projectRoot, pattern)));
/** Commands that have commands of their own. */
const GROUPS = ['local', 'apex', 'sync'];

function proseOf(page: string): string {
    return readFileSync(page, 'utf8').replaceAll(/```[^]*?```/g, '');
}

/** Anchors of a page as GitHub makes them of its headings. */
function anchorsOf(page: string): string[] {
    return [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
        heading
            .toLowerCase()
            .replaceAll(/[^\p{Letter}\p{Number}_\- ]/gu, '')
            .replaceAll(' ', '-')
    );
}

function isDead(page: string, link: string): boolean {
    const [path = '', anchor] = link.split('#', 2);
    const target = path === '' ? page : join(dirname(page), path);
    return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
}

describe('the pages of the project', () => {
    const sandbox = new BridgeSandbox();
    after(() => sandbox.dispose());

    test('have no link that leads nowhere', () => {
        const links = PAGES.flatMap((page) =>
            [...proseOf(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => ({ page, link }))
        );
        assert.ok(PAGES.length > 5 && links.length > 20, `${links.length} links of ${PAGES.length} pages were found`);
        const dead = links.filter(({ page, link }) => isDead(page, link));
        assert.deepEqual(
            dead.map(({ page, link }) => `${relative(projectRoot, page)}: ${link}`),
            []
        );
    });

    test('list every command of bridge, and none that is not there', async () => {
        const commandsOf = async (...group: string[]): Promise<string[]> => {
            const { code, stdout } = await sandbox.run(...group, '--help');
            assert.equal(code, 0);
            const list = stdout.slice(stdout.indexOf('\nCommands:'));
            const names = [...list.matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name = '']) => name);
            return names.filter((name) => name !== 'help').map((name) => [...group, name].join(' '));
        };
        const commands = (await commandsOf()).filter((name) => !GROUPS.includes(name));
        for (const group of GROUPS) commands.push(...(await commandsOf(group)));
        const section = /^## Commands\n([^]*?)^## /m.exec(proseOf(join(projectRoot, 'README.md')))?.[1] ?? '';
        const cells = [...section.matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, cell = '']) => [
            ...cell.matchAll(/`([^`]+)`/g)
        ]);
        const listed = cells
            .map(([, text = '']) => text.split(' '))
            .map(([first = '', second = '']) => (GROUPS.includes(first) ? `${first} ${second}` : first));
        assert.deepEqual([...new Set(listed)].sort(), commands.sort());
    });
});
