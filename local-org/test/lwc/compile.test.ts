import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileBundle, readBundle, type BundleEnvironment, type BundleProblem } from '../../src/lwc/compile.ts';
import { objectOf, schemaOf } from './support/fake-schema.ts';

const SCHEMA = schemaOf(
    objectOf('Account', { Name: {}, OwnerId: { referenceTo: ['User'], relationshipName: 'Owner' } }),
    objectOf('User', { Name: {} })
);
const ENVIRONMENT: BundleEnvironment = {
    schema: SCHEMA,
    hasBundle: (name) => name === 'helper',
    hasApexClass: (name) => name === 'Known',
    hasAuraMethod: (_class, method) => method === 'read',
    hasLabel: (name) => name === 'Title'
};

const SCRIPT = `import { LightningElement, api } from 'lwc';
export default class Panel extends LightningElement {
    @api maxRows;
}
`;

function compile(files: Record<string, string>, configuration = {}): BundleProblem[] {
    const encoder = new TextEncoder();
    const entries = Object.entries(files).map(([path, text]): [string, Uint8Array] => [
        `lwc/panel/${path}`,
        encoder.encode(text)
    ]);
    return compileBundle(readBundle('panel', new Map(entries), { apiVersion: '67.0', ...configuration }), ENVIRONMENT);
}

describe('compileBundle', () => {
    it('accepts a component with template, style sheet and module', () => {
        const problems = compile({
            'panel.js': SCRIPT,
            'panel.html': '<template><lightning-card title="x"><c-helper></c-helper></lightning-card></template>',
            'panel.css': ':host { color: var(--slds-g-color-on-surface-1, #2e2e2e); }',
            'parts/format.js': 'export const dash = "-";'
        });
        assert.deepEqual(problems, []);
    });

    it('reports a syntax error in a script with its position', () => {
        const problems = compile({ 'panel.js': `${SCRIPT}let y z;` });
        assert.deepEqual(problems, [
            {
                file: 'lwc/panel/panel.js',
                line: 5,
                column: 6,
                message: 'LWC1007: Missing semicolon. (5:5)'
            }
        ]);
    });

    it('reports a decorator fault with its code', () => {
        const [problem] = compile({ 'panel.js': SCRIPT.replace('@api maxRows', '@api class') });
        assert.equal(problem?.message, 'LWC1110: Invalid property name "class". "class" is a reserved attribute.');
        assert.deepEqual([problem?.line, problem?.column], [3, 5]);
    });

    it('reports a template fault with its code and position', () => {
        const html = '<template>\n <p if:true={x} lwc:if={y}>a</p>\n</template>';
        const [problem] = compile({ 'panel.js': SCRIPT, 'panel.html': html });
        assert.equal(problem?.file, 'lwc/panel/panel.html');
        assert.match(problem?.message ?? '', /^LWC1166: 'if:true' directive cannot be used with 'lwc:if'/);
        assert.deepEqual([problem?.line, problem?.column], [2, 2]);
    });

    it('reports a style sheet fault', () => {
        const problems = compile({ 'panel.js': SCRIPT, 'panel.css': '\n.a { color: red' });
        assert.deepEqual(problems, [
            { file: 'lwc/panel/panel.css', line: 2, column: 1, message: 'LWC1009: Unclosed block' }
        ]);
    });

    it('refuses template expressions below API version 66 and takes them from 66', () => {
        const files = { 'panel.js': SCRIPT, 'panel.html': '<template>{maxRows + 1}</template>' };
        assert.match(compile(files, { apiVersion: '65.0' })[0]?.message ?? '', /^LWC1060/);
        assert.deepEqual(compile(files, { apiVersion: '66.0' }), []);
    });

    it('refuses a bundle of TypeScript only as the platform does', () => {
        const problems = compile({ 'panel.ts': SCRIPT, 'panel.html': '<template></template>' });
        assert.deepEqual(
            problems.map((problem) => problem.message),
            ['Cannot find Lightning Component Bundle panel.']
        );
    });

    it('refuses TypeScript beside the emitted script', () => {
        const [problem] = compile({ 'panel.ts': '', 'panel.js': SCRIPT, 'panel.html': '<template></template>' });
        assert.equal(problem?.file, 'lwc/panel/panel.js');
        assert.equal(problem?.message, 'Invalid file found for a CSS Only module - panel.html');
    });

    it('takes a bundle of one style sheet', () => {
        assert.deepEqual(compile({ 'panel.css': '.a { color: inherit }' }), []);
    });

    it('refuses an empty file', () => {
        const [problem] = compile({ 'panel.js': SCRIPT, 'panel.css': ' \n' });
        assert.equal(
            problem?.message,
            'Lightning Component Resource [lwc/panel/panel.css] for Lightning Component Bundle panel cannot be empty.'
        );
    });

    it('wants an @api member for each property of the configuration file', () => {
        const property = (name: string): object => ({ name, type: 'Integer' });
        const targetConfig = [
            { targets: 'lightning__RecordPage', property: [property('maxRows'), property('maxRow')] }
        ];
        const problems = compile({ 'panel.js': SCRIPT }, { targetConfigs: { targetConfig } });
        assert.deepEqual(
            problems.map(({ file, message }) => [file, message.slice(0, 45)]),
            [['lwc/panel/panel.js-meta.xml', "The property maxRow isn't a public property o"]]
        );
    });
});

describe('references of a bundle', () => {
    function faults(script: string): string[] {
        return compile({ 'panel.js': `${script}\n${SCRIPT}` }).map((problem) => problem.message);
    }

    it('names the missing bundle with the importer, from scripts, templates and style sheets', () => {
        const problems = compile({
            'panel.js': `import { x } from 'c/absent';\n${SCRIPT}`,
            'panel.html':
                '<template>\n    <template lwc:if={maxRows}><c-not-there></c-not-there></template>\n</template>',
            'panel.css': "\n@import 'c/noStyles';"
        });
        assert.deepEqual(
            problems.map(({ file, line, column, message }) => [file, line, column, message]),
            [
                ['lwc/panel/panel.js', 1, 1, 'No MODULE named markup://c:absent found : [markup://c:panel]'],
                ['lwc/panel/panel.html', 2, 32, 'No MODULE named markup://c:notThere found : [markup://c:panel]'],
                ['lwc/panel/panel.css', 2, 10, 'No MODULE named markup://c:noStyles found : [markup://c:panel]']
            ]
        );
    });

    it('names a missing Apex class and a missing method', () => {
        assert.deepEqual(faults("import a from '@salesforce/apex/Absent.read';"), [
            "Unable to find Apex action class referenced as 'Absent'."
        ]);
        assert.deepEqual(faults("import a from '@salesforce/apex/Known.absent';"), [
            "Unable to find Apex action method referenced as 'Known.absent'."
        ]);
        assert.deepEqual(faults("import a from '@salesforce/apex/Known.read';"), []);
    });

    it('follows schema references through relationships', () => {
        assert.deepEqual(faults("import a from '@salesforce/schema/Account.Owner.Name';"), []);
        assert.deepEqual(faults("import a from '@salesforce/schema/Account.Owner.Nam';"), [
            'Invalid reference Account.Owner.Nam of type sobjectField in file panel.js'
        ]);
        assert.deepEqual(faults("import a from '@salesforce/schema/Bike__c';"), [
            'Invalid reference Bike__c of type sobjectClass in file panel.js'
        ]);
    });

    it('names a missing label', () => {
        assert.deepEqual(faults("import a from '@salesforce/label/c.Title';"), []);
        assert.deepEqual(faults("import a from '@salesforce/label/c.Titel';"), [
            'Invalid reference c.Titel of type label in file panel.js'
        ]);
    });

    it('names platform modules that the local org does not have', () => {
        assert.deepEqual(faults("import { gql } from 'lightning/graphql';"), [
            'The module lightning/graphql is not implemented in the local org'
        ]);
        assert.deepEqual(faults("import a from '@salesforce/community/Id';"), [
            'The module @salesforce/community/Id is not implemented in the local org'
        ]);
    });

    it('finds a missing file of the bundle itself', () => {
        const [fault] = faults("import { x } from './parts/absent';");
        assert.match(fault ?? '', /^LWC1011: Failed to resolve import ".\/parts\/absent"/);
    });
});
