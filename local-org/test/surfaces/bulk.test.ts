import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import fc from '../support/fast-check.ts';
import { csvFile, parseCsv, readCsvRows, writeCsv } from '../../src/surfaces/bulk/csv.ts';
import { list, text, type Json } from './support/json.ts';
import { DATA, newTestOrg, type Answer, type TestOrg } from './support/test-org.ts';
import { tokenOfNewUser } from './support/users.ts';

const INGEST = `${DATA}/jobs/ingest`;
const QUERY = `${DATA}/jobs/query`;
let org: TestOrg;

beforeEach(() => {
    org = newTestOrg();
});

function upload(id: string, csv: string, contentType = 'text/csv'): Answer {
    return org.call('PUT', `${INGEST}/${id}/batches`, { body: csv, headers: { 'content-type': contentType } });
}

/** Creates a job, uploads the rows and closes it; answers its id. */
function ingest(job: Record<string, unknown>, csv: string): string {
    const created = org.call('POST', INGEST, { body: { object: 'Account', lineEnding: 'LF', ...job } });
    assert.equal(created.status, 200, created.text);
    assert.equal(created.body.state, 'Open');
    const id = text(created.body.id);
    assert.match(id, /^750/);
    assert.equal(upload(id, csv).status, 201);
    const closed = org.call('PATCH', `${INGEST}/${id}`, { body: { state: 'UploadComplete' } });
    assert.equal(closed.body.state, 'UploadComplete');
    return id;
}

function results(id: string, name: string): string[][] {
    const { status, headers, text: csv } = org.call('GET', `${INGEST}/${id}/${name}`);
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'text/csv');
    return parseCsv(csv, ',');
}

function rows(soql: string): readonly Json[] {
    return list(org.call('GET', `${DATA}/query?q=${encodeURIComponent(soql)}`).body.records);
}

describe('an ingest job', () => {
    test('saves good rows and tells of bad ones', () => {
        const id = ingest({ operation: 'insert' }, 'Name,NumberOfEmployees\n"Acme, ""Ltd""",5\n,6\nBeta,\n');
        const { body: job } = org.call('GET', `${INGEST}/${id}`);
        assert.deepEqual(
            [job.state, job.numberRecordsProcessed, job.numberRecordsFailed, job.jobType],
            ['JobComplete', 3, 1, 'V2Ingest']
        );
        const saved = rows('SELECT Id, Name, NumberOfEmployees FROM Account ORDER BY Name');
        assert.deepEqual(
            saved.map(({ Name, NumberOfEmployees }) => [Name, NumberOfEmployees]),
            [
                ['Acme, "Ltd"', 5],
                ['Beta', null]
            ]
        );
        assert.deepEqual(results(id, 'successfulResults'), [
            ['sf__Id', 'sf__Created', 'Name', 'NumberOfEmployees'],
            [text(saved[0].Id), 'true', 'Acme, "Ltd"', '5'],
            [text(saved[1].Id), 'true', 'Beta', '']
        ]);
        assert.deepEqual(results(id, 'failedResults'), [
            ['sf__Id', 'sf__Error', 'Name', 'NumberOfEmployees'],
            ['', 'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --', '', '6']
        ]);
        assert.deepEqual(results(id, 'unprocessedrecords'), [['Name', 'NumberOfEmployees']]);
    });

    test('upserts, updates with #N/A as null, and deletes', () => {
        ingest({ operation: 'upsert', externalIdFieldName: 'Id' }, 'Id,Name,Phone\n,Acme,1\n');
        const [{ Id: id }] = rows('SELECT Id FROM Account');
        ingest({ operation: 'upsert', externalIdFieldName: 'Id' }, `Id,Name\n${text(id)},Acme 2\n`);
        ingest({ operation: 'update' }, `Id,Phone\n${text(id)},#N/A\n`);
        assert.deepEqual(
            rows('SELECT Name, Phone FROM Account').map(({ Name, Phone }) => [Name, Phone]),
            [['Acme 2', null]]
        );
        const gone = ingest({ operation: 'delete' }, `Id\n${text(id)}\n001000000000001AAA\n`);
        assert.equal(rows('SELECT Id FROM Account').length, 0);
        assert.equal(results(gone, 'failedResults').length, 2);
    });

    test('takes other delimiters and line endings', () => {
        const id = ingest(
            { operation: 'insert', columnDelimiter: 'SEMICOLON', lineEnding: 'CRLF' },
            'Name;Phone\r\nAcme;1\r\n'
        );
        assert.match(
            org.call('GET', `${INGEST}/${id}/successfulResults`).text,
            /^"sf__Id";"sf__Created";"Name";"Phone"\r\n/
        );
    });

    test('takes the job and its rows in one request', () => {
        const part = (name: string, type: string, content: string): string =>
            `--b\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`;
        const job = JSON.stringify({ object: 'Account', operation: 'insert', contentType: 'CSV' });
        const body = `${part('job', 'application/json', job)}${part('content', 'text/csv', 'Name\nAcme')}--b--\r\n`;
        const headers = { 'content-type': 'multipart/form-data; boundary=b' };
        const { status, body: answer } = org.call('POST', INGEST, { body, headers });
        assert.equal(status, 200);
        assert.equal(answer.state, 'JobComplete');
        assert.equal(rows('SELECT Id FROM Account').length, 1);
    });

    test('fails as a whole when the header names no field', () => {
        const id = ingest({ operation: 'insert' }, 'Name,Nope\nAcme,1\n');
        const { body } = org.call('GET', `${INGEST}/${id}`);
        assert.deepEqual([body.state, body.errorMessage], ['Failed', 'InvalidBatch : Field name not found : Nope']);
        assert.equal(rows('SELECT Id FROM Account').length, 0);
    });

    test('obeys the rights of its user', () => {
        const token = tokenOfNewUser(org, 'reader@target.local', 'Read Only');
        const created = org.call('POST', INGEST, { body: { object: 'Account', operation: 'insert' }, token });
        const id = text(created.body.id);
        assert.equal(upload(id, 'Name\nAcme\n').status, 201);
        org.call('PATCH', `${INGEST}/${id}`, { body: { state: 'UploadComplete' }, token });
        assert.equal(org.call('GET', `${INGEST}/${id}`).body.numberRecordsFailed, 1);
        assert.equal(rows('SELECT Id FROM Account').length, 0);
    });

    test('is refused when it cannot be run', () => {
        const refused = (body: Record<string, unknown>): unknown => {
            const answer = org.call('POST', INGEST, { body });
            return [answer.status, answer.body[0].errorCode];
        };
        assert.deepEqual(refused({ object: 'Nope', operation: 'insert' }), [400, 'INVALID_TYPE']);
        assert.deepEqual(refused({ object: 'Account', operation: 'shuffle' }), [400, 'INVALIDJOB']);
        assert.deepEqual(refused({ object: 'Account', operation: 'upsert' }), [400, 'INVALIDJOB']);
        assert.deepEqual(refused({ object: 'Account', operation: 'hardDelete' }), [400, 'FEATURENOTENABLED']);
        assert.deepEqual(refused({ object: 'Account', operation: 'insert', contentType: 'XML' }), [400, 'INVALIDJOB']);
        assert.deepEqual(refused({ object: 'Account', operation: 'insert', magic: 1 }), [501, 'NOT_SUPPORTED_LOCALLY']);
        assert.equal(org.call('GET', `${INGEST}/750000000000001AAA`).status, 404);
    });

    test('is uploaded once, closed once, and deleted after it ran', () => {
        const id = text(org.call('POST', INGEST, { body: { object: 'Account', operation: 'insert' } }).body.id);
        assert.equal(org.call('DELETE', `${INGEST}/${id}`).body[0].errorCode, 'INVALIDJOBSTATE');
        assert.equal(upload(id, 'Name\nA\n').status, 201);
        assert.equal(upload(id, 'Name\nA\n').body[0].errorCode, 'INVALIDJOBSTATE');
        assert.equal(org.call('PATCH', `${INGEST}/${id}`, { body: { state: 'Aborted' } }).body.state, 'Aborted');
        const late = org.call('PATCH', `${INGEST}/${id}`, { body: { state: 'UploadComplete' } });
        assert.equal(late.body[0].errorCode, 'INVALIDJOBSTATE');
        assert.equal(rows('SELECT Id FROM Account').length, 0);
        assert.equal(org.call('DELETE', `${INGEST}/${id}`).status, 204);
        assert.deepEqual(list(org.call('GET', INGEST).body.records), []);
    });
});

describe('a large ingest job', () => {
    const COUNT = 21_000;
    const csv = `Name,Phone\n${Array.from({ length: COUNT }, (_, row) => `${row % 7000 === 6999 ? '' : `A${row}`},${row}\n`).join('')}`;

    function state(id: string): unknown[] {
        const { body } = org.call('GET', `${INGEST}/${id}`);
        return [body.state, body.numberRecordsProcessed, body.numberRecordsFailed];
    }

    test('is saved in batches between requests, and keeps every row', () => {
        org.org.jobs.host(() => undefined);
        const id = ingest({ operation: 'insert' }, csv);
        assert.deepEqual(state(id), ['InProgress', 10_000, 1]);
        assert.equal(org.call('DELETE', `${INGEST}/${id}`).body[0].errorCode, 'INVALIDJOBSTATE');
        // A crash loses the Apex that waits, not what was uploaded.
        org.org.jobs.clear();
        org.org.jobs.takeDue()?.run();
        assert.deepEqual(state(id), ['InProgress', 20_000, 2]);
        org.org.jobs.takeDue()?.run();
        assert.deepEqual(state(id), ['JobComplete', COUNT, 3]);
        assert.equal(org.org.jobs.takeDue(), undefined);
        const saved = results(id, 'successfulResults');
        assert.equal(saved.length, COUNT - 3 + 1);
        assert.deepEqual(saved.at(-1)?.slice(2), ['A20998', '20998']);
        assert.deepEqual(
            results(id, 'failedResults').map((row) => row.at(-1)),
            ['Phone', '6999', '13999', '20999']
        );
        const { body } = org.call('POST', QUERY, {
            body: { operation: 'query', query: 'SELECT Phone FROM Account ORDER BY Id' }
        });
        const page = org.call('GET', `${QUERY}/${text(body.id)}/results?maxRecords=10500`);
        const rest = org.call('GET', `${QUERY}/${text(body.id)}/results?locator=${page.headers['sforce-locator']}`);
        const phones = [...parseCsv(page.text, ',').slice(1), ...parseCsv(rest.text, ',').slice(1)].map(
            ([phone]) => phone
        );
        assert.deepEqual(
            phones,
            saved.slice(1).map((row) => row[3])
        );
    });

    test('that is aborted keeps what is saved and gives back the rest', () => {
        org.org.jobs.host(() => undefined);
        const id = ingest({ operation: 'insert' }, csv);
        assert.equal(org.call('PATCH', `${INGEST}/${id}`, { body: { state: 'Aborted' } }).body.state, 'Aborted');
        org.org.jobs.takeDue()?.run();
        assert.deepEqual(state(id), ['Aborted', 10_000, 1]);
        assert.equal(results(id, 'unprocessedrecords').length, COUNT - 10_000 + 1);
    });
});

describe('a query job', () => {
    test('gives its rows as CSV, in parts when asked', () => {
        ingest({ operation: 'insert' }, 'Name,AnnualRevenue\nA,1.50\nB,\n"C ""q""",3\n');
        const body = {
            operation: 'query',
            query: 'SELECT Name, AnnualRevenue, Owner.Username FROM Account ORDER BY Name'
        };
        const id = text(org.call('POST', QUERY, { body }).body.id);
        const { body: job } = org.call('GET', `${QUERY}/${id}`);
        assert.deepEqual([job.state, job.numberRecordsProcessed, job.object], ['JobComplete', 3, 'Account']);
        const first = org.call('GET', `${QUERY}/${id}/results?maxRecords=2`);
        assert.equal(first.headers['sforce-numberofrecords'], '2');
        const rest = org.call('GET', `${QUERY}/${id}/results?locator=${first.headers['sforce-locator']}`);
        assert.equal(rest.headers['sforce-locator'], 'null');
        const header = ['Name', 'AnnualRevenue', 'Owner.Username'];
        const admin = 'admin@target.local';
        assert.deepEqual(parseCsv(first.text, ','), [header, ['A', '1.50', admin], ['B', '', admin]]);
        assert.deepEqual(parseCsv(rest.text, ','), [header, ['C "q"', '3', admin]]);
        assert.equal(org.call('DELETE', `${QUERY}/${id}`).status, 204);
        assert.equal(org.call('GET', `${QUERY}/${id}`).status, 404);
    });

    test('writes each kind of value', () => {
        ingest({ operation: 'insert' }, 'Name,NumberOfEmployees\nA,5\n');
        const query = 'SELECT Id, CreatedDate, IsDeleted, NumberOfEmployees, Phone FROM Account';
        const { body } = org.call('POST', QUERY, { body: { operation: 'query', query } });
        const { text: csv } = org.call('GET', `${QUERY}/${text(body.id)}/results`);
        const [{ Id: id }] = rows('SELECT Id FROM Account');
        assert.deepEqual(parseCsv(csv, ',')[1], [text(id), '2026-11-22T10:00:00.000Z', 'false', '5', '']);
    });

    test('is refused for what a bulk query may not hold', () => {
        for (const query of [
            'SELECT COUNT() FROM Account',
            'SELECT Name, COUNT(Id) FROM Account GROUP BY Name',
            'SELECT Id, (SELECT Id FROM Contacts) FROM Account',
            'SELECT Id, BillingAddress FROM Account',
            'SELECT Id FROM Account LIMIT 1 OFFSET 1'
        ]) {
            const { status, body } = org.call('POST', QUERY, { body: { operation: 'query', query } });
            assert.deepEqual([status, body[0].errorCode], [400, 'API_ERROR'], query);
        }
        const wrong = org.call('POST', QUERY, { body: { operation: 'query', query: 'SELECT Nope FROM Account' } });
        assert.equal(wrong.body[0].errorCode, 'INVALID_FIELD');
    });
});

test('CSV that is written is read again as it was', () => {
    const table = fc
        .integer({ min: 2, max: 4 })
        .chain((width) => fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: width, maxLength: width })));
    const format = fc.record({ delimiter: fc.constantFrom(',', ';', '\t'), lineEnding: fc.constantFrom('\n', '\r\n') });
    fc.assert(
        fc.property(table, format, (cells, written) => {
            assert.deepEqual(parseCsv(writeCsv(cells, written), written.delimiter), cells);
        })
    );
});

test('CSV is read in pieces as it is read whole', () => {
    const cells = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 2 }), { minLength: 1 });
    fc.assert(
        fc.property(cells, fc.nat(40), fc.constantFrom('\n', '\r\n'), (rows, pieceBytes, lineEnding) => {
            const file = csvFile(['a', 'b'], rows, { delimiter: ',', lineEnding });
            assert.deepEqual([...readCsvRows(file, ',', pieceBytes)], [['a', 'b'], ...rows]);
        })
    );
});
