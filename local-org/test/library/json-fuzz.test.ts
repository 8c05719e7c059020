import assert from 'node:assert/strict';
import fc from '../support/fast-check.ts';
import { describe, it } from 'node:test';
import { apexClass, newApexOrg } from '../apex/support/apex.ts';
import { fuzz, mutated } from '../apex/support/fuzz.ts';

const org = newApexOrg();
const { problems, program } = org.apex.compile([
    apexClass(`public class Fuzzed {
        public class Item {
            public Integer i; public Long l; public Decimal d; public Double f; public Boolean b; public String s; public Id k;
            public Date day; public Datetime at; public Time t; public Blob data; public Object thing; public Item next;
            public List<Item> items; public Map<String, Item> byName; public Set<String> names; public Account record;
            public transient String hidden; public String shown { get; private set; } public LoggingLevel level;
        }
        static final List<Type> TYPES = new List<Type>{
            Item.class, List<Item>.class, Map<String, Object>.class, Account.class, List<Account>.class, Set<Integer>.class,
            Integer.class, Datetime.class, String.class, Object.class
        };
        @AuraEnabled public static String untyped(String text) {
            return JSON.serialize(JSON.deserializeUntyped(text));
        }
        @AuraEnabled public static String typed(String text, Integer type) {
            return JSON.serialize(JSON.deserialize(text, TYPES[type]));
        }
        @AuraEnabled public static String strict(String text, Integer type) {
            return JSON.serialize(JSON.deserializeStrict(text, TYPES[type]));
        }
    }`)
]);
assert.deepEqual(problems, []);
org.apex.install(program);

const DOCUMENTS = [
    '{"i":1,"l":9007199254740993,"d":1.50,"f":1e3,"b":true,"s":"x\\u00e9\\n","k":"001000000000001AAA","next":{"i":-2}}',
    '[{"day":"2026-02-28","at":"2026-01-01T10:00:00.000Z","t":"10:00:00.000Z","data":"YWJj","thing":[1,{"a":null}]}]',
    '{"items":[{"i":1},{"items":[]}],"byName":{"a":{"s":"b"}},"names":["x","y"],"hidden":"h","shown":"s","level":"INFO"}',
    '{"record":{"attributes":{"type":"Account","url":"/x"},"Name":"A","Parent":{"Name":"P"},"AnnualRevenue":1.5}}',
    '{"attributes":{"type":"Account"},"Id":"001000000000001AAA","Contacts":{"totalSize":1,"done":true,"records":[{"LastName":"L"}]}}',
    '[{"Name":"A","NumberOfEmployees":3},{"Name":"B","nope":1}]',
    '"2026-01-01T10:00:00.000+0100"',
    '[1,2,3]'
];

const REPLACEMENTS =
    '{ } [ ] , : " null true false 0 -1 1.5 1e999 99999999999999999999 "" "x" {} [] "attributes" "i" tru \\ \\u12 // /*'.split(
        ' '
    );

/** JSON answers, or is an exception that says why not; a fault of the engine is thrown. */
function check(method: string, args: Readonly<Record<string, unknown>>): boolean {
    const outcome = org.apex.aura('Fuzzed', method, args, org.admin.userId);
    if (outcome.ok) return true;
    assert.match(
        outcome.exceptionType,
        /^System\.(?:JSON|Type|String|SObject|NullPointer|Math|NoSuchElement|List|Limit|Unexpected|InvalidParameterValue)Exception$/
    );
    return false;
}

const type = fc.nat({ max: 9 });

describe('random JSON', () => {
    it('every document is read without types', () => {
        fuzz(0.1, fc.json(), (text) => assert.ok(check('untyped', { text })));
    });

    it('mutated documents are read, or refused with a reason', () => {
        fuzz(0.1, mutated(DOCUMENTS, REPLACEMENTS), (text) => check('untyped', { text }));
    });

    it('documents are read into types, or refused with a reason', () => {
        fuzz(0.15, fc.tuple(mutated(DOCUMENTS, REPLACEMENTS), type), ([text, at]) =>
            check('typed', { text, type: at })
        );
        fuzz(0.05, fc.tuple(fc.json(), type), ([text, at]) => check('strict', { text, type: at }));
    });

    it('nesting without end is refused', () => {
        for (const open of ['[', '{"a":', '{"next":', '[{"items":']) {
            assert.equal(check('untyped', { text: open.repeat(100_000) }), false);
            assert.equal(check('typed', { text: open.repeat(100_000), type: 0 }), false);
        }
    });
});
