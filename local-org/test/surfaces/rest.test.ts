import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { list, text, type Json } from './support/json.ts';
import { DATA, newTestOrg, type Answer, type TestOrg } from './support/test-org.ts';
import { createUser } from './support/users.ts';

let org: TestOrg;

beforeEach(() => {
    org = newTestOrg();
    org.deploy('CustomField', 'Account.Key__c', {
        fullName: 'Key__c',
        label: 'Key',
        type: 'Text',
        length: '40',
        externalId: 'true',
        unique: 'true',
        caseSensitive: 'true'
    });
    org.deploy('CustomField', 'Account.Exact__c', {
        fullName: 'Exact__c',
        label: 'Exact',
        type: 'Number',
        precision: '18',
        scale: '2'
    });
});

function create(fields: Record<string, unknown>): string {
    const { status, body } = org.call('POST', `${DATA}/sobjects/Account`, { body: fields });
    assert.equal(status, 201, JSON.stringify(body));
    return text(body.id);
}

function query(soql: string): Answer {
    return org.call('GET', `${DATA}/query?q=${encodeURIComponent(soql)}`);
}

describe('sessions', () => {
    test('a resource without one answers 401', () => {
        const { status, body } = org.call('GET', `${DATA}/limits`, { token: undefined });
        assert.equal(status, 401);
        assert.deepEqual(body, [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
        assert.equal(org.call('GET', `${DATA}/limits`, { token: '00D!x' }).status, 401);
    });

    test('of a user who may not use the API, or not any more, open nothing', () => {
        const userId = createUser(org, 'plain@target.local', 'Minimum Access - Salesforce');
        const { token } = org.org.sessions.open({ userId, scopes: new Set(['api']) });
        const refused = org.call('GET', `${DATA}/limits`, { token });
        assert.equal(refused.status, 403);
        assert.deepEqual(refused.body, [
            { message: 'API is disabled for this User', errorCode: 'API_CURRENTLY_DISABLED' }
        ]);
        org.call('PATCH', `${DATA}/sobjects/User/${userId}`, { body: { IsActive: false } });
        assert.equal(org.call('GET', `${DATA}/limits`, { token }).status, 401);
    });

    test('each reply counts API requests', () => {
        assert.equal(org.call('GET', `${DATA}/limits`).headers['sforce-limit-info'], 'api-usage=1/15000');
        assert.equal(org.call('GET', `${DATA}/nothing`).headers['sforce-limit-info'], 'api-usage=2/15000');
    });
});

describe('resources', () => {
    test('the list of versions needs no session', () => {
        const { status, body } = org.call('GET', '/services/data', { token: undefined });
        assert.equal(status, 200);
        assert.deepEqual(list(body).at(-1), { label: "Summer '26", url: '/services/data/v67.0', version: '67.0' });
        assert.deepEqual(
            list(body).find(({ version }) => text(version) === '51.0'),
            { label: "Spring '21", url: '/services/data/v51.0', version: '51.0' }
        );
    });

    test('older versions are answered, newer and odd ones are not', () => {
        assert.equal(org.call('GET', '/services/data/v51.0/limits').status, 200);
        assert.equal(org.call('GET', '/services/data/v68.0/limits').status, 404);
        assert.equal(org.call('GET', '/services/data/v67/limits').status, 404);
    });

    test('what the platform has not is 404, what only the local org has not is 501 and says so', () => {
        const missing = org.call('GET', `${DATA}/nothing`);
        assert.equal(missing.status, 404);
        assert.deepEqual(missing.body, [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }]);
        const unsupported = org.call('GET', `${DATA}/search?q=x`);
        assert.equal(unsupported.status, 501);
        assert.deepEqual(unsupported.body, [
            {
                message: 'The local org does not support GET /services/data/v67.0/search',
                errorCode: 'NOT_SUPPORTED_LOCALLY'
            }
        ]);
    });

    test('another method is 405', () => {
        const { status, body } = org.call('PUT', `${DATA}/sobjects/Account`);
        assert.equal(status, 405);
        assert.deepEqual(body, [
            { message: "HTTP Method 'PUT' not allowed. Allowed are GET,POST", errorCode: 'METHOD_NOT_ALLOWED' }
        ]);
    });

    test('an instance URL with a trailing slash works', () => {
        assert.equal(org.call('GET', `/${DATA}/limits`).status, 200);
    });
});

describe('records', () => {
    test('are created, read, changed and deleted', () => {
        const created = org.call('POST', `${DATA}/sobjects/Account`, {
            body: { Name: 'Acme', AnnualRevenue: 1234567 }
        });
        const { id } = created.body;
        assert.deepEqual(created.body, { id, success: true, errors: [] });
        assert.equal(created.headers['location'], `${DATA}/sobjects/Account/${text(id)}`);
        const path = `${DATA}/sobjects/Account/${text(id)}`;
        assert.deepEqual(org.call('GET', `${path}?fields=Name,AnnualRevenue`).body, {
            attributes: { type: 'Account', url: path },
            Name: 'Acme',
            AnnualRevenue: 1234567,
            Id: id
        });
        const changed = org.call('PATCH', path, { body: { Name: 'Acme 2', AnnualRevenue: null } });
        assert.deepEqual([changed.status, changed.body], [204, '']);
        assert.equal(org.call('GET', path).body.Name, 'Acme 2');
        assert.equal(org.call('DELETE', path).status, 204);
        assert.equal(org.call('GET', path).status, 404);
    });

    test('of an unknown object or with a foreign id are 404', () => {
        assert.equal(org.call('GET', `${DATA}/sobjects/Nothing__c/001000000000001`).status, 404);
        assert.equal(org.call('GET', `${DATA}/sobjects/Account/003000000000001AAA`).status, 404);
    });

    test('with an unknown field are refused', () => {
        const { status, body } = org.call('POST', `${DATA}/sobjects/Account`, { body: { Name: 'A', Nope__c: 1 } });
        assert.equal(status, 400);
        assert.deepEqual(body, [
            { message: "No such column 'Nope__c' on sobject of type Account", errorCode: 'INVALID_FIELD' }
        ]);
    });

    test('without a required field are refused', () => {
        const { status, body } = org.call('POST', `${DATA}/sobjects/Account`, { body: {} });
        assert.equal(status, 400);
        assert.deepEqual(body, [
            {
                message: 'Required fields are missing: [Name]',
                errorCode: 'REQUIRED_FIELD_MISSING',
                fields: ['Name']
            }
        ]);
    });

    test('with a value of another type are refused', () => {
        const { status, body } = org.call('POST', `${DATA}/sobjects/Account`, {
            body: { Name: 'A', AnnualRevenue: 'x' }
        });
        assert.equal(status, 400);
        assert.equal(body[0].errorCode, 'JSON_PARSER_ERROR');
        assert.match(text(body[0].message), /^Cannot deserialize instance of double from VALUE_STRING value x/);
    });

    test('need a JSON body', () => {
        const path = `${DATA}/sobjects/Account`;
        assert.equal(org.call('POST', path, { body: '{"Name"' }).body[0].errorCode, 'JSON_PARSER_ERROR');
        const headers = { 'content-type': 'text/csv' };
        assert.equal(org.call('POST', path, { body: 'x', headers }).status, 415);
    });
});

describe('an upsert by external id', () => {
    const path = `${DATA}/sobjects/Account/Key__c/k%2F1`;

    test('creates with 201, then changes with 200', () => {
        const first = org.call('PATCH', path, { body: { Name: 'One' } });
        assert.equal(first.status, 201);
        assert.deepEqual(first.body, { id: first.body.id, success: true, errors: [], created: true });
        const second = org.call('PATCH', path, { body: { Name: 'Two' } });
        assert.equal(second.status, 200);
        assert.deepEqual(second.body, { id: first.body.id, success: true, errors: [], created: false });
        const read = org.call('GET', path).body;
        assert.deepEqual([read.Name, read.Key__c], ['Two', 'k/1']);
    });

    test('refuses the key and the Id in the body', () => {
        for (const name of ['Key__c', 'Id']) {
            const { status, body } = org.call('PATCH', path, { body: { Name: 'One', [name]: 'x' } });
            assert.equal(status, 400);
            assert.equal(body[0].message, `The ${name} field should not be specified in the sobject data.`);
        }
    });

    test('by a field that is no key is 404', () => {
        const { status, body } = org.call('PATCH', `${DATA}/sobjects/Account/Phone/1`, { body: { Name: 'One' } });
        assert.equal(status, 404);
        assert.deepEqual(body, [
            {
                message: 'Provided external ID field does not exist or is not accessible: Phone',
                errorCode: 'NOT_FOUND'
            }
        ]);
    });
});

describe('queries', () => {
    test('answer rows with their parents in the order of the SELECT list', () => {
        const parent = create({ Name: 'Parent' });
        const id = create({ Name: 'Child', ParentId: parent });
        const { body } = query("SELECT Name, Parent.Name, Id FROM Account WHERE Name = 'Child'");
        assert.deepEqual(body, {
            totalSize: 1,
            done: true,
            records: [
                {
                    attributes: { type: 'Account', url: `${DATA}/sobjects/Account/${id}` },
                    Name: 'Child',
                    Parent: {
                        attributes: { type: 'Account', url: `${DATA}/sobjects/Account/${parent}` },
                        Name: 'Parent'
                    },
                    Id: id
                }
            ]
        });
    });

    test('keep digits that a JavaScript number would lose', () => {
        const body = '{"Name": "Exact", "Exact__c": 1234567890123456.78}';
        assert.equal(org.call('POST', `${DATA}/sobjects/Account`, { body }).status, 201);
        assert.match(query('SELECT Exact__c FROM Account').text, /"Exact__c":1234567890123456\.78/);
    });

    test('of more than a batch go on under nextRecordsUrl', () => {
        for (let index = 0; index < 450; index += 1) {
            create({ Name: `Account ${String(index).padStart(3, '0')}` });
        }
        const options = { headers: { 'sforce-query-options': 'batchSize=200' } };
        const soql = encodeURIComponent('SELECT Name FROM Account ORDER BY Name');
        let page = org.call('GET', `${DATA}/query?q=${soql}`, options).body;
        const names = list(page.records).map(({ Name }) => text(Name));
        while (page.nextRecordsUrl !== undefined) {
            assert.equal(page.totalSize, 450);
            page = org.call('GET', text(page.nextRecordsUrl), options).body;
            names.push(...list(page.records).map(({ Name }) => text(Name)));
        }
        assert.equal(names.length, 450);
        assert.deepEqual(names, names.toSorted());
    });

    test('with an unknown locator are refused', () => {
        const { status, body } = org.call('GET', `${DATA}/query/01g000000000001AAA-2000`);
        assert.equal(status, 400);
        assert.equal(body[0].errorCode, 'INVALID_QUERY_LOCATOR');
    });

    test('say what is wrong with them', () => {
        assert.equal(query('SELECT FROM Account').body[0].errorCode, 'MALFORMED_QUERY');
        const { status, body } = query('SELECT Nope FROM Account');
        assert.equal(status, 400);
        assert.equal(body[0].errorCode, 'INVALID_FIELD');
        assert.match(text(body[0].message), /No such column 'Nope' on entity 'Account'/);
        assert.equal(query('SELECT Id FROM ScratchOrgInfo LIMIT 1').status, 400);
        assert.equal(org.call('GET', `${DATA}/query`).body[0].errorCode, 'MALFORMED_QUERY');
    });

    function columns(soql: string): readonly Json[] {
        const { status, body } = org.call('GET', `${DATA}/query?columns=true&q=${encodeURIComponent(soql)}`);
        assert.equal(status, 200, JSON.stringify(body));
        return list(body.columnMetadata);
    }

    test('describe their columns for the command line tools, parents and children too, whatever rows there are', () => {
        const found = columns(
            'SELECT Id, Owner.Name, Owner.Profile.Name, (SELECT LastName FROM Contacts) FROM Account'
        );
        const names = (column: Json): unknown => [column.columnName, list(column.joinColumns).map(names)];
        assert.deepEqual(found.map(names), [
            ['Id', []],
            [
                'Owner',
                [
                    ['Name', []],
                    ['Profile', [['Name', []]]]
                ]
            ],
            ['Contacts', [['LastName', []]]]
        ]);
        assert.deepEqual(
            found.map(({ aggregate, foreignKeyName }) => [aggregate, foreignKeyName]),
            [
                [false, null],
                [false, 'OwnerId'],
                [true, null]
            ]
        );
    });

    test('describe the columns of a grouped query', () => {
        const found = columns(
            'SELECT Owner.Name, AVG(AnnualRevenue), COUNT(Id) total FROM Account GROUP BY Owner.Name'
        );
        assert.deepEqual(
            found.map(({ aggregate, columnName, displayName, numberType }) => [
                aggregate,
                columnName,
                displayName,
                numberType
            ]),
            [
                [false, 'Name', 'Name', false],
                [true, 'expr0', 'avg(AnnualRevenue)', true],
                [true, 'total', 'count(Id)', true]
            ]
        );
    });
});

test('limits are those of a Developer Edition org, with what is used', () => {
    create({ Name: 'One' });
    const { body } = org.call('GET', `${DATA}/limits`);
    assert.deepEqual(body.DailyApiRequests, { Max: 15_000, Remaining: 14_999 });
    assert.deepEqual(body.DataStorageMB, { Max: 5, Remaining: 5 });
    assert.deepEqual(body.SingleEmail, { Max: 15, Remaining: 15 });
    assert.equal(body.PermissionSets.CreateCustom.Max, 1000);
    assert.ok(Object.keys(body).length > 45);
});

test('records are counted by object', () => {
    create({ Name: 'One' });
    const counts = (query: string): unknown => org.call('GET', `${DATA}/limits/recordCount${query}`).body.sObjects;
    assert.deepEqual(counts('?sObjects=Account,Contact'), [
        { count: 1, name: 'Account' },
        { count: 0, name: 'Contact' }
    ]);
    assert.deepEqual(counts(''), [{ count: 1, name: 'Account' }]);
});

test('dates and times are taken in the form in which they are given', () => {
    const write = (ActivityDateTime: string): Answer =>
        org.call('POST', `${DATA}/sobjects/Event`, {
            body: { Subject: 'Call', DurationInMinutes: 5, ActivityDateTime }
        });
    const read = (answer: Answer): unknown =>
        org.call('GET', `${DATA}/sobjects/Event/${text(answer.body.id)}`).body.ActivityDateTime;
    const shown = '2026-11-22T11:00:00.000+0000';
    for (const form of [shown, '2026-11-22T11:00:00Z', '2026-11-22T12:00:00.000+01:00']) {
        assert.equal(read(write(form)), shown, form);
    }
    assert.equal(read(write('2026-11-22')), '2026-11-22T00:00:00.000+0000');
    assert.equal(write('tomorrow').body[0].errorCode, 'JSON_PARSER_ERROR');
});

describe('collections', () => {
    const account = (fields: Record<string, unknown>): Record<string, unknown> => ({
        attributes: { type: 'Account' },
        ...fields
    });

    test('save each record and answer in order', () => {
        const records = [account({ Name: 'One' }), account({}), account({ Name: 'Three' })];
        const { status, body } = org.call('POST', `${DATA}/composite/sobjects`, {
            body: { allOrNone: false, records }
        });
        assert.equal(status, 200);
        assert.deepEqual(
            list(body).map(({ success }) => success),
            [true, false, true]
        );
        assert.deepEqual(body[1].errors, [
            {
                statusCode: 'REQUIRED_FIELD_MISSING',
                message: 'Required fields are missing: [Name]',
                fields: ['Name']
            }
        ]);
        assert.equal(query('SELECT COUNT() FROM Account').body.totalSize, 2);
    });

    test('save nothing with allOrNone when one record is wrong', () => {
        const records = [account({ Name: 'One' }), account({})];
        const { body } = org.call('POST', `${DATA}/composite/sobjects`, { body: { allOrNone: true, records } });
        assert.deepEqual(
            list(body).map(({ errors }) => list(errors)[0]?.statusCode),
            ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING']
        );
        assert.equal(query('SELECT COUNT() FROM Account').body.totalSize, 0);
    });

    test('upsert by external id and say what they created', () => {
        const records = ['a', 'b'].map((key) => account({ Name: key, Key__c: key }));
        const upsert = (): unknown[] => {
            const { body } = org.call('PATCH', `${DATA}/composite/sobjects/Account/Key__c`, { body: { records } });
            return list(body).map(({ created }) => created);
        };
        assert.deepEqual(upsert(), [true, true]);
        assert.deepEqual(upsert(), [false, false]);
    });

    test('update, read and delete by id', () => {
        const ids = [create({ Name: 'One' }), create({ Name: 'Two' })];
        const records = ids.map((id) => account({ Id: id, Phone: '1' }));
        assert.equal(org.call('PATCH', `${DATA}/composite/sobjects`, { body: { records } }).status, 200);
        const read = org.call('GET', `${DATA}/composite/sobjects/Account?ids=${ids.join(',')}&fields=Phone`);
        assert.deepEqual(
            list(read.body).map(({ Phone }) => Phone),
            ['1', '1']
        );
        const deleted = org.call('DELETE', `${DATA}/composite/sobjects?ids=${ids.join(',')}`);
        assert.deepEqual(
            list(deleted.body).map(({ success }) => success),
            [true, true]
        );
    });

    test('take 200 records and not 201', () => {
        const records = Array.from({ length: 201 }, () => account({ Name: 'x' }));
        const { status, body } = org.call('POST', `${DATA}/composite/sobjects`, { body: { records } });
        assert.equal(status, 400);
        assert.equal(body[0].errorCode, 'EXCEEDED_ID_LIMIT');
        const most = org.call('POST', `${DATA}/composite/sobjects`, { body: { records: records.slice(1) } });
        assert.equal(most.body.length, 200);
    });
});

describe('composite', () => {
    const request = (method: string, url: string, referenceId: string, body?: unknown): Record<string, unknown> => ({
        method,
        url,
        referenceId,
        body
    });

    test('hands values of earlier answers on', () => {
        const compositeRequest = [
            request('POST', `${DATA}/sobjects/Account`, 'parent', { Name: 'Parent' }),
            request('POST', `${DATA}/sobjects/Account`, 'child', { Name: 'Child', ParentId: '@{parent.id}' }),
            request('GET', `${DATA}/sobjects/Account/@{child.id}?fields=ParentId`, 'read')
        ];
        const { status, body } = org.call('POST', `${DATA}/composite`, { body: { compositeRequest } });
        assert.equal(status, 200);
        const [parent, , read] = list(body.compositeResponse);
        assert.equal(read?.body?.ParentId, parent?.body?.id);
    });

    test('undoes everything with allOrNone', () => {
        const compositeRequest = [
            request('POST', `${DATA}/sobjects/Account`, 'good', { Name: 'Good' }),
            request('POST', `${DATA}/sobjects/Account`, 'bad', {})
        ];
        const { body } = org.call('POST', `${DATA}/composite`, { body: { allOrNone: true, compositeRequest } });
        assert.equal(body.compositeResponse[0].body[0].errorCode, 'PROCESSING_HALTED');
        assert.equal(query('SELECT COUNT() FROM Account').body.totalSize, 0);
    });

    test('imports a tree with children', () => {
        const records = [
            {
                attributes: { type: 'Account', referenceId: 'a' },
                Name: 'Tree',
                Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'c' }, LastName: 'Leaf' }] }
            }
        ];
        const { status, body } = org.call('POST', `${DATA}/composite/tree/Account`, { body: { records } });
        assert.equal(status, 201, JSON.stringify(body));
        assert.deepEqual(
            list(body.results).map(({ referenceId }) => referenceId),
            ['a', 'c']
        );
        assert.equal(query("SELECT Id FROM Contact WHERE Account.Name = 'Tree'").body.totalSize, 1);
    });
});

describe('describe', () => {
    test('tells what an object has', () => {
        const { body } = org.call('GET', `${DATA}/sobjects/Account/describe`);
        const field = list(body.fields).find(({ name }) => text(name) === 'Key__c');
        assert.equal(body.keyPrefix, '001');
        assert.deepEqual(
            [field?.type, field?.length, field?.externalId, field?.idLookup, field?.custom],
            ['string', 40, true, true, true]
        );
        const names = list(org.call('GET', `${DATA}/sobjects`).body.sobjects).map(({ name }) => text(name));
        assert.ok(names.includes('Account'));
        assert.equal(org.call('GET', `${DATA}/sobjects/Nothing/describe`).status, 404);
    });
});
