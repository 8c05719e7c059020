import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allPass, apexOrg } from './apex-org.ts';

test('a page reference is a path with parameters', () => {
    const lines = apexOrg().run(`
        PageReference page = new PageReference('/apex/Show?id=1#top');
        page.getParameters().put('name', 'a b');
        page.setRedirect(true);
        System.debug(page.getUrl() + ' ' + page.getParameters().get('id') + ' ' + page.getRedirect());
        page.setCookies(new List<Cookie>{ new Cookie('c', 'v', null, -1, true) });
        System.debug(page.getCookies().get('c').getValue() + ' ' + page.getCookies().get('c').isSecure());
        System.debug(ApexPages.currentPage());
    `);
    assert.deepEqual(lines, ['/apex/Show?id=1&name=a+b#top 1 true', 'v true', 'null']);
});

test('a controller is tested with the page and the record that the test gives it', () => {
    const apex = apexOrg();
    apex.install(
        `public class Controller {
            private final Account record;
            public Controller(ApexPages.StandardController standard) { record = (Account) standard.getRecord(); }
            public PageReference go() {
                if (ApexPages.currentPage().getParameters().get('name') == null) {
                    ApexPages.addMessage(new ApexPages.Message(ApexPages.Severity.ERROR, 'No name'));
                    return null;
                }
                record.Name = ApexPages.currentPage().getParameters().get('name');
                update record;
                return new PageReference('/' + record.Id);
            }
        }`,
        `@IsTest class ControllerTest {
            @IsTest static void goes() {
                Account a = new Account(Name = 'x');
                insert a;
                PageReference page = new PageReference('/apex/Any');
                Test.setCurrentPage(page);
                Controller controller = new Controller(new ApexPages.StandardController(a));
                Assert.isNull(controller.go());
                Assert.isTrue(ApexPages.hasMessages(ApexPages.Severity.ERROR));
                Assert.areEqual('No name', ApexPages.getMessages()[0].getDetail());
                page.getParameters().put('name', 'new');
                Assert.areEqual('/' + a.Id, controller.go().getUrl());
                Assert.areEqual('new', [SELECT Name FROM Account].Name);
            }
        }`
    );
    allPass(apex.test());
});

test('a test that has set no page has an empty one', () => {
    const apex = apexOrg();
    apex.install(`@IsTest class PageTest {
        @IsTest static void has() {
            ApexPages.currentPage().getParameters().put('id', '1');
            Assert.areEqual('1', ApexPages.currentPage().getParameters().get('id'));
            Assert.isNull(ApexPages.currentPage().getHeaders().get('Host'));
        }
    }`);
    allPass(apex.test());
});
