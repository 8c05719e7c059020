import { partsOfRule, spelling, type EntryRule } from './grammar.ts';

/** A source with what the compiler answers: the messages of its problems, none when it compiles. */
export interface Sample {
    readonly entry: EntryRule;
    readonly source: string;
    readonly problems: readonly string[];
}

function accepted(entry: EntryRule, ...sources: readonly string[]): Sample[] {
    return sources.map((source) => ({ entry, source, problems: [] }));
}

function refused(entry: EntryRule, source: string, ...problems: readonly string[]): Sample {
    return { entry, source, problems };
}

const DECLARATIONS: readonly Sample[] = [
    ...accepted(
        'compilationUnit',
        'global virtual without sharing class Sample { global virtual void f() {} }',
        'public inherited sharing abstract class Sample { protected abstract void f(); private transient Integer n; }',
        'public with sharing class SampleException extends Exception {}',
        `public class Sample implements Comparable, Callable {
            public Integer compareTo(Object o) { return 0; }
            public Object call(String action, Map<String, Object> args) { return action; }
        }`,
        'public interface Sample extends Iterable<String>, Comparable { void f(); Integer g(final String a, Long b); }',
        'public enum Sample { ONE, TWO }',
        '@IsTest private class Sample { static testMethod void f() {} @IsTest static void g() {} }',
        'public class Sample { ; static { Integer i = 0; } { n = 1; } static final Integer LAST = 1; Integer n, m = 2; }',
        'public class Sample { public Sample() { this(1); } private Sample(Integer n) { } }',
        `public class Sample {
            public Integer a { get; private set; }
            public Integer b { get { return 1; } set { a = value; } }
        }`,
        'public class Sample { class One {} interface Shape { void f(); } enum Kind { A } @TestVisible private Integer n; }',
        `public virtual class Sample {
            virtual void f() {}
            class One extends Sample { One() { super(); } override void f() { super.f(); this.f(); } }
        }`,
        'global class Sample { webservice static String f(String a) { return a; } }',
        "@RestResource(urlMapping='/sample/*') global class Sample { @HttpGet global static String f() { return null; } }",
        "public class Sample { @InvocableMethod(label='A' description='B') public static void f(List<String> a) {} }",
        'public class Sample { @AuraEnabled(cacheable=true) public static Integer f() { return 1; } }',
        "@SuppressWarnings('PMD') public class Sample { @Deprecated @TestVisible private void f() {} }",
        `public class Sample {
            List<String> a; Set<Id> b; Map<Id, List<Account>> c; String[] d; System.HttpRequest e;
            Type f = Map<String, List<Id>>.class; Type g = void.class; Type h = String[].class;
        }`
    ),
    refused('compilationUnit', 'public class Sample { @Unheard void f() {} }', 'Annotation does not exist: Unheard'),
    refused('compilationUnit', 'public interface Sample { public void f(); }', "Expecting '}' but was: 'public'"),
    refused(
        'compilationUnit',
        'public class Sample { @Future(callout=true, a=1) static void f() {} }',
        "Expecting ')' but was: ','"
    )
];

const UNITS: readonly Sample[] = [
    ...accepted(
        'triggerUnit',
        `trigger Sample on Account (before insert, after update, before delete, after undelete) {
            Integer i = 0;
            Integer twice(final Integer a) { return a * 2; }
            public Integer counted { get; set; }
            class One {} interface Shape { void f(); } enum Kind { A }
            for (Account a : Trigger.new) { a.Name = null; i = twice(i); }
        }`
    ),
    ...accepted(
        'anonymousUnit',
        `Integer i = 0;
        Integer twice(final Integer a) { return a * 2; }
        public Integer counted { get; set; }
        class One {} interface Shape { void f(); } enum Kind { A }
        final String s = 'a'; i = twice(i);`
    )
];

/** Bodies of methods that compile. */
const STATEMENTS: readonly string[] = [
    'if (flag) { } else if (1 == 2) return null; else { throw new IllegalArgumentException(); }',
    'while (flag) { break; } while (flag); do { continue; } while (flag); for (;;) { break; } for (; flag; );',
    'for (Integer a = 0, b = 1; a < b; a++, b--) { } for (amount = 0; flag; amount++) { }',
    'for (String a : new List<String>{ text }) { } for (String a : words) a.trim();',
    `try { amount = 1; } catch (System.DmlException e) { amount = 2; } catch (final Exception e) { amount = 3; }
     finally { amount = 4; }`,
    `switch on amount { when 1, -2 { } when + 3 { } when null { } when (4) { } when else { } }
     switch on big { when 1L { } } switch on text { when 'a', '''
b''' { } } switch on record { when Account a { } when null { } }
     switch on kind { when ONE { } when Kind.TWO { } }`,
    `insert record; update as user record; delete as system records; undelete records; upsert record;
     upsert as user contact Email; merge account account; merge as user account records;
     insert as system records; update records; delete record; undelete as user records;`,
    'System.runAs(user) { amount = 1; }',
    'final Integer a = 1, b; amount++; --amount; { }',
    `amount += 1; amount -= 1; amount *= 2; amount /= 2; amount &= 1; amount |= 1; amount ^= 1; amount <<= 1;
     amount >>= 1; amount >>>= 1; flag &= true;`,
    `amount = -amount + +amount * ~amount / 2 - 1; amount = amount << 1 >> 2 >>> 3 & 4 ^ 5 | 6; big = 3L; ratio = 1.5d;
     price = 1.5; flag = !flag && amount < 1 || amount > 1 || amount <= 1 || amount >= 1;`,
    `flag = amount == 1 || amount != 1 || amount <> 1 || record === null || record !== null;
     text = text ?? 'b'; amount = flag ? 1 : 2; text = record?.Id; text = account?.Owner?.Name; text?.trim();`,
    `Object o = (Object) text; o = (String) o; flag = o instanceof String; words[0] = words[amount]; text = (text);
     o = new Account(Name = 'a', Phone = 'b'); o = new List<String>(); o = new String[2]; o = new String[]{ 'a', 'b' };
     o = new Map<String, Integer>{ 'a' => 1, 'b' => 2 }; o = new Set<String>{ 'a', 'b' }; o = new List<String>{};
     o = new System.HttpRequest(); o = new Map<Id, Account>([SELECT Id FROM Account]); o = this; this.amount = 1;
     helper(); helper(1, text); this.helper(); String.valueOf(1).trim(); o = Sample.class; o = null; o = true;`,
    `text = '''
many
lines'''; Datetime moment = Datetime.now(); moment = moment + 1;`
];

const FIELDS = `Integer amount; Long big; Double ratio; Decimal price; Boolean flag; String text; List<String> words;
    SObject record; Account account; Contact contact; List<Account> records; User user; Location place; Kind kind; enum Kind { ONE, TWO }
    void helper() {} void helper(Integer a, String b) {}`;

function inMethod(text: string): string {
    return `public class Sample { ${FIELDS} public Object run() { ${text} return null; } }`;
}

/** Queries that compile, in the order of the grammar's rules. */
const QUERIES: readonly string[] = [
    "SELECT Id, Owner.Name, (SELECT Id, toLabel(StageName), Account.Name FROM Opportunities WHERE Name = 'a' ORDER BY Name LIMIT 1) FROM Account",
    'SELECT Id, (SELECT Id FROM Contacts FOR VIEW) FROM Account a USING SCOPE mine FOR REFERENCE',
    'SELECT a.Id FROM Account a, a.Owner o WHERE a.Name != null AND (o.IsActive = TRUE OR (NOT (a.Phone <> NULL))) FOR UPDATE',
    'SELECT TYPEOF What WHEN Account THEN Phone, Name WHEN Opportunity THEN Amount ELSE Name END FROM Event',
    'SELECT Id, (SELECT TYPEOF What WHEN Account THEN Phone END FROM Events) FROM Contact',
    "SELECT Id FROM Account WHERE Name LIKE 'a%' AND Name IN ('a', 'b') AND Name NOT IN :words AND AnnualRevenue > 1.5",
    "SELECT Id FROM Account WHERE AnnualRevenue < -1 AND NumberOfEmployees >= +2 AND Id IN (SELECT AccountId FROM Contact WHERE Name = 'a')",
    'SELECT Id FROM Opportunity WHERE CloseDate = 2026-01-01 AND CreatedDate <= 2026-01-01T00:00:00Z',
    "SELECT Id FROM Account WHERE DISTANCE(BillingAddress, GEOLOCATION(37.1, -122.1), 'mi') < 20",
    "SELECT Id FROM Account WHERE DISTANCE(BillingAddress, GEOLOCATION(:price, :price), 'km') < 20 " +
        "ORDER BY DISTANCE(BillingAddress, GEOLOCATION(1, 2), 'mi') DESC",
    'SELECT Name FROM Account WITH SECURITY_ENFORCED ORDER BY Name ASC NULLS FIRST, Id DESC NULLS LAST LIMIT 5 OFFSET 2',
    'SELECT Name FROM Account WITH USER_MODE LIMIT :amount OFFSET :amount',
    'SELECT Name FROM Account WITH SYSTEM_MODE ALL ROWS',
    'SELECT Id, (SELECT Id, (SELECT Id FROM Cases) FROM Contacts) FROM Account',
    "SELECT Id FROM Account WHERE DISTANCE(BillingAddress, GEOLOCATION(1, 2), '''\nkm''') < 20",
    'SELECT Id FROM BusinessHours WHERE MondayStartTime = 10:00:00Z AND Id = null',
    'SELECT Id FROM Account WHERE AnnualRevenue = .5',
    'SELECT FIELDS(ALL) FROM Account LIMIT 200',
    'SELECT FIELDS(CUSTOM) FROM Account LIMIT 200',
    'SELECT FIELDS(STANDARD) FROM Account',
    'SELECT COUNT() FROM Account',
    'SELECT COUNT(Id), COUNT_DISTINCT(Name) d, AVG(AnnualRevenue), MIN(Name), MAX(Name), SUM(AnnualRevenue) FROM Account',
    'SELECT Industry, COUNT(Id) n, GROUPING(Industry) g FROM Account GROUP BY ROLLUP(Industry)',
    'SELECT Industry, Type, COUNT(Id) FROM Account GROUP BY CUBE(Industry, Type)',
    "SELECT Industry FROM Account GROUP BY Industry, Type HAVING COUNT(Id) > 1 AND (SUM(AnnualRevenue) > 5 OR (NOT (MIN(Name) = 'a')))",
    'SELECT CALENDAR_YEAR(CreatedDate), CALENDAR_QUARTER(CreatedDate), CALENDAR_MONTH(CreatedDate) FROM Account ' +
        'GROUP BY CALENDAR_YEAR(CreatedDate), CALENDAR_QUARTER(CreatedDate), CALENDAR_MONTH(CreatedDate)',
    'SELECT DAY_IN_MONTH(CreatedDate), DAY_IN_WEEK(CreatedDate), DAY_IN_YEAR(CreatedDate), DAY_ONLY(CreatedDate) FROM Account ' +
        'GROUP BY DAY_IN_MONTH(CreatedDate), DAY_IN_WEEK(CreatedDate), DAY_IN_YEAR(CreatedDate), DAY_ONLY(CreatedDate)',
    'SELECT FISCAL_MONTH(CreatedDate), FISCAL_QUARTER(CreatedDate), FISCAL_YEAR(CreatedDate) FROM Account ' +
        'GROUP BY FISCAL_MONTH(CreatedDate), FISCAL_QUARTER(CreatedDate), FISCAL_YEAR(CreatedDate)',
    'SELECT HOUR_IN_DAY(convertTimezone(CreatedDate)), WEEK_IN_MONTH(CreatedDate), WEEK_IN_YEAR(CreatedDate) FROM Account ' +
        'GROUP BY HOUR_IN_DAY(convertTimezone(CreatedDate)), WEEK_IN_MONTH(CreatedDate), WEEK_IN_YEAR(CreatedDate)',
    'SELECT FORMAT(AnnualRevenue) a, CONVERTCURRENCY(AnnualRevenue) b, FORMAT(CONVERTCURRENCY(AnnualRevenue)) c FROM Account',
    "SELECT Id FROM Account WHERE Industry = '''\na''' AND Name IN ('''\nb''')"
];

const SEARCHES: readonly string[] = [
    "FIND 'a*' IN ALL FIELDS RETURNING Account(Id, Name WHERE Name = 'a' ORDER BY Name LIMIT 1 OFFSET 1), Contact LIMIT 5",
    'FIND :text IN NAME FIELDS RETURNING Account(toLabel(Industry)), Contact(Id, Account.Name), Opportunity(FORMAT(Amount))',
    "FIND 'a*' IN NAME FIELDS RETURNING Opportunity(CONVERTCURRENCY(Amount)), Account(FORMAT(CONVERTCURRENCY(AnnualRevenue)))",
    "FIND 'a*' RETURNING Account WITH METADATA = 'LABELS'",
    "FIND 'a*' RETURNING Account WITH SPELL_CORRECTION = false",
    "FIND 'a*' RETURNING Account WITH METADATA = '''\nLABELS'''",
    "FIND 'a*' IN EMAIL FIELDS RETURNING Contact",
    "FIND 'a*' IN PHONE FIELDS RETURNING Contact",
    "FIND 'a*' IN SIDEBAR FIELDS RETURNING Contact",
    "FIND 'a*' RETURNING Account WITH USER_MODE",
    "FIND 'a*' RETURNING Account WITH SYSTEM_MODE"
];

/** Queries that the platform's parser takes and that mean nothing. */
const WRONG_QUERIES: Readonly<Record<string, string>> = {
    'SELECT Id c, (SELECT Id d FROM Contacts) FROM Account': 'only aggregate expressions use field aliasing',
    "SELECT Id FROM Account WHERE DISTANCE(BillingAddress, :place, 'km') < 20":
        'unexpected argument of function DISTANCE',
    "SELECT Id FROM Account WHERE Industry INCLUDES ('a') OR Type EXCLUDES ('b')": 'invalid operator',
    'SELECT Id FROM Account WHERE CreatedDate = LAST_N_DAYS:+2': "unexpected token: '+2'",
    'SELECT Id FROM Account WHERE CreatedDate = LAST_N_DAYS:-2': "unexpected token: '-2'"
};

/** Clauses that are refused, with what is said of them. */
const REFUSED_QUERIES: Readonly<Record<string, string>> = {
    'SELECT Id FROM Account UPDATE TRACKING': 'UPDATE TRACKING and UPDATE VIEWSTAT',
    'SELECT Id FROM Account UPDATE VIEWSTAT, TRACKING': 'UPDATE TRACKING and UPDATE VIEWSTAT',
    'SELECT Id, (SELECT Id FROM Contacts UPDATE VIEWSTAT) FROM Account': 'UPDATE TRACKING and UPDATE VIEWSTAT',
    'SELECT Id FROM Account WHERE AnnualRevenue > USD5000': 'A literal with a currency',
    'SELECT Id FROM Account WHERE AnnualRevenue > USD5000 . 25': 'A literal with a currency',
    "SELECT Id FROM Account WHERE FORMULA('1') = 1": 'The function FORMULA()',
    'SELECT Id FROM Account WITH DATA CATEGORY A__c AT B__c AND C__c ABOVE (D__c, E__c)': 'WITH DATA',
    'SELECT Id FROM Account WITH DATA CATEGORY A__c BELOW B__c AND C__c ABOVE_OR_BELOW D__c': 'WITH DATA',
    "FIND 'a' RETURNING Account(Id USING LISTVIEW=a)": 'USING ListView',
    "FIND 'a' WITH DIVISION = 'a'": 'WITH DIVISION in SOSL',
    "FIND 'a' WITH DATA CATEGORY A__c AT B__c": 'WITH DATA CATEGORY in SOSL',
    "FIND 'a' WITH SNIPPET": 'WITH SNIPPET in SOSL',
    "FIND 'a' WITH SNIPPET (target_length = 120)": 'WITH SNIPPET in SOSL',
    "FIND 'a' WITH NETWORK = 'a'": 'WITH NETWORK in SOSL',
    "FIND 'a' WITH NETWORK IN ('a', 'b')": 'WITH NETWORK in SOSL',
    "SELECT Id FROM Account WITH Name = 'a'": 'WITH Name',
    "FIND 'a' WITH NETWORK = '''\na'''": 'WITH NETWORK in SOSL',
    "FIND 'a' WITH NETWORK IN ('''\na''')": 'WITH NETWORK in SOSL',
    "FIND 'a' WITH DIVISION = :text": 'WITH DIVISION in SOSL',
    "FIND 'a' WITH PRICEBOOKID = 'a'": 'WITH PRICEBOOKID in SOSL',
    "FIND 'a' WITH HIGHLIGHT": 'WITH HIGHLIGHT in SOSL',
    "FIND 'a' RETURNING Account UPDATE TRACKING": 'UPDATE TRACKING and UPDATE VIEWSTAT'
};

/** One query for each date literal of the grammar. */
function dateLiterals(): string[] {
    const tokens = [...partsOfRule('dateFormula')].filter((part) => /^[A-Z]/.test(part) && part !== 'COLON');
    return tokens.map((token) => {
        const word = (spelling(token) ?? token).toUpperCase();
        return `SELECT Id FROM Account WHERE CreatedDate = ${word}${token.endsWith('_N') ? ':2' : ''}`;
    });
}

export function corpus(): readonly Sample[] {
    return [
        ...DECLARATIONS,
        ...UNITS,
        ...accepted('compilationUnit', ...STATEMENTS.map(inMethod)),
        ...Object.entries(WRONG_QUERIES).map(([query, problem]) =>
            refused('compilationUnit', inMethod(`Object o = [${query}];`), problem)
        ),
        ...Object.entries(REFUSED_QUERIES).map(([query, what]) =>
            refused('compilationUnit', inMethod(`Object o = [${query}];`), `${what} is not supported by the local org`)
        ),
        ...accepted(
            'compilationUnit',
            ...[...QUERIES, ...dateLiterals(), ...SEARCHES].map((query) => inMethod(`Object o = [${query}];`))
        )
    ];
}
