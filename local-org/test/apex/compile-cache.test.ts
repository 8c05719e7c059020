import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import type { ApexEngine, ApexSource } from '../../src/apex/engine.ts';
import { CompileCache } from '../../src/apex/program/compile-cache.ts';
import { createApexEngine } from '../../src/apex/program/create-apex-engine.ts';
import { CacheFolder } from '../../src/cache/cache-folder.ts';
import { apexClass, apexTrigger, newApexOrg } from './support/apex.ts';

const BASE = 'public virtual class Base { public virtual String name() { return null; } }';
const SHAPE = `public class Shape extends Base {
    public enum Kind { SMALL, LARGE }
    public class Part { public Decimal size = 1.50; }
    public static Map<String, List<Part>> parts = new Map<String, List<Part>>{ 'a' => new List<Part>{ new Part() } };
    public override String name() { return Kind.LARGE.name() + parts.get('a')[0].size; }
}`;
const USER = 'public class UserOfShape { @AuraEnabled public static String run() { return new Shape().name(); } }';
const ALONE = 'public class Alone { public Integer one = 1; }';
const TRIGGER = `trigger OnAccount on Account (before insert) {
    for (Account one : Trigger.new) { one.Description = new Shape().name(); }
}`;
const SOURCES: readonly ApexSource[] = [
    ...[BASE, SHAPE, USER, ALONE].map((body) => apexClass(body)),
    apexTrigger(TRIGGER)
];
const NAMES = SOURCES.map(({ name }) => name);

const folder = mkdtempSync(join(tmpdir(), 'apex-cache-'));
after(() => rmSync(folder, { recursive: true }));
beforeEach(() => readdirSync(folder).forEach((file) => rmSync(join(folder, file))));

/** What a new process with the same cache folder has: an engine that remembers nothing. */
function newEngine(org = newApexOrg()): ApexEngine {
    const engine = createApexEngine(() => org, { cache: new CompileCache(new CacheFolder(folder)) });
    return Object.assign(org, { apex: engine }).apex;
}

function compiled(sources: readonly ApexSource[], engine = newEngine()): readonly string[] | undefined {
    return engine.compile(sources).compiled;
}

function changed(name: string, change: (body: string) => string): ApexSource[] {
    return SOURCES.map((source) => (source.name === name ? { ...source, body: change(source.body) } : source));
}

function withFailures(bodies: readonly string[]): ReturnType<ApexEngine['compile']>['problems'] {
    return newEngine().compile(bodies.map((body) => apexClass(body))).problems;
}

describe('the cache of the compiler', () => {
    it('has nothing compiled again when nothing has changed', () => {
        assert.deepEqual(compiled(SOURCES), NAMES);
        assert.deepEqual(compiled(SOURCES), []);
        const engine = newEngine();
        assert.deepEqual([compiled(SOURCES, engine), compiled(SOURCES, engine)], [[], []]);
    });

    it('gives a program that runs as the compiled one', () => {
        compiled(SOURCES);
        const org = newApexOrg();
        const engine = newEngine(org);
        const { program, problems } = engine.compile(SOURCES);
        assert.deepEqual([problems, program.names], [[], NAMES]);
        engine.install(program);
        const outcome = engine.aura('UserOfShape', 'run', {}, org.admin.userId);
        assert.deepEqual(outcome.ok && outcome.returnValue, 'LARGE1.50');
        const code =
            "Account a = new Account(Name = 'A'); insert a; Object part = new Shape.Part(); " +
            "System.assertEquals('LARGE1.50', [SELECT Description FROM Account].Description); " +
            'System.assert(part instanceof Shape.Part); new Base().name().length();';
        const { exceptionMessage, exceptionStackTrace } = engine.executeAnonymous(code, org.admin.userId);
        assert.equal(exceptionMessage, 'System.NullPointerException: Attempt to de-reference a null object');
        assert.equal(exceptionStackTrace, 'AnonymousBlock: line 1, column 1');
    });

    it('compiles what has changed and what depends on it, directly or not', () => {
        compiled(SOURCES);
        assert.deepEqual(compiled(changed('Alone', (body) => body.replace('= 1', '= 2'))), ['Alone']);
        assert.deepEqual(compiled(changed('UserOfShape', (body) => `${body}\n`)), ['UserOfShape']);
        const base = changed('Base', (body) => body.replace('null', "'x'"));
        assert.deepEqual(compiled(base), ['Base', 'Shape', 'UserOfShape', 'OnAccount']);
        // What was there before is there still.
        assert.deepEqual(compiled(SOURCES), []);
    });

    it('compiles what a new or a missing class means something else to', () => {
        const user = apexClass('public class Caller { String s = Helper.run(); }');
        const helper = apexClass("public class Helper { public static String run() { return ''; } }");
        assert.equal(newEngine().compile([user]).problems.length, 1);
        assert.deepEqual(compiled([user, helper]), ['Caller', 'Helper']);
        assert.deepEqual(newEngine().compile([user, helper]).problems, []);
        const { problems, compiled: again } = newEngine().compile([user]);
        assert.deepEqual([problems.length, again], [1, []]);
    });

    it('tells problems again, of syntax too, and those of files that depend on them', () => {
        const bodies = [
            'public class Broken { Integer x = true; }',
            'public class Torn { void ',
            'public class OnBroken { Broken b; Torn t; }'
        ];
        const first = withFailures(bodies);
        assert.equal(first.length, 3);
        assert.deepEqual(withFailures(bodies), first);
        assert.deepEqual(compiled(bodies.map((body) => apexClass(body))), []);
    });

    it('belongs to the schema and to the version of the class', () => {
        const body = 'public class Reader { Object rows = [SELECT Extra__c FROM Account]; }';
        const org = newApexOrg();
        const engine = newEngine(org);
        assert.equal(engine.compile([apexClass(body)]).problems.length, 1);
        const document = { type: 'Text', length: '40', label: 'Extra' };
        org.metadata.put({ type: 'CustomField', fullName: 'Account.Extra__c', files: new Map(), document });
        assert.deepEqual(engine.compile([apexClass(body)]).problems, []);
        assert.deepEqual(compiled([apexClass(body, 60)], engine), ['Reader']);
    });

    it('ignores entries that are cut off, changed or foreign', () => {
        compiled(SOURCES);
        const damage: readonly ((text: string) => string)[] = [
            (text) => text.slice(0, text.length / 2),
            (text) => text.replace('return', 'throw '),
            () => '',
            () => '{"parses":true,"problems":[],"dependencies":[]}',
            (text) => `\u0000${text}`
        ];
        readdirSync(folder).forEach((file, index) => {
            const path = join(folder, file);
            writeFileSync(path, damage[index % damage.length](readFileSync(path, 'utf8')));
        });
        assert.deepEqual(compiled(SOURCES), NAMES);
        assert.deepEqual(compiled(SOURCES), []);
    });

    it('is not missed where the folder cannot be written', () => {
        const file = join(folder, 'file');
        writeFileSync(file, '');
        const cache = new CacheFolder(join(file, 'below'));
        cache.write('key', 'text');
        assert.equal(cache.read('key'), undefined);
    });
});
