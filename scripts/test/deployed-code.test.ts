import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { MEMORY_ROOT } from '../lib/auth-source.ts';
import { canonicalRecord, canonicalSet, canonicalText, hasStated } from '../lib/canonical-metadata.ts';
import { compareCode } from '../lib/deployed-code.ts';
import { deployOrThrow } from '../lib/deployment.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';
import { projectPath } from '../lib/project.ts';
import { destroy } from './support/org-edits.ts';
import { refusingRetrieves } from './support/faults.ts';
import { startSyncedPair, type SyncedPair } from './synced-pair.ts';

describe('the code of an org against that of the project', () => {
    let pair: SyncedPair;

    before(async () => {
        pair = await startSyncedPair();
    });

    after(() => pair?.stop());

    /** Deploys files of a folder of the project, one of them changed. */
    async function deployChanged(
        org: BridgeOrg,
        folder: string,
        pattern: string,
        change: (text: string) => string
    ): Promise<void> {
        const place = folder.split('/').slice(4).join('/');
        let changes = 0;
        const files = globSync(pattern, { cwd: projectPath(folder) }).map((file): [string, Buffer] => {
            const before = readFileSync(join(projectPath(folder), file), 'utf8');
            const text = change(before);
            changes += text === before ? 0 : 1;
            return [`${MEMORY_ROOT}/${place}/${file}`, Buffer.from(text)];
        });
        assert.equal(changes, 1, `${pattern} of ${folder} was changed ${changes} times`);
        await deployOrThrow(org, { files: new Map(files) });
    }

    test('is the same after a deploy, in all components of both orgs', async () => {
        for (const org of [pair.source, pair.target]) {
            const { classes, missing, different, metadata } = await compareCode(org);
            assert.ok(classes > 100, `${classes} classes: the engine is not among them`);
            assert.deepEqual([missing, different], [[], []]);
            assert.ok(metadata !== null && metadata.components > 100);
            assert.deepEqual([metadata.missing, metadata.different], [[], []]);
        }
    });

    test('names components that were changed or deleted in an org', async () => {
        const { source, target } = pair;
        await deployChanged(
            target,
            'force-app/target/main/default/permissionsets',
            'Target_Account_API.permissionset-meta.xml',
            (xml) => xml.replace(/<fieldPermissions>[\s\S]*?<\/fieldPermissions>/, '')
        );
        await deployChanged(
            source,
            'force-app/source/main/default/lwc',
            'targetAccountList/*.{js,html,css,xml}',
            (text) => text.replace('</template>', '<!-- changed --></template>')
        );
        await deployChanged(source, 'force-app/sync/main/default/triggers', 'SyncAccount.trigger*', (text) =>
            text.replace('trigger ', '// changed\ntrigger ')
        );
        await deployChanged(
            source,
            'force-app/sync/main/default/customMetadata',
            'Sync_Object.Account.md-meta.xml',
            (xml) => xml.replace(/(<field>Order__c<\/field>\s*<value [^>]*>)[^<]*/, '$17.0')
        );
        await destroy(source, [{ type: 'ApexTrigger', fullName: 'SyncAttachment' }]);
        const ofTarget = (await compareCode(target)).metadata;
        assert.deepEqual([ofTarget?.missing, ofTarget?.different], [[], ['PermissionSet Target_Account_API']]);
        const ofSource = (await compareCode(source)).metadata;
        assert.deepEqual(ofSource?.missing, ['ApexTrigger SyncAttachment']);
        assert.deepEqual(ofSource.different.toSorted(), [
            'ApexTrigger SyncAccount',
            'CustomMetadata Sync_Object.Account',
            'LightningComponentBundle targetAccountList'
        ]);
    });

    test('is not told by an org that refuses a retrieve; its classes still are', async () => {
        const { classes, metadata } = await compareCode(refusingRetrieves(pair.target));
        assert.ok(classes > 100);
        assert.equal(metadata, null);
    });
});

describe('metadata that means the same', () => {
    const set = (content: string): string => canonicalSet(`<PermissionSet>${content}</PermissionSet>`);
    const fields = (...lines: string[]): string =>
        lines.map((line) => `<fieldPermissions>${line}</fieldPermissions>`).join('');
    const record = (...values: string[]): string =>
        `<?xml version="1.0"?><CustomMetadata xmlns:xsi="x"><label>L</label>${values
            .map((value) => `<values><field>A__c</field>${value}</values>`)
            .join('')}</CustomMetadata>`;

    test('grants of a permission set: in any order, without what is off', () => {
        const both = fields(
            '<editable>true</editable><field>A.B</field>',
            '<readable>true</readable><field>A.C</field>'
        );
        const other = fields(
            '<field>A.C</field><editable>false</editable><readable>true</readable>',
            '<field>A.D</field><editable>false</editable><readable>false</readable>',
            '<field>A.B</field><editable>true</editable>'
        );
        assert.equal(
            set(`<label>S</label>${both}`),
            set(`${other}<label>S</label><hasActivationRequired>false</hasActivationRequired>`)
        );
        assert.notEqual(set(both), set(fields('<editable>true</editable><field>A.B</field>')));
        assert.notEqual(set(both), set(both.replace('A.C', 'A.E')));
        assert.notEqual(set(both), set(both.replace('editable>true</editable', 'readable>true</readable')));
    });

    test('tabs of a permission set: one that is hidden is as none', () => {
        const tab = (visibility: string): string =>
            set(`<tabSettings><tab>T</tab><visibility>${visibility}</visibility></tabSettings>`);
        assert.equal(tab('None'), set(''));
        assert.notEqual(tab('Visible'), set(''));
        assert.notEqual(tab('Visible'), tab('Available'));
    });

    test('values of a record: numbers by value, empty as absent, placeholders as anything', () => {
        const canonical = (value: string, own = value): string => canonicalRecord(record(value), record(own));
        assert.equal(canonical('<value>10.0</value>'), canonical('<value>10</value>'));
        assert.equal(canonical('<value xsi:nil="true"/>'), canonicalRecord(record(), record()));
        assert.notEqual(canonical('<value>a</value>'), canonical('<value>b</value>'));
        assert.notEqual(canonical('<value>1.5</value>'), canonical('<value>1.50x</value>'));
        const own = '<value>%%ROLE%%</value>';
        assert.equal(canonical('<value>Source</value>', own), canonical(own));
    });

    test('stated elements: in any order, whatever the org adds, nothing more in one that is stated', () => {
        const has = (found: string, stated: string): boolean => hasStated(`<A>${found}</A>`, `<A>${stated}</A>`);
        const list = (...values: string[]): string => values.map((value) => `<p><t>K</t><v>${value}</v></p>`).join('');
        assert.ok(has(`<oauthLink>0</oauthLink>${list('b', 'a')}<off>false</off>`, list('a', 'b')));
        assert.ok(has('<x>1</x>', '<x> 1 </x><off>false</off>'));
        assert.ok(has('<p><t>K</t><v>a</v><own>1</own></p>', list('a')));
        assert.ok(!has('<x>1</x><off>true</off>', '<x>1</x><off>false</off>'));
        assert.ok(!has('', '<x>1</x>'));
        assert.ok(!has(list('a', 'c'), list('a', 'b')));
        assert.ok(!has(list('a', 'b', 'c'), list('a', 'b')));
        assert.ok(!has(list('a'), list('a', 'b')));
    });

    test('stated elements: lists in one text, certificates however they are wrapped', () => {
        const has = (element: string, found: string, stated: string): boolean =>
            hasStated(`<A><${element}>${found}</${element}></A>`, `<A><${element}>${stated}</${element}></A>`);
        assert.ok(has('commaSeparatedOauthScopes', 'RefreshToken, Api', 'Api,RefreshToken'));
        assert.ok(!has('commaSeparatedOauthScopes', 'Api,Full', 'Api'));
        assert.ok(has('callbackUrl', 'https://b\nhttps://a', 'https://a\nhttps://b'));
        assert.ok(!has('label', 'B, A', 'A, B'));
        const pem = '-----BEGIN CERTIFICATE-----\nMII\nAB\n-----END CERTIFICATE-----';
        assert.ok(has('certificate', 'MIIAB', pem));
        assert.ok(!has('certificate', 'MIIAC', pem));
    });

    test('text: whatever its line ends', () => {
        assert.equal(canonicalText('a\r\nb\n\n'), canonicalText('a\nb'));
        assert.notEqual(canonicalText('a\nb'), canonicalText('a b'));
    });
});
