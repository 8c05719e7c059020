import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { Ajv, type AnySchema } from 'ajv';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { CONTRACT_PATH, REGISTRATION_PATH, renderRegistration } from '../../../scripts/lib/external-service.ts';
import { projectPath, projectRoot } from '../../../scripts/lib/project.ts';
import { list, text, type Json } from '../surfaces/support/json.ts';
import { DATA, newTestOrg, type Answer, type TestOrg } from '../surfaces/support/test-org.ts';
import { deployZip, summary } from './support/packages.ts';

const PATH = '/services/apexrest/Account';

interface Response {
    readonly $ref?: string;
    readonly content?: { readonly 'application/json': { readonly schema: AnySchema } };
}

interface Operation {
    readonly operationId: string;
    readonly responses: Readonly<Record<string, Response>>;
}

interface Contract {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    readonly components: {
        readonly responses: Readonly<Record<string, Response>>;
        readonly schemas: Readonly<Record<string, { properties?: Record<string, AnySchema> }>>;
    };
}

describe('the contract of the Account API', () => {
    let contract: Contract;
    let ajv: Ajv;
    let org: TestOrg;
    /** Operation and status of every answer that was held against the contract. */
    const seen = new Set<string>();

    before(async () => {
        contract = JSON.parse(await readFile(CONTRACT_PATH, 'utf8')) as Contract;
        ajv = new Ajv({ strict: false, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|\+0000)$/ } });
        ajv.addSchema({ $id: 'contract', ...contract });
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

    after(() => {
        const documented = Object.values(contract.paths).flatMap((path) =>
            Object.values(path).flatMap(({ operationId, responses }) =>
                Object.keys(responses).map((status) => `${operationId} ${status}`)
            )
        );
        assert.deepEqual([...seen].sort(), documented.sort(), 'every documented answer was seen');
    });

    /** Holds an answer against the schema that the contract has for its operation and status. */
    function hold(operationId: string, status: number, answer: Answer): Json {
        assert.equal(answer.status, status, answer.text);
        const operation = Object.values(contract.paths)
            .flatMap((path) => Object.values(path))
            .find((one) => one.operationId === operationId);
        const named = operation?.responses[String(status)];
        const response = named?.$ref ? contract.components.responses[named.$ref.split('/').at(-1) ?? ''] : named;
        const schema = response?.content?.['application/json'].schema;
        assert.ok(schema, `the contract knows no ${operationId} ${status}`);
        const validate = ajv.compile(withBase(schema));
        assert.ok(validate(answer.body), `${operationId} ${status}: ${ajv.errorsText(validate.errors)}`);
        seen.add(`${operationId} ${status}`);
        return answer.body;
    }

    const upsert = (body: unknown): Answer => org.call('POST', PATH, { body });
    const stranger = (): string => {
        const query = "SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'";
        const [profile] = list(org.call('GET', `${DATA}/query?q=${encodeURIComponent(query)}`).body.records);
        const user = {
            Username: 'stranger@target.local',
            LastName: 'Stranger',
            Email: 'stranger@target.local',
            Alias: 'strange',
            ProfileId: profile?.Id,
            TimeZoneSidKey: 'GMT',
            LocaleSidKey: 'en_US',
            EmailEncodingKey: 'UTF-8',
            LanguageLocaleKey: 'en_US'
        };
        const userId = text(org.call('POST', `${DATA}/sobjects/User`, { body: user }).body.id);
        return org.org.sessions.open({ userId, scopes: new Set(['api']) }).token;
    };

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
        const token = stranger();
        hold('listAccounts', 403, org.call('GET', PATH, { token }));
        hold('getAccount', 403, org.call('GET', `${PATH}/001000000000009AAA`, { token }));
        hold('upsertAccounts', 403, org.call('POST', PATH, { token, body: { records: [{ name: 'x' }] } }));
    });

    test('names every field that a request may set', () => {
        const fields = Object.keys(contract.components.schemas['AccountChange']?.properties ?? {});
        const record = Object.fromEntries(fields.map((field) => [field, field === 'annualRevenue' ? 1 : 'x']));
        const [result] = list(upsert({ records: [record] }).body);
        assert.equal(result?.success, false, 'x is the Id of nothing');
        assert.equal(upsert({ records: [{ ...record, unknown: 1 }] }).status, 400);
    });
});

/** References of the contract are relative to its root. `nullable` is of OpenAPI 3.0, which ajv knows beside `type`. */
function withBase(schema: AnySchema): AnySchema {
    const absolute = JSON.stringify(schema).replaceAll('"#/', '"contract#/');
    return JSON.parse(absolute) as AnySchema;
}
