import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { projectPath, projectRoot } from '../../../scripts/lib/project.ts';
import { list, text, type Json } from '../surfaces/support/json.ts';
import { DATA, newTestOrg, type Answer, type TestOrg } from '../surfaces/support/test-org.ts';
import { Contract } from './support/contract.ts';
import { deploy, deployZip, summary } from './support/packages.ts';
import { strangerToken } from './support/users.ts';

const PATH = '/services/apexrest/sync/v1';
const PEER = '00D000000000009EAA';
/** What pages need has no part in the contract. */
const PAGES = new Set(['LightningComponentBundle', 'FlexiPage', 'CustomTab', 'PermissionSet']);

type Role = 'Source' | 'Target';

let contract: Contract;
const outcomes = new Set<string>();
const comparisons = new Set<string>();
/** Objects whose rows somebody else holds. */
const locked = new Set<string>();

before(() => {
    contract = new Contract(projectPath('docs', 'openapi', 'sync.json'));
});

/** An org with the engine, in a role. */
async function engineOrg(role: Role): Promise<TestOrg> {
    const org = newTestOrg({ faults: { isLocked: (object) => locked.has(object) } });
    process.env['SYNC_ROLE'] = role;
    process.env['SYNC_USERNAME'] = org.org.admin.username;
    const source = ComponentSet.fromSource(projectPath('force-app/sync/main')).filter(({ type, fullName }) => {
        const name = typeof type === 'string' ? type : type.name;
        // The object Case names the page of its records.
        return !PAGES.has(name) && !(name === 'CustomObject' && fullName === 'Case');
    });
    source.projectDirectory = projectRoot;
    const { zipBuffer } = await new MetadataConverter().convert(source, 'metadata', { type: 'zip' });
    assert.ok(zipBuffer);
    const failed = summary(deployZip(org.org, zipBuffer)).filter((line) => line.startsWith('failed'));
    assert.deepEqual(failed, []);
    return org;
}

/** An 18-character record id of the peer. */
const theirs = (prefix: string, index: number): string => `${prefix}Z${String(index).padStart(11, '0')}AAA`;

function change(index: number, version: number, values: Record<string, string | null>, more: object = {}): object {
    const usual = { mapping: 'Account', operation: 'Upsert', id: theirs('001', index), version, knows: 0 };
    return {
        ...usual,
        correlationId: `c-${index}`,
        capturedMs: 1_700_000_000_000,
        hops: 0,
        values,
        names: {},
        ...more
    };
}

function request(sender: Role, ...changes: object[]): object {
    return { contract: 1, sender: { org: PEER, role: sender }, receiver: null, changes };
}

describe('the contract of the sync', () => {
    const post = (org: TestOrg, resource: string, body: unknown, token?: string): Answer =>
        org.call('POST', `${PATH}/${resource}`, { body, ...(token !== undefined && { token }) });
    const note = (seen: Set<string>, answer: Json): readonly Json[] => {
        const results = list(answer.results);
        results.forEach(({ outcome }) => seen.add(text(outcome)));
        return results;
    };
    /** Sends changes that the contract allows and holds the answer against it. */
    const send = (org: TestOrg, sender: Role, ...changes: object[]): readonly Json[] => {
        const body = contract.holdAs('ChangesRequest', request(sender, ...changes));
        return note(outcomes, contract.hold('applyChanges', 200, post(org, 'changes', body)));
    };
    const update = (org: TestOrg, id: Json | undefined, fields: object): void => {
        const answer = org.call('PATCH', `${DATA}/sobjects/Account/${text(id)}`, { body: fields });
        assert.equal(answer.status, 204, answer.text);
    };

    describe('in the Target org', () => {
        let org: TestOrg;
        before(async () => {
            org = await engineOrg('Target');
        });

        test('describes how the org introduces itself', () => {
            const hello = contract.hold('hello', 200, org.call('GET', `${PATH}/hello`));
            assert.equal(hello.role, 'Target');
        });

        test('describes changes that are applied, repeated, waiting, refused and postponed', () => {
            const [made] = send(org, 'Source', change(1, 1, { Name: 'Acme', Phone: '1' }));
            assert.equal(made?.outcome, 'Applied');
            const contact = {
                mapping: 'Contact',
                operation: 'Upsert',
                id: theirs('003', 1),
                version: 1,
                values: { LastName: 'Doe', AccountId: theirs('001', 77) },
                changed: null
            };
            const results = send(
                org,
                'Source',
                change(1, 1, { Name: 'Acme', Phone: '1' }),
                contact,
                change(2, 1, {}, { mapping: 'Nothing' })
            );
            assert.deepEqual(
                results.map(({ outcome }) => outcome),
                ['Unchanged', 'Waiting', 'Refused']
            );
            locked.add('Account');
            const [busy] = send(org, 'Source', change(1, 2, { Name: 'Busy' }));
            locked.clear();
            assert.equal(busy?.outcome, 'Retry');
        });

        test('describes what it holds when it has changes that the sender has not seen', () => {
            const [made] = send(org, 'Source', change(4, 1, { Name: 'Both' }));
            update(org, made?.receiverId, { Phone: 'mine' });
            const [result] = send(org, 'Source', change(4, 2, { Name: 'Both', Phone: 'theirs' }));
            assert.equal(result?.outcome, 'Concurrent');
            assert.equal(result?.state?.operation, 'Upsert');
        });

        test('describes comparisons', () => {
            send(org, 'Source', change(5, 1, { Name: 'Same', Phone: '5' }));
            const body = request(
                'Source',
                change(5, 1, { Name: 'Same', Phone: '5' }),
                change(5, 1, { Name: 'Same', Phone: '6' }),
                change(6, 1, { Name: 'Unknown' }),
                change(7, 1, {}, { mapping: 'Nothing' })
            );
            const results = note(
                comparisons,
                contract.hold('compareRecords', 200, post(org, 'compare', contract.holdAs('ChangesRequest', body)))
            );
            assert.deepEqual(
                results.map(({ outcome, fields }) => [outcome, fields]),
                [
                    ['Equal', []],
                    ['Different', ['Phone']],
                    ['Missing', null],
                    ['Refused', null]
                ]
            );
        });

        test('describes requests that are refused as a whole', () => {
            const stranger = strangerToken(org);
            contract.hold('hello', 403, org.call('GET', `${PATH}/hello`, { token: stranger }));
            for (const [operation, resource] of [
                ['applyChanges', 'changes'],
                ['compareRecords', 'compare'],
                ['resolveConflicts', 'resolve']
            ] as const) {
                const good = request('Source', change(8, 1, { Name: 'x' }));
                contract.hold(operation, 400, post(org, resource, { ...good, changes: [] }));
                contract.hold(operation, 400, post(org, resource, 'no JSON'));
                contract.hold(operation, 409, post(org, resource, { ...good, contract: 2 }));
                contract.hold(operation, 409, post(org, resource, request('Target', change(8, 1, { Name: 'x' }))));
                const long = request('Source', change(8, 1, { Name: 'x'.repeat(5_000_001) }));
                contract.hold(operation, 413, post(org, resource, long));
                contract.hold(operation, 403, post(org, resource, good, stranger));
            }
        });
    });

    describe('in the Source org', () => {
        let org: TestOrg;
        before(async () => {
            org = await engineOrg('Source');
            // A person decides what both orgs changed.
            const record = 'customMetadata/Sync_Object.Account.md';
            const file = projectPath('force-app/sync/main/default', `${record}-meta.xml`);
            const asking = readFileSync(file, 'utf8').replace(/>(?:Newest|Source|Target)</, '>Ask<');
            const result = deploy(org.org, { CustomMetadata: ['Sync_Object.Account'] }, { [record]: asking });
            assert.deepEqual(summary(result), ['changed CustomMetadata Sync_Object.Account']);
        });

        test('describes changes that are merged, and those that a person decides', () => {
            const touched = (version: number, ...fields: string[]): object => ({
                changed: Object.fromEntries(fields.map((field) => [field, { version, at: '2026-11-22T10:00:00.000Z' }]))
            });
            const values = { Name: 'Both', Phone: '1', Website: 'one.example' };
            const [made] = send(org, 'Target', change(1, 1, values, touched(1, 'Name', 'Phone', 'Website')));
            update(org, made?.receiverId, { Phone: '2' });
            const [merged] = send(
                org,
                'Target',
                change(1, 2, { ...values, Website: 'two.example' }, touched(2, 'Website'))
            );
            assert.equal(merged?.outcome, 'Merged');
            update(org, made?.receiverId, { Phone: '3' });
            const [asked] = send(org, 'Target', change(1, 3, { ...values, Phone: '4' }, touched(3, 'Phone')));
            assert.equal(asked?.outcome, 'Conflict');
            const order = { operation: 'Resolve', receiverId: made?.receiverId, changed: null };
            const body = contract.holdAs('ChangesRequest', request('Target', change(1, 0, { Phone: 'Local' }, order)));
            const [decided] = note(outcomes, contract.hold('resolveConflicts', 200, post(org, 'resolve', body)));
            assert.equal(decided?.outcome, 'Applied');
        });
    });

    after(() => {
        contract.assertAllSeen();
        assert.deepEqual([...outcomes].sort(), [...contract.valuesOf('ChangeResult', 'outcome')].sort());
        assert.deepEqual([...comparisons].sort(), [...contract.valuesOf('Comparison', 'outcome')].sort());
    });
});
