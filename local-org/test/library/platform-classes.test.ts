import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allPass, apexOrg } from './apex-org.ts';

test('cursors hand out rows from any position and count against limits of their own', () => {
    const lines = apexOrg().run(`
        List<Account> rows = new List<Account>();
        for (Integer i = 0; i < 5; i++) rows.add(new Account(Name = 'a' + i));
        insert rows;
        Database.Cursor cursor = Database.getCursor('SELECT Name FROM Account ORDER BY Name');
        System.debug(cursor.getNumRecords() + ' ' + Limits.getApexCursorRows());
        List<Account> found = (List<Account>) cursor.fetch(3, 10);
        System.debug(found.size() + ' ' + found[0].Name + ' ' + Limits.getFetchCallsOnApexCursor());
        Map<String, Object> binds = new Map<String, Object>{ 'name' => 'a1' };
        String soql = 'SELECT Name FROM Account WHERE Name != :name ORDER BY Name';
        Database.PaginationCursor pages = Database.getPaginationCursorWithBinds(soql, binds, AccessLevel.USER_MODE);
        Database.CursorFetchResult page = pages.fetchPage(2, 2);
        System.debug(page.getRecords().size() + ' ' + page.getNextIndex() + ' ' + page.isDone());
        try {
            cursor.fetch(6, 1);
        } catch (InvalidParameterValueException e) {
            System.debug('refused');
        }
    `);
    assert.deepEqual(lines, ['5 5', '2 a3 1', '2 4 true', 'refused']);
});

test('a location tells its distance, and a compound address its parts', () => {
    const lines = apexOrg().run(`
        Location bonn = Location.newInstance(50.7374, 7.0982);
        Location cologne = Location.newInstance(50.9375, 6.9603);
        System.debug(bonn.getDistance(cologne, 'km').intValue() + ' ' + Location.getDistance(bonn, cologne, 'mi').intValue());
        System.debug(bonn.latitude + ' ' + bonn.getLongitude());
        insert new Account(Name = 'x', BillingCity = 'Bonn', BillingStreet = 'Am Markt 1');
        Address address = [SELECT BillingAddress FROM Account].BillingAddress;
        System.debug(address.getCity() + ' ' + address.street + ' ' + address.getPostalCode());
        Object untyped = bonn;
        System.debug(untyped instanceof Location);
    `);
    assert.deepEqual(lines, ['24 15', '50.7374 7.0982', 'Bonn Am Markt 1 null', 'true']);
});

test('names that are object and class mean the object as a type and the class in a call', () => {
    const org = apexOrg();
    assert.deepEqual(
        org.run(`
            Site none;
            System.debug(none == null && Site.getSiteId() == null && Network.getNetworkId() == null);
        `),
        ['true']
    );
});

test('limits of the org are listed by the names of the REST resource', () => {
    const lines = apexOrg().run(`
        OrgLimit batches = OrgLimits.getMap().get('DailyBulkApiBatches');
        System.debug(batches.getName() + ' ' + batches.getValue() + '/' + batches.getLimit());
        System.debug(OrgLimits.getAll().size() == OrgLimits.getMap().size());
    `);
    assert.deepEqual(lines, ['DailyBulkApiBatches 0/15000', 'true']);
});

test('exceptions of every namespace can be thrown, caught and asked for their type', () => {
    const lines = apexOrg().run(`
        try {
            throw new Auth.JWTValidationException('bad');
        } catch (Auth.JWTValidationException e) {
            System.debug(e.getTypeName() + ' ' + e.getMessage());
        }
        try {
            throw new System.FormulaValidationException('bad formula');
        } catch (Exception e) {
            System.debug(e instanceof FormulaValidationException);
        }
        Exception cached = new Cache.Session.SessionCacheException('x');
        System.debug(cached.getMessage());
    `);
    assert.deepEqual(lines, ['Auth.JWTValidationException bad', 'true', 'x']);
});

describe('classes that only hold values', () => {
    test('take them in constructors, properties and accessors', () => {
        const lines = apexOrg().run(`
            Auth.UserData user = new Auth.UserData('1', 'Jo', 'Doe', 'Jo Doe', 'j@x.example', 'l', 'jo', 'en', 'p', 's',
                new Map<String, String>{ 'k' => 'v' });
            System.debug(user.lastName + ' ' + user.attributeMap.get('k'));
            EventBus.ChangeEventHeader header = new EventBus.ChangeEventHeader();
            header.setEntityName('Account');
            header.recordIds = new List<String>{ '001000000000001' };
            System.debug(header.entityName + ' ' + header.getRecordIds().size());
            System.debug(header.changedFields.size() + header.diffFields.size() + header.nulledFields.size());
            Process.PluginResult result = new Process.PluginResult('name', 1);
            System.debug(result.outputParameters.get('name'));
            Metadata.CustomMetadata record = new Metadata.CustomMetadata();
            record.fullName = 'A.B';
            record.values.add(new Metadata.CustomMetadataValue());
            System.debug(record.values.size());
        `);
        assert.deepEqual(lines, ['Doe v', 'Account 1', '0', '1', '1']);
    });
});

describe('classes that code may extend', () => {
    const PICK_LIST = `
        public class Colors extends VisualEditor.DynamicPickList {
            public override VisualEditor.DataRow getDefaultValue() {
                return new VisualEditor.DataRow('Red', 'R');
            }
            public override VisualEditor.DynamicPickListRows getValues() {
                VisualEditor.DynamicPickListRows rows = new VisualEditor.DynamicPickListRows();
                rows.addRow(getDefaultValue());
                rows.addRow(new VisualEditor.DataRow('Blue', 'B', true));
                return rows;
            }
        }`;

    test('call the class of the org and answer what it leaves out', () => {
        const org = apexOrg();
        org.install(PICK_LIST);
        const lines = org.run(`
            VisualEditor.DynamicPickList colors = new Colors();
            System.debug(colors.getValues().size() + ' ' + colors.getDefaultValue().getLabel());
            System.debug(colors.getLabel('B') + ' ' + colors.isValid('X'));
        `);
        assert.deepEqual(lines, ['2 Red', 'Blue false']);
    });

    test('must have the methods that are required', () => {
        const [problem = ''] = apexOrg().problems('public class Colors extends VisualEditor.DynamicPickList { }');
        assert.match(
            problem,
            /must implement the method: VisualEditor.DataRow VisualEditor.DynamicPickList.getDefaultValue\(\)/
        );
    });

    test('are few', () => {
        assert.match(apexOrg().problems('public class A extends System.Http { }')[0] ?? '', /Invalid super type/);
    });
});

test('a custom metadata record deployed from Apex is there after the transaction, and the callback hears of it', () => {
    const org = apexOrg();
    org.deploy('CustomObject', 'Rule__mdt', { label: 'Rule', pluralLabel: 'Rules' });
    org.deploy('CustomField', 'Rule__mdt.Limit__c', {
        fullName: 'Limit__c',
        label: 'Limit',
        type: 'Number',
        precision: '4',
        scale: '0'
    });
    org.install(`
        public class Callback implements Metadata.DeployCallback {
            public void handleResult(Metadata.DeployResult result, Metadata.DeployCallbackContext context) {
                insert new Account(Name = result.status.name() + ' ' + result.numberComponentsDeployed);
            }
        }`);
    org.run(`
        Metadata.CustomMetadata record = new Metadata.CustomMetadata();
        record.fullName = 'Rule.First';
        record.label = 'First';
        Metadata.CustomMetadataValue value = new Metadata.CustomMetadataValue();
        value.field = 'Limit__c';
        value.value = 7;
        record.values.add(value);
        Metadata.DeployContainer container = new Metadata.DeployContainer();
        container.addMetadata(record);
        System.debug(Metadata.Operations.enqueueDeployment(container, new Callback()));
    `);
    const lines = org.run(`
        System.debug(Rule__mdt.getInstance('First').Limit__c + ' ' + [SELECT Name FROM Account].Name);
    `);
    assert.deepEqual(lines, ['7 Succeeded 1']);
});

test('a signature is verified with a certificate of the org', () => {
    const org = apexOrg();
    org.deploy('Certificate', 'Signing', { masterLabel: 'Signing' });
    org.deploy('Certificate', 'Other', { masterLabel: 'Other' });
    const lines = org.run(`Blob data = Blob.valueOf('text');
        Blob signature = Crypto.signWithCertificate('RSA-SHA256', data, 'Signing');
        System.debug(Crypto.verify('RSA-SHA256', data, signature, 'Signing'));
        System.debug(Crypto.verify('RSA-SHA256', Blob.valueOf('other'), signature, 'Signing'));
        System.debug(Crypto.verify('RSA-SHA256', data, signature, 'Other'));`);
    assert.deepEqual(lines, ['true', 'false', 'false']);
    assert.match(
        org.failure(`Crypto.verify('RSA-SHA256', Blob.valueOf('a'), Blob.valueOf('b'), 'Missing');`),
        /NoDataFoundException: .*Missing/
    );
});

test('a token is signed with a certificate of the org and read again', () => {
    const org = apexOrg();
    org.deploy('Certificate', 'Signing', { masterLabel: 'Signing' });
    const lines = org.run(`
        Auth.JWT jwt = new Auth.JWT();
        jwt.setIss('app');
        jwt.setSub('jo');
        jwt.setAdditionalClaims(new Map<String, Object>{ 'scope' => 'api' });
        String token = new Auth.JWS(jwt, 'Signing').getCompactSerialization();
        Auth.JWT read = Auth.JWTUtil.validateJWTWithCert(token, 'Signing');
        System.debug(read.getIss() + ' ' + read.getSub() + ' ' + read.getAdditionalClaims().get('scope'));
        try {
            Auth.JWTUtil.validateJWTWithCert(token + 'x', 'Signing');
        } catch (Auth.JWTValidationException e) {
            System.debug('forged');
        }
    `);
    assert.deepEqual(lines, ['app jo api', 'forged']);
    assert.match(org.failure(`new Auth.JWS('{}', 'Other');`), /no certificate named Other/);
});

test('records are locked and unlocked; no approval process applies', () => {
    const lines = apexOrg().run(`
        Account a = new Account(Name = 'a');
        insert a;
        Approval.LockResult result = Approval.lock(a);
        System.debug(result.isSuccess() + ' ' + Approval.isLocked(a.Id));
        System.debug(Approval.unlock(a.Id).isSuccess() + ' ' + Approval.isLocked(new List<Id>{ a.Id }).get(a.Id));
        Approval.ProcessSubmitRequest request = new Approval.ProcessSubmitRequest();
        request.setObjectId(a.Id);
        System.debug(Approval.process(request, false).getErrors()[0].getStatusCode());
    `);
    assert.deepEqual(lines, ['true true', 'true false', 'NO_APPLICABLE_PROCESS']);
});

test('a set of records is paged, and values of the prototype go to the selected ones', () => {
    const lines = apexOrg().run(`
        List<Account> rows = new List<Account>();
        for (Integer i = 0; i < 5; i++) rows.add(new Account(Name = 'a' + i));
        insert rows;
        ApexPages.StandardSetController pages = new ApexPages.StandardSetController([SELECT Name FROM Account ORDER BY Name]);
        pages.setPageSize(2);
        pages.last();
        System.debug(pages.getPageNumber() + ' ' + pages.getRecords().size() + ' ' + pages.getHasNext() + ' ' + pages.getResultSize());
        pages.setSelected(new List<Account>{ rows[0] });
        ((Account) pages.getRecord()).Industry = 'Energy';
        pages.save();
        System.debug([SELECT Industry FROM Account WHERE Name = 'a0'].Industry);
    `);
    assert.deepEqual(lines, ['3 1 false 5', 'Energy']);
});

test('in tests a web service and a continuation are answered by what the test sets', () => {
    const org = apexOrg();
    org.install(`
        @IsTest
        private class CalloutTest implements WebServiceMock {
            public void doInvoke(Object stub, Object request, Map<String, Object> response, String endpoint,
                String soapAction, String requestName, String responseNS, String responseName, String responseType) {
                response.put('response_x', endpoint + ' ' + requestName);
            }
            @IsTest static void soap() {
                Test.setMock(WebServiceMock.class, new CalloutTest());
                Map<String, Object> response = new Map<String, Object>();
                WebServiceCallout.invoke(new Account(), new Account(), response,
                    new List<String>{ 'https://x.example', '', 'ns', 'echo', 'ns', 'echoResponse', 'Echo' });
                Assert.areEqual('https://x.example echo', response.get('response_x'));
            }
            @IsTest static void soapWithSavepoint() {
                Test.setMock(WebServiceMock.class, new CalloutTest());
                Savepoint point = Database.setSavepoint();
                try {
                    WebServiceCallout.invoke(new Account(), new Account(), new Map<String, Object>(), new List<String>(7));
                    Assert.fail('a savepoint is active');
                } catch (CalloutException e) {
                    Assert.areEqual('All active Savepoints must be released before making callouts.', e.getMessage());
                }
            }
            public String label;
            public Object done() {
                return Continuation.getResponse(label).getBody();
            }
            @IsTest static void continuation() {
                CalloutTest page = new CalloutTest();
                Continuation call = new Continuation(40);
                call.continuationMethod = 'done';
                page.label = call.addHttpRequest(new HttpRequest());
                HttpResponse response = new HttpResponse();
                response.setBody('pong');
                Test.setContinuationResponse(page.label, response);
                Assert.areEqual('pong', Test.invokeContinuationMethod(page, call));
                Assert.areEqual(1, call.getRequests().size());
            }
        }`);
    allPass(org.test());
});

test('install scripts run with what the test gives them', () => {
    const org = apexOrg();
    org.install(
        `public class Setup implements InstallHandler {
            public void onInstall(InstallContext context) {
                insert new Account(Name = context.isUpgrade() + ' ' + context.previousVersion());
            }
        }`,
        `@IsTest private class SetupTest {
            @IsTest static void upgrades() {
                Test.testInstall(new Setup(), new Version(1, 2));
                Assert.areEqual('true 1.2', [SELECT Name FROM Account].Name);
            }
        }`
    );
    allPass(org.test());
});

test('labels are read by name', () => {
    const org = apexOrg();
    org.deploy('CustomLabel', 'Greeting', { fullName: 'Greeting', value: 'Hello', language: 'en_US' });
    assert.deepEqual(
        org.run(
            `System.debug(System.Label.get('', 'Greeting') + ' ' + Label.translationExists('', 'Greeting', 'de'));`
        ),
        ['Hello false']
    );
});

test('an invocable action of a class runs for all its invocations', () => {
    const org = apexOrg();
    org.install(`
        public class Doubler {
            public class Request { @InvocableVariable public Integer value; }
            public class Response { @InvocableVariable public Integer doubled; }
            @InvocableMethod(label='Double')
            public static List<Response> run(List<Request> requests) {
                List<Response> responses = new List<Response>();
                for (Request request : requests) {
                    if (request.value < 0) throw new IllegalArgumentException('negative');
                    Response response = new Response();
                    response.doubled = 2 * request.value;
                    responses.add(response);
                }
                return responses;
            }
        }`);
    const lines = org.run(`
        Invocable.Action action = Invocable.Action.createCustomAction('apex', 'Doubler');
        action.setInvocationParameter('value', 3).addInvocation().setInvocationParameter('value', 4);
        List<Invocable.Action.Result> results = action.invoke();
        System.debug(results[0].getOutputParameters().get('doubled') + ' ' + results[1].getOutputParameters().get('doubled'));
        action.clearInvocations().setInvocationParameter('value', -1);
        Invocable.Action.Result failed = action.invoke()[0];
        System.debug(failed.isSuccess() + ' ' + failed.getErrors()[0].getMessage());
    `);
    assert.deepEqual(lines, ['6 8', 'false System.IllegalArgumentException: negative']);
    const unsupported = "Invocable.Action.createCustomAction('flow', 'X').invoke();";
    assert.match(
        org.failure(unsupported),
        /Not implemented in the local org: Invocable.Action for actions of type flow/
    );
});

test('a flow is refused by its name when code asks for it', () => {
    const org = apexOrg();
    const code = "Flow.Interview.createInterview('Approve', new Map<String, Object>()).start();";
    assert.match(org.failure(code), /Flow\.Interview\.Approve \(a local org has no flows\)/);
});
