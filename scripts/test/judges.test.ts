import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { judgeApexTypes } from '../../.ci/judges/apex-ls.ts';
import { judgeApexSyntax } from '../../.ci/judges/apex-native-parse.ts';
import { hasJava } from '../../.ci/judges/java.ts';
import { judgeWithJorje } from '../../.ci/judges/jorje.ts';
import { hasJavaCompiler } from '../../.ci/judges/jorje/compile.ts';
import { judgeComponents } from '../../.ci/judges/lwc-compile.ts';
import { judgeMetadata } from '../../.ci/judges/metadata-typings.ts';
import { judgeSchemas } from '../../.ci/judges/schemas.ts';
import { judgeConversion } from '../../.ci/judges/sdr-convert.ts';
import type { Judge, Verdict } from '../../.ci/judges/verdict.ts';

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const CLASS_META = `<ApexClass ${NAMESPACE}><apiVersion>67.0</apiVersion><status>Active</status></ApexClass>`;

/** A project with the package directories one/ and two/ and the given files. */
async function makeProject(t: TestContext, files: Record<string, string>): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'judges-'));
    t.after(() => rm(directory, { recursive: true }));
    const project = {
        packageDirectories: [{ path: 'one', default: true }, { path: 'two' }],
        sourceApiVersion: '67.0',
        sfdcLoginUrl: 'https://login.salesforce.com',
        replacements: [{ filename: 'one/main/a.txt', stringToReplace: '%%OTHER%%', replaceWithEnv: 'OTHER' }]
    };
    await mkdir(join(directory, 'one'));
    await mkdir(join(directory, 'two'));
    const contents = { 'sfdx-project.json': JSON.stringify(project), ...files };
    for (const [path, content] of Object.entries(contents)) {
        await mkdir(dirname(join(directory, path)), { recursive: true });
        await writeFile(join(directory, path), content);
    }
    return directory;
}

async function judge(t: TestContext, judgement: Judge, files: Record<string, string>): Promise<string[]> {
    const { findings } = await judgement(await makeProject(t, files));
    return findings.map(({ file, line, message }) => [basename(file), line, message].filter(Boolean).join(' '));
}

function assertSkipped({ skipped }: Verdict): void {
    assert.match(skipped ?? '', /no Java/);
}

describe('judge of Apex syntax', () => {
    test('tells file, line and what is wrong', async (t) => {
        const findings = await judge(t, judgeApexSyntax, {
            'one/main/classes/Good.cls': 'public class Good {\n}\n',
            'two/main/classes/Bad.cls': 'public class Bad {\n    void f() {\n        return 1\n    }\n}\n'
        });

        assert.equal(findings.length, 1);
        assert.match(findings[0] ?? '', /^Bad\.cls [34] .*';'/);
    });
});

describe('judge of Apex types', () => {
    const files = {
        'one/main/classes/One.cls': 'public class One {\n    void f() { Two.g(); }\n}\n',
        'one/main/classes/One.cls-meta.xml': CLASS_META,
        'two/main/classes/Two.cls': 'public class Two {\n    public static void g() {}\n}\n',
        'two/main/classes/Two.cls-meta.xml': CLASS_META
    };

    test('finds a class of the other org missing', async (t) => {
        if (!hasJava()) {
            return assertSkipped(await judgeApexTypes(await makeProject(t, files)));
        }
        const findings = await judge(t, judgeApexTypes, files);

        assert.ok(findings.length > 0);
        assert.match(findings.join('\n'), /^One\.cls 2 .*Two/m);
        assert.doesNotMatch(findings.join('\n'), /^Two\.cls/m);
    });
});

describe('judge with the official compiler', () => {
    const body = [
        'public class One {',
        '    public class OwnException extends Exception {}',
        '    Schema.SObjectField name = Account.Name;',
        '    String label = Schema.SObjectType.Account.fields.Rank__c.getLabel();',
        "    Account first = Database.query('SELECT Id FROM Account');",
        '    void f(Account a) {',
        '        a.Rank__c = 1;',
        "        throw new OwnException('x' + Account.SObjectType);",
        '    }',
        '    void g(Account a) {',
        "        try { f(a); } catch (OwnException e) { e.setMessage(a.Nope__c + 'x'); }",
        '    }',
        '}',
        ''
    ].join('\n');
    const files = {
        'one/main/classes/One.cls': body,
        'one/main/classes/One.cls-meta.xml': CLASS_META,
        'one/main/objects/Account/fields/Rank__c.field-meta.xml': `<CustomField ${NAMESPACE}><fullName>Rank__c</fullName><label>Rank</label><precision>3</precision><scale>0</scale><type>Number</type></CustomField>`
    };

    test('knows the platform and the fields of the project', async (t) => {
        if (!hasJavaCompiler()) {
            return assertSkipped(await judgeWithJorje(await makeProject(t, files)));
        }
        assert.deepEqual(await judge(t, judgeWithJorje, files), ['One.cls 11 Variable does not exist: Nope__c']);
    });
});

describe('judge of metadata', () => {
    const permissionSet = (inner: string) => ({
        'one/main/permissionsets/A.permissionset-meta.xml': `<PermissionSet ${NAMESPACE}>${inner}</PermissionSet>`
    });

    test('accepts what the typings describe', async (t) => {
        const access = '<classAccesses><apexClass>A</apexClass><enabled>true</enabled></classAccesses>';

        assert.deepEqual(await judge(t, judgeMetadata, permissionSet(`${access}${access}<label>A</label>`)), []);
    });

    const mistakes: [string, string, RegExp][] = [
        ['an unknown element', '<label>A</label><principals/>', /PermissionSet\/principals is unknown/],
        ['a missing element', '<description>A</description>', /PermissionSet lacks label/],
        [
            'a missing element further in',
            '<label>A</label><classAccesses><enabled>true</enabled></classAccesses>',
            /classAccesses lacks apexClass/
        ],
        [
            'a value that is not a boolean',
            '<classAccesses><apexClass>A</apexClass><enabled>yes</enabled></classAccesses><label>A</label>',
            /enabled is "yes", not true or false/
        ],
        ['elements apart that belong together', repeatedApart(), /classAccesses is duplicated/],
        ['a single element given twice', '<label>A</label><label>B</label>', /label is duplicated/],
        ['broken XML', '<label>A</lable>', /line 1/]
    ];
    for (const [mistake, inner, message] of mistakes) {
        test(`finds ${mistake}`, async (t) => {
            assert.match((await judge(t, judgeMetadata, permissionSet(inner))).join('\n'), message);
        });
    }

    test('finds a value outside an enumeration', async (t) => {
        const findings = await judge(t, judgeMetadata, {
            'one/main/classes/A.cls-meta.xml': CLASS_META.replace('Active', 'Enabled')
        });

        assert.match(findings.join('\n'), /ApexClass\/status is "Enabled", not .*Active/);
    });

    test('finds an unknown metadata type and a missing namespace', async (t) => {
        const findings = await judge(t, judgeMetadata, {
            'one/main/a/A.a-meta.xml': `<ConectedApp ${NAMESPACE}><label>A</label></ConectedApp>`,
            'one/main/a/B.b-meta.xml': '<PermissionSet><label>A</label></PermissionSet>'
        });

        assert.match(findings.join('\n'), /unknown metadata type ConectedApp[^]*has namespace undefined/);
    });
});

function repeatedApart(): string {
    const access = '<classAccesses><apexClass>A</apexClass><enabled>true</enabled></classAccesses>';
    return `${access}<label>A</label>${access}`;
}

describe('judge of conversion', () => {
    const credential = (url: string) =>
        `<NamedCredential ${NAMESPACE}><endpoint>${url}</endpoint><label>A</label>` +
        '<principalType>Anonymous</principalType><protocol>NoAuthentication</protocol></NamedCredential>';

    test('finds a placeholder that nothing replaces', async (t) => {
        const findings = await judge(t, judgeConversion, {
            'one/main/namedCredentials/A.namedCredential-meta.xml': credential('%%URL%%')
        });

        assert.deepEqual(findings, ['A.namedCredential keeps a placeholder after replacement']);
    });

    test('finds a file that belongs to no component', async (t) => {
        const findings = await judge(t, judgeConversion, {
            'one/main/namedCredentials/A.namedCredential-meta.xml': credential('https://a.example'),
            'one/main/lwc/.forceignore': '',
            'one/main/lwc/panel/panel.js-meta.xml': `<LightningComponentBundle ${NAMESPACE}/>`,
            'one/main/lwc/panel/panel.js': 'export default class {}',
            'one/main/lwc/jsconfig.json': '{}'
        });

        assert.ok(findings.includes('jsconfig.json belongs to no metadata component'), findings.join('\n'));
    });
});

describe('judge of components', () => {
    test('finds what the compiler refuses and what was not emitted', async (t) => {
        const findings = await judge(t, judgeComponents, {
            'one/main/lwc/panel/panel.html': '<template></template>',
            'one/main/lwc/panel/panel.ts': '',
            'one/main/lwc/list/list.html': '<template><span></template>',
            'one/main/lwc/list/list.js': 'export default class {'
        });

        assert.deepEqual(findings.map((finding) => finding.split(' ')[0]).sort(), ['list.html', 'list.js', 'panel.ts']);
    });
});

describe('judge of schemas', () => {
    test('finds an unknown setting and a missing edition', async (t) => {
        const findings = await judge(t, judgeSchemas, {
            'config/a-scratch-def.json': '{"orgName":"A","features":"None"}',
            'config/b-scratch-def.json': '{'
        });

        assert.match(findings.join('\n'), /a-scratch-def\.json .*edition/);
        assert.match(findings.join('\n'), /b-scratch-def\.json SyntaxError/);
    });
});
