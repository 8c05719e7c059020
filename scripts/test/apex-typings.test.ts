import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { readApexClasses } from '../lib/apex-aura-members.ts';
import { APEX_TYPES_PATH, renderApexTypes } from '../lib/apex-types-file.ts';
import { generateApexTypings } from '../lib/apex-typings.ts';

/** The generated text of one class with that body, in one line without surplus space. */
function generate(body: string, ...others: string[]): string {
    const text = generateApexTypings([`public class Api { ${body} }`, ...others]);
    assert.deepEqual(ts.transpileModule(text, { reportDiagnostics: true }).diagnostics, []);
    return text.split(/\s+/).join(' ');
}

function generateResult(type: string, ...others: string[]): string {
    const text = generate(`@AuraEnabled public static ${type} read() { return null; }`, ...others);
    return text.slice(text.indexOf('ApexAction<'), text.indexOf('; export default'));
}

describe('apex-typings', () => {
    it('is what force-app/types/apex.d.ts holds (else run: npm run build:apex-types)', async () => {
        assert.equal(await readFile(APEX_TYPES_PATH, 'utf8'), await renderApexTypes());
    });

    it('declares a cacheable method as a wire adapter, whatever the case of the annotation', () => {
        for (const annotation of ['@AuraEnabled(cacheable=true)', "@auraenabled(Cacheable=TRUE scope='global')"]) {
            assert.match(
                generate(`${annotation} public static String read() { return null; }`),
                /ApexWireAction<object, string>/
            );
        }
    });

    it('declares another method as callable only', () => {
        for (const annotation of ['@AuraEnabled', '@AuraEnabled(cacheable=false)']) {
            assert.match(generate(`${annotation} public static String read() { return null; }`), /: ApexAction</);
        }
    });

    it('leaves out what is not AuraEnabled', () => {
        const text = generate('public static String hidden() { return null; } @TestVisible private String field;');

        assert.doesNotMatch(text, /hidden|field/);
    });

    it('types the parameters by name', () => {
        const text = generate('@AuraEnabled public static void save(final Id recordId, List<String> names) {}');

        assert.match(text, /save: ApexAction<{ recordId: string \| null; names: Array<string> \| null }, void>/);
    });

    const results: [string, string][] = [
        ['Integer', 'number'],
        ['Decimal', 'number'],
        ['boolean', 'boolean'],
        ['Datetime', 'string'],
        ['Object', 'unknown'],
        ['String[]', 'Array<string>'],
        ['List<List<Id>>', 'Array<Array<string>>'],
        ['Map<String, Integer>', 'Record<string, number>']
    ];
    for (const [apex, typeScript] of results) {
        it(`maps ${apex}`, () => {
            assert.ok(generateResult(apex).endsWith(`, ${typeScript}>`), generateResult(apex));
        });
    }

    it('declares the AuraEnabled members of the classes that cross the wire, and of those these use', () => {
        const text = generate(
            '@AuraEnabled public static Outer read() { return null; }',
            `public class Outer {
                @AuraEnabled public Inner inner { get; set; }
                @AuraEnabled public Integer first, second;
                public String hidden;
                public class Inner { @AuraEnabled public Color color; @AuraEnabled public Object any; }
                public enum Color { RED, GREEN }
            }`,
            'public class Unused { @AuraEnabled public String text; }'
        );

        assert.match(
            text,
            /interface Outer { inner\?: Inner \| null; first\?: number \| null; second\?: number \| null; }/
        );
        assert.match(text, /interface Inner { color\?: Color \| null; any\?: unknown; }/);
        assert.match(text, /type Color = 'RED' \| 'GREEN';/);
        assert.doesNotMatch(text, /hidden|Unused/);
    });

    it('prefers the inner class to a class of the same name', () => {
        const text = generate(
            '@AuraEnabled public static Row read() { return null; } public class Row { @AuraEnabled public Id inner; }',
            'public class Row { @AuraEnabled public Id outer; }'
        );

        assert.match(text, /interface Row { inner\?/);
    });

    it('refuses two classes of one name', () => {
        assert.throws(
            () =>
                generate(
                    '@AuraEnabled public static List<Other.Row> a() { return null; }' +
                        '@AuraEnabled public static Row b() { return null; } public class Row {}',
                    'public class Other { public class Row {} }'
                ),
            /Other\.Row and Api\.Row need different names/
        );
    });

    for (const type of ['Set<String>', 'Blob', 'Map<Id, String>', 'Missing']) {
        it(`refuses ${type} and says where it is used`, () => {
            assert.throws(() => generateResult(type), /Api\.read: the Apex type \w+ does not cross the wire/);
        });
    }

    it('says where a source does not parse', () => {
        assert.throws(() => readApexClasses('public class Api {\n    void }'), { line: 2 });
    });
});
