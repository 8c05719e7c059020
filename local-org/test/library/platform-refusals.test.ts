import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apexOrg } from './apex-org.ts';

/** Message of what a statement throws, as `Type: message`. */
function thrown(statement: string): string {
    const code = `try { ${statement} System.debug('none'); } catch (Exception e) { System.debug(e.getTypeName() + ': ' + e.getMessage()); }`;
    return apexOrg().run(code).join();
}

test('a list with one record twice is refused as a whole', () => {
    const message = 'System.ListException: Before Insert or Upsert list must not have two identically equal elements';
    const twice = "Account one = new Account(Name = 'One'); List<Account> all = new List<Account>{ one, one };";
    assert.equal(thrown(`${twice} insert all;`), message);
    assert.equal(thrown(`${twice} Database.insert(all, false);`), message);
    assert.equal(thrown(`${twice} upsert all;`), message);
    const equal = "insert new List<Account>{ new Account(Name = 'One'), new Account(Name = 'One') };";
    assert.equal(thrown(equal), 'none');
});

test('a list with one id twice is refused as a whole', () => {
    const code = `Account one = new Account(Name = 'One'); insert one;
        List<Account> all = new List<Account>{ new Account(Id = one.Id, Name = 'A'), new Account(Id = one.Id, Name = 'B') };`;
    for (const statement of ['update all;', 'upsert all;', 'Database.update(all, false);']) {
        assert.match(thrown(`${code} ${statement}`), /^System\.ListException: Duplicate id in list: 001\w{15}$/);
    }
});

test('objects in a list may alternate ten times', () => {
    const list = (count: number): string => `List<SObject> all = new List<SObject>();
        for (Integer i = 0; i < ${count}; i++) {
            if (Math.mod(i, 2) == 0) { all.add(new Account(Name = 'A')); } else { all.add(new Contact(LastName = 'C')); }
        }
        insert all;`;
    assert.equal(thrown(list(10)), 'none');
    assert.equal(
        thrown(list(11)),
        'System.TypeException: Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce chunking.'
    );
});

test('a trigger makes no callout, and text that is no base64 is told by its character', () => {
    const apex = apexOrg();
    apex.install(`trigger Calls on Account (after insert) {
        HttpRequest request = new HttpRequest();
        request.setEndpoint('http://peer');
        request.setMethod('GET');
        new Http().send(request);
    }`);
    assert.match(
        apex.failure("insert new Account(Name = 'One');"),
        /Callout from triggers are currently not supported\./
    );
    assert.match(
        apex.failure("EncodingUtil.base64Decode('a\"b=');"),
        /StringException: Unrecognized base64 character: "$/
    );
});

test('code outside a managed package has no request version', () => {
    assert.match(thrown('System.requestVersion();'), /^System\.TypeException: .*managed packages only$/);
});

test('an org without managed packages has no feature parameters', () => {
    for (const call of [
        "checkPackageBooleanValue('Shines')",
        "checkPackageDateValue('Shines')",
        "checkPackageIntegerValue('Shines')",
        "setPackageBooleanValue('Shines', true)",
        "setPackageDateValue('Shines', Date.today())",
        "setPackageIntegerValue('Shines', 1)"
    ]) {
        const message = thrown(`FeatureManagement.${call};`);
        assert.match(message, /^System\.NoDataFoundException: There is no feature parameter Shines: /, call);
    }
    assert.match(thrown('FeatureManagement.checkPackageBooleanValue(null);'), /^System\.NullPointerException/);
});

test('a private key in the source is refused by the name of the member', () => {
    const problems = apexOrg().problems(`public class Keyed {
        public static void run() { new HttpRequest().setClientCertificate('MIIC', 'secret'); }
    }`);
    assert.match(problems.join(), /^Keyed:2 .*setClientCertificate/);
});

test('a callout does not leave its client certificate out', () => {
    const code = `HttpRequest request = new HttpRequest(); request.setEndpoint('http://localhost:1/'); request.setMethod('GET');
        request.setClientCertificateName('Partner'); new Http().send(request);`;
    assert.equal(
        thrown(code),
        'System.UnsupportedOperationException: Not implemented in the local org: the client certificate Partner of a callout'
    );
});
