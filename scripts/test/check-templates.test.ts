import assert from 'node:assert/strict';
import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { checkTemplates } from '../lib/check-templates.ts';

const COMPONENTS = globSync(join(import.meta.dirname, '../../force-app/*/main/default/lwc'));

const CHILD = `import { LightningElement, api } from 'lwc';
export default class Child extends LightningElement {
    @api label;
    @api get size() { return 1; }
    secret;
}`;

const PARENT = `import { LightningElement, api } from 'lwc';
export default class Parent extends LightningElement {
    @api recordId;
    rows = [];
    get title() { return ''; }
    handleClick() {}
}`;

const MODAL = `import LightningModal from 'lightning/modal';
export default class Modal extends LightningModal {}`;

const folders: string[] = [];

/** Messages for a parent with that template, beside a child and a modal. */
function check(template: string, owner: 'parent' | 'modal' = 'parent'): string[] {
    const folder = mkdtempSync(join(tmpdir(), 'templates-'));
    folders.push(folder);
    for (const [name, source] of Object.entries({ child: CHILD, parent: PARENT, modal: MODAL })) {
        mkdirSync(join(folder, name));
        writeFileSync(join(folder, name, `${name}.ts`), source);
    }
    writeFileSync(join(folder, owner, `${owner}.html`), `<template>${template}</template>`);
    return checkTemplates(folder).map(({ message }) => message);
}

describe('check-templates', () => {
    after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

    it('finds nothing wrong with the components of the project', () => {
        assert.deepEqual(checkTemplates(...COMPONENTS), []);
    });

    it('accepts members, loop variables, public attributes and global attributes', () => {
        const template = `
            <p class={title} onclick={handleClick}>{recordId}</p>
            <template for:each={rows} for:item="row" for:index="index">
                <c-child key={row.id} label={row.name} size={index} title="x" aria-label="y" data-id={row.id}></c-child>
            </template>
            <lightning-icon icon-name="utility:error" size="small"></lightning-icon>`;

        assert.deepEqual(check(template), []);
    });

    it('accepts the members that a modal inherits', () => {
        assert.deepEqual(check('<lightning-modal-header label={label}></lightning-modal-header>', 'modal'), []);
    });

    const faults: [string, string, string][] = [
        ['a text that names no member', '<p>{titel}</p>', '{titel} is not a member of Parent.'],
        ['a handler that names no member', '<p onclick={handleClik}></p>', '{handleClik} is not a member of Parent.'],
        ['a condition that names no member', '<p lwc:if={isBusy}></p>', '{isBusy} is not a member of Parent.'],
        [
            'a condition of a later branch that names no member',
            '<p lwc:if={title}></p><p lwc:elseif={isBusy}></p><p lwc:else>{oops}</p>',
            '{isBusy} is not a member of Parent.|{oops} is not a member of Parent.'
        ],
        [
            'a list that names no member',
            '<template for:each={row} for:item="row"><p key={row.id}></p></template>',
            '{row} is not a member of Parent.'
        ],
        [
            'a loop variable outside its loop',
            '<template for:each={rows} for:item="row"><p key={row.id}></p></template><p>{row.id}</p>',
            '{row} is not a member of Parent.'
        ],
        ['a bundle that does not exist', '<c-missing></c-missing>', '<c-missing> does not exist.'],
        ['a base component that does not exist', '<lightning-car></lightning-car>', '<lightning-car> does not exist.'],
        ['a component of another namespace', '<x-child></x-child>', '<x-child> does not exist.'],
        [
            'an attribute that a child does not publish',
            '<c-child secret="x"></c-child>',
            '<c-child> has no attribute secret.'
        ],
        [
            'an attribute that a base component does not have',
            '<lightning-datatable hide-checkbox-colum></lightning-datatable>',
            '<lightning-datatable> has no attribute hide-checkbox-colum.'
        ]
    ];
    for (const [fault, template, expected] of faults) {
        it(`reports ${fault}`, () => {
            assert.deepEqual(check(template), expected.split('|'));
        });
    }

    it('reports where', () => {
        const folder = mkdtempSync(join(tmpdir(), 'templates-'));
        folders.push(folder);
        mkdirSync(join(folder, 'parent'));
        writeFileSync(join(folder, 'parent/parent.ts'), PARENT);
        writeFileSync(join(folder, 'parent/parent.html'), '<template>\n    <p>{titel}</p>\n</template>');

        const [problem] = checkTemplates(folder);

        assert.deepEqual([problem?.file, problem?.line], [join(folder, 'parent/parent.html'), 2]);
    });

    it('reports what the template compiler warns about', () => {
        assert.match(check('<p if:true={title}>x</p><div lwc:elseif={title}></div>').join(), /LWC\d{4}|elseif/);
    });
});
