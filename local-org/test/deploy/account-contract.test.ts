import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { CONTRACT_PATH, REGISTRATION_PATH, renderRegistration } from '../../../scripts/lib/external-service.ts';
import { projectPath, projectRoot } from '../../../scripts/lib/project.ts';
import { list, text } from '../surfaces/support/json.ts';
import { newTestOrg, type Answer, type TestOrg } from '../surfaces/support/test-org.ts';
import { Contract } from './support/contract.ts';
import { deployZip, summary } from './support/packages.ts';
import { strangerToken } from './support/users.ts';

const PATH = '/services/apexrest/Account';

describe('the contract of the Account API', () => {
    const contract = new Contract(CONTRACT_PATH);
    const hold = contract.hold.bind(contract);
    let org: TestOrg;

    before(async () => {
        org = newTestOrg();
        const source = ComponentSet.fromSource(projectPath('force-app/target/main'));
        source.projectDirectory = projectRoot;
        const { zipBuffer } = await new MetadataConverter().convert(source, 'metadata', { type: 'zip' });
        assert.ok(zipBuffer);
        assert.deepEqual(
            summary(deployZip(org.org, zipBuffer)).filter((line) => line.startsWith('failed')),
            []
        );
    });

    after(() => contract.assertAllSeen());

    const upsert = (body: unknown): Answer => org.call('POST', PATH, { body });

    test('is what the registration holds', async () => {
        assert.equal(await readFile(REGISTRATION_PATH, 'utf8'), await renderRegistration());
    });

    test('describes the answers to good requests', () => {
        const records = [
            {
                externalKey: '00D000000000001EAA:001000000000001AAA',
                name: 'Acme',
                annualRevenue: 1200.5,
                rating: 'Hot'
            },
            { externalKey: '00D000000000001EAA:001000000000002AAA', name: null }
        ];
        const [created, refused] = list(hold('upsertAccounts', 200, upsert({ records })));
        assert.deepEqual([created?.created, refused?.success], [true, false]);
        hold('getAccount', 200, org.call('GET', `${PATH}/${text(created?.id)}`));
        hold('listAccounts', 200, org.call('GET', `${PATH}?limit=1&q=Acme`));
    });

    test('describes the answers to requests that are refused', () => {
        hold('listAccounts', 400, org.call('GET', `${PATH}?limit=0`));
        hold('getAccount', 404, org.call('GET', `${PATH}/001000000000009AAA`));
        hold('upsertAccounts', 400, upsert({ records: [] }));
        const twice = { externalKey: '00D000000000001EAA:001000000000003AAA', name: 'Twice' };
        hold('upsertAccounts', 409, upsert({ records: [twice, twice] }));
        hold('upsertAccounts', 413, upsert({ records: [{ name: 'x'.repeat(1_500_000) }] }));
    });

    test('describes what users without access get', () => {
        const token = strangerToken(org);
        hold('listAccounts', 403, org.call('GET', PATH, { token }));
        hold('getAccount', 403, org.call('GET', `${PATH}/001000000000009AAA`, { token }));
        hold('upsertAccounts', 403, org.call('POST', PATH, { token, body: { records: [{ name: 'x' }] } }));
    });

    test('names every field that a request may set', () => {
        const fields = contract.properties('AccountChange');
        const record = Object.fromEntries(fields.map((field) => [field, field === 'annualRevenue' ? 1 : 'x']));
        const [result] = list(upsert({ records: [record] }).body);
        assert.equal(result?.success, false, 'x is the Id of nothing');
        assert.equal(upsert({ records: [{ ...record, unknown: 1 }] }).status, 400);
    });
});
