import { describe, test } from 'node:test';
import { apex } from './support/apex.ts';

describe('paths over relationships', () => {
    test('read null when a parent is missing, however long they are', () => {
        apex`return new Contact().Account.Name;`.returns(null);
        apex`return new Contact().Account.Owner.Email;`.returns(null);
        apex`Savepoint before = Database.setSavepoint();
             insert new Contact(LastName = 'L');
             Contact found = [SELECT Account.Name, Account.Owner.Email FROM Contact];
             Database.rollback(before);
             return found.Account.Name == null && found.Account.Owner.Email == null;`.returns(true);
    });

    test('do not excuse a variable that is null, or a write', () => {
        apex`Account parent = new Contact().Account; return parent.Name;`.throws('System.NullPointerException');
        apex`Contact c; return c.Account.Name;`.throws('System.NullPointerException');
        apex`new Contact().Account.Name = 'x'; return null;`.throws('System.NullPointerException');
    });
});

describe('exceptions as text', () => {
    test('are their type and message', () => {
        apex`return '' + new IllegalArgumentException('bad');`.returns('System.IllegalArgumentException: bad');
        apex`return String.valueOf(new OwnException());`
            .with('public class OwnException extends Exception { private Integer count = 1; }')
            .returns('OwnException:[count=1]: Script-thrown exception');
        apex`return '' + new OwnException('bad');`
            .with("public class OwnException extends Exception { public override String toString() { return 'own'; } }")
            .returns('own');
    });
});

describe('exceptions without a message', () => {
    test('say that a script threw them, and do not take the message of their cause', () => {
        apex`return new CalloutException().getMessage();`.returns('Script-thrown exception');
        apex`return new CalloutException(new CalloutException('why')).getMessage();`.returns('Script-thrown exception');
    });
});

describe('values of different types', () => {
    test('a Date is the Datetime of its first moment in GMT', () => {
        apex`Object day = Date.newInstance(2026, 1, 2); Object moment = Datetime.newInstanceGmt(2026, 1, 2);
             return day == moment && moment == day;`.returns(true);
    });

    test('picklist entries have a JSON form', () => {
        apex`List<Schema.PicklistEntry> entries = Account.Rating.getDescribe().getPicklistValues();
             return JSON.serialize(entries[0]);`.returns(
            '{"active":true,"defaultValue":false,"label":"Hot","validFor":null,"value":"Hot"}'
        );
    });
});

describe('objects as text', () => {
    test('show their fields in order of characters, those of bases under their name, and no object twice', () => {
        apex`Item one = new Item(); one.twin = one; return '' + one;`
            .with(
                'public virtual class Base { protected Decimal price = 1.50; }',
                `public class Item extends Base {
                    public static Integer count = 3;
                    public String b = 'x';
                    public String A = 'y';
                    public Item twin;
                    public Integer twice { get { return 2; } }
                }`
            )
            .returns('Item:[A=y, Base.price=1.50, b=x, twice=null, twin=(already output)]');
        apex`try { throw new OwnException('bad'); } catch (OwnException error) { return '' + error; }`
            .with('public class OwnException extends Exception {}')
            .returns('OwnException:[]: bad');
    });

    test('are equal as Objects as == has it', () => {
        apex`Object one = 'TEXT'; return one.equals('text');`.returns(true);
        apex`return 'TEXT'.equals('text');`.returns(false);
    });
});

describe('files', () => {
    test('have the type their extension stands for', () => {
        apex`Savepoint before = Database.setSavepoint();
             List<ContentVersion> versions = new List<ContentVersion>();
             for (String path : new List<String>{ 'a.docx', 'b.PDF', 'c.txt', 'd' }) {
                 versions.add(new ContentVersion(Title = path, PathOnClient = path, VersionData = Blob.valueOf('x')));
             }
             insert versions;
             List<String> types = new List<String>();
             for (ContentDocument file : [SELECT FileType FROM ContentDocument ORDER BY Title]) {
                 types.add(file.FileType);
             }
             Database.rollback(before);
             return types;`.returns(['WORD_X', 'PDF', 'TEXT', 'UNKNOWN']);
    });
});

describe('a record that is a member of an object', () => {
    const HOLDER = `public class Holder {
        public Account own;
        public Account shown { get; set; }
        public String viaThis() { return this.own.Name; }
        public String bare() { return own.Name; }
        public Integer taken = 0;
        public Integer take() { return ++taken; }
    }`;

    test('reads null behind a null, but its Id does not', () => {
        apex`Holder one = new Holder();
             return one.own.Name == null && one.shown.Parent.Name == null && !one.own.IsDeleted && one.viaThis() == null;`
            .with(HOLDER)
            .returns(true);
        apex`return new Holder().own.Id;`.with(HOLDER).throws('System.NullPointerException');
        apex`return new Holder().bare();`.with(HOLDER).throws('System.NullPointerException');
        apex`new Holder().own.Name = 'x'; return null;`.with(HOLDER).throws('System.NullPointerException');
    });

    test('evaluates arguments before it finds the receiver to be null', () => {
        apex`Holder counter = new Holder(); Holder none; List<Integer> items; Account record;
             for (Integer call = 0; call < 4; call++) {
                 try {
                     if (call == 0) items.add(counter.take());
                     if (call == 1) record.get(String.valueOf(counter.take()));
                     if (call == 2) none.bare().left(counter.take());
                     if (call == 3) new Map<String, Map<Integer, Integer>>().get('x').put(1, counter.take());
                 } catch (NullPointerException expected) {
                     if (call == 2) counter.taken += 10;
                 }
             }
             return counter.taken;`
            .with(HOLDER)
            .returns(13);
    });

    test('has no say where an argument ends in an exception of its own', () => {
        apex`String text; List<String> none = new List<String>(); return text.startsWith(none[0]);`.throws(
            'System.ListException'
        );
        apex`String text; Object one = 1; return text.startsWith((String) one);`.throws('System.TypeException');
        apex`List<Integer> items; Integer zero = 0; items.add(1 / zero); return null;`.throws('System.MathException');
        apex`String text; return text.startsWith(Late.WORD);`
            .with('public class Late { public static String WORD = String.valueOf(new List<Integer>()[1]); }')
            .throws('System.ListException');
    });
});

describe('types of objects', () => {
    test('know the token of their object, and other types are refused', () => {
        apex`Type found = Type.forName('Account');
             List<Object> seen = new List<Object>{ found.SObjectType == Account.SObjectType };
             for (Type other : new List<Type>{ String.class, SObject.class }) {
                 try {
                     seen.add(other.SObjectType);
                 } catch (UnsupportedOperationException e) {
                     seen.add(e.getMessage());
                 }
             }
             return seen;`.returns([
            true,
            'Not implemented in the local org: Type.SObjectType of String, which is no object of the org',
            'Not implemented in the local org: Type.SObjectType of SObject, which is no object of the org'
        ]);
    });
});

describe('rows of a query', () => {
    test('have their populated fields only, and read null for the others', () => {
        apex`Savepoint before = Database.setSavepoint();
             insert new Account(Name = 'A');
             Account row = [SELECT Name, Site, Parent.Name, (SELECT Id FROM Contacts), BillingAddress FROM Account];
             Account less = [SELECT Name FROM Account];
             Database.rollback(before);
             return new List<Object>{
                 row.getPopulatedFieldsAsMap().keySet().size(), row.isSet('Site'), row == less, row.Site, row.get('Site'),
                 row.getSObject('Parent'), row.Contacts.size(), row.getSObjects('Contacts'), row.get('BillingAddress'),
                 JSON.serialize(row).contains('Site')
             };`.returns([2, true, true, null, null, null, 0, null, null, false]);
    });

    test('give their children by the name of the relationship and by the lookup of the children', () => {
        apex`Savepoint before = Database.setSavepoint();
             Account parent = new Account(Name = 'A');
             insert parent;
             insert new Contact(LastName = 'C', AccountId = parent.Id);
             Account row = [SELECT (SELECT LastName FROM Contacts), (SELECT Id FROM Cases) FROM Account];
             Account less = [SELECT Id FROM Account];
             Database.rollback(before);
             List<Object> seen = new List<Object>{
                 row.getSObjects(Contact.AccountId)[0].get('LastName'),
                 row.getSObjects(Contact.AccountId)[0] === row.getSObjects('contacts')[0],
                 row.getSObjects(Case.AccountId)
             };
             try {
                 row.getSObjects(Account.Name);
             } catch (SObjectException e) {
                 seen.add(e.getMessage());
             }
             try {
                 less.getSObjects(Contact.AccountId);
             } catch (SObjectException e) {
                 seen.add(e.getMessage());
             }
             return seen;`.returns([
            'C',
            true,
            null,
            'Invalid relationship Name for Account',
            'SObject row was retrieved via SOQL without querying the requested field: Account.Contacts'
        ]);
    });

    test('may be asked for the lookup that leads to a selected parent, though it is empty', () => {
        apex`Savepoint before = Database.setSavepoint();
             insert new Contact(LastName = 'L');
             Contact row = [SELECT Account.Name FROM Contact];
             Database.rollback(before);
             return row.AccountId;`.returns(null);
    });

    test('have numbers with the decimal places of their fields', () => {
        apex`Savepoint before = Database.setSavepoint();
             insert new Opportunity(Name = 'O', StageName = 'S', CloseDate = Date.today(), Amount = 15);
             Decimal amount = [SELECT Amount FROM Opportunity].Amount;
             Database.rollback(before);
             return amount.toPlainString();`.returns('15.00');
    });

    test('have a type when there are none', () => {
        apex`return String.valueOf(Database.query('SELECT Id FROM Contact').getSObjectType());`.returns('Contact');
        apex`return Database.query('SELECT Id FROM Contact') instanceof List<Account>;`.returns(false);
    });

    test('are found by texts among which some are no ids', () => {
        apex`List<String> ids = new List<String>{ 'no id', UserInfo.getUserId() };
             return [SELECT COUNT() FROM User WHERE Id IN :ids];`.returns(1);
        apex`String id = 'no id'; return [SELECT COUNT() FROM User WHERE Id = :id];`.throws('System.QueryException');
    });
});

describe('equality of records', () => {
    test('looks at the records behind lookups', () => {
        apex`Contact one = new Contact(Account = new Account(Name = 'A'));
             Contact other = new Contact(Account = new Account(Name = 'A'));
             Boolean same = one == other && one.hashCode() == other.hashCode();
             Integer before = other.hashCode();
             other.Account.Name = 'B';
             return same && one != other && other.hashCode() != before && one != new Contact();`.returns(true);
    });
});

describe('ids and lookups', () => {
    test('a prefix that several objects share tells no object', () => {
        apex`return Id.valueOf('00a000000000001').getSObjectType();`.throws('System.SObjectException');
    });

    test('put takes a text that is no id into a lookup, and DML refuses it', () => {
        apex`Contact one = new Contact(LastName = 'L');
             one.put('AccountId', 'no id');
             return one.get('AccountId');`.returns('no id');
        apex`Contact one = new Contact(LastName = 'L');
             one.put('AccountId', 'no id');
             insert one; return null;`.throws('System.DmlException');
    });

    test('options of a record let it cut its texts', () => {
        apex`Savepoint before = Database.setSavepoint();
             Account one = new Account(Name = 'x'.repeat(300));
             Database.DMLOptions options = new Database.DMLOptions();
             options.AllowFieldTruncation = true;
             one.setOptions(options);
             insert one;
             Integer length = [SELECT Name FROM Account].Name.length();
             Database.rollback(before);
             return length;`.returns(255);
    });
});
