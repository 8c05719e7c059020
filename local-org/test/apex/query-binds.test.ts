import { describe, test } from 'node:test';
import { apex } from './support/apex.ts';

describe('what is bound in a query', () => {
    test('has the type of its column', () => {
        apex`List<Account> a = [SELECT Id FROM Account WHERE Name = :5];`.refuses(
            'Invalid bind expression type of Integer for column of type String'
        );
        apex`Object o = 'x';
List<Account> a = [SELECT Id FROM Account WHERE Id = :o];`.refuses(
            'Invalid bind expression type of Object for column of type Id',
            2
        );
        apex`List<Contact> c = [SELECT Id FROM Contact WHERE Account.AnnualRevenue > :'x'];`.refuses(
            'Invalid bind expression type of String for column of type Decimal'
        );
        apex`List<Account> a = [SELECT Id, (SELECT Id FROM Contacts WHERE LastName = :true) FROM Account];`.refuses(
            'Invalid bind expression type of Boolean for column of type String'
        );
        apex`List<Account> a = [SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE Email = :1)];`.refuses(
            'Invalid bind expression type of Integer for column of type String'
        );
    });

    test('may be what converts to it, a record for an Id, and collections of these', () => {
        apex`String text = 'x';
             Account one = new Account(Id = '001000000000001AAA');
             Set<Id> ids = new Set<Id>();
             return [SELECT COUNT() FROM Account WHERE Id = :text OR Id = :one OR Id IN :ids OR Name = :one.Id
                     OR Name IN (:text, 'y') OR AnnualRevenue = :5 OR CreatedDate > :Date.today() OR Id IN :new List<Account>()];`.compiles();
    });

    test('is a collection behind IN', () => {
        apex`List<Account> a = [SELECT Id FROM Account WHERE Name IN :'x'];`.refuses(
            'IN operator must be used with an iterable expression'
        );
    });
});

describe('columns under an alias', () => {
    test('are read by their name', () => {
        apex`insert as system new Account(Name = 'Aliased', AnnualRevenue = 1234);
            Account found = [SELECT AnnualRevenue, FORMAT(AnnualRevenue) shown FROM Account WHERE Name = 'Aliased' WITH SYSTEM_MODE];
            return found.get('shown') + '/' + found.AnnualRevenue;`.returns('$1,234/1234');
        apex`Account found = new Account(); found.get('shown'); return null;`.throws(
            'System.SObjectException',
            'Invalid field shown for Account'
        );
    });
});
