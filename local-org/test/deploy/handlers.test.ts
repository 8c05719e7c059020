import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LocalOrg } from '../../src/org/local-org.ts';
import { elementKinds } from '../../src/deploy/document/metadata-types.ts';
import { METADATA_HANDLERS } from '../../src/deploy/handlers/index.ts';
import { textOf } from '../../src/schema/document.ts';
import { apexClass, deploy, deployOne, summary, xml } from './support/packages.ts';
import { newTestOrg } from './support/test-org.ts';

describe('PermissionSet', () => {
    const path = 'permissionsets/P.permissionset';
    const failure = (content: string): string[] =>
        deployOne(newTestOrg().org, 'PermissionSet', path, `${content}<label>P</label>`);

    test('refers to what exists', () => {
        assert.match(
            failure('<classAccesses><apexClass>X</apexClass><enabled>true</enabled></classAccesses>')[0] ?? '',
            /In field: apexClass - no ApexClass named X found$/
        );
        assert.match(
            failure(
                '<fieldPermissions><editable>true</editable><field>Account.X__c</field><readable>true</readable></fieldPermissions>'
            )[0] ?? '',
            /In field: field - no CustomField named Account.X__c found$/
        );
        assert.match(
            failure(
                '<externalCredentialPrincipalAccesses><enabled>true</enabled><externalCredentialPrincipal>EC-P' +
                    '</externalCredentialPrincipal></externalCredentialPrincipalAccesses>'
            )[0] ?? '',
            /no ExternalCredentialParameter named EC-P found$/
        );
    });

    test('cannot grant what a record cannot be without', () => {
        assert.match(
            failure(
                '<fieldPermissions><editable>true</editable><field>Account.Name</field><readable>true</readable></fieldPermissions>'
            )[0] ?? '',
            /You cannot deploy to a required field: Account.Name$/
        );
    });

    test('grants edit only with read, and user permissions that exist', () => {
        const access = (read: boolean) =>
            `<objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>true</allowEdit>` +
            `<allowRead>${read}</allowRead><modifyAllRecords>false</modifyAllRecords><object>Account</object>` +
            `<viewAllRecords>false</viewAllRecords></objectPermissions>`;
        assert.deepEqual(failure(access(true)), ['created PermissionSet P']);
        assert.match(
            failure(access(false))[0] ?? '',
            /Permission Edit Account depends on permission\(s\): Read Account$/
        );
        const permission = (name: string) =>
            failure(`<userPermissions><enabled>true</enabled><name>${name}</name></userPermissions>`);
        assert.deepEqual(permission('ApiEnabled'), ['created PermissionSet P']);
        assert.match(permission('FlyToTheMoon')[0] ?? '', /Unknown user permission: FlyToTheMoon$/);
    });
});

describe('objects and fields', () => {
    const object = (fields: string): string => xml('CustomObject', fields);
    const field = (content: string): string => `<fields><fullName>X__c</fullName><label>X</label>${content}</fields>`;
    const deployField = (org: LocalOrg, content: string): string[] =>
        summary(deploy(org, { CustomField: ['Account.X__c'] }, { 'objects/Account.object': object(field(content)) }));

    test('a field of a standard object stands alone and is in the schema', () => {
        const { org } = newTestOrg();
        assert.deepEqual(deployField(org, '<length>10</length><type>Text</type>'), [
            'created CustomField Account.X__c'
        ]);
        assert.equal(org.schema.object('Account')?.fields.get('x__c')?.length, 10);
    });

    test('a field has what its type needs', () => {
        const { org } = newTestOrg();
        assert.match(
            deployField(org, '<type>Text</type>')[0] ?? '',
            /Must specify 'length' for a CustomField of type Text$/
        );
        assert.match(
            deployField(
                org,
                '<defaultValue>false</defaultValue><externalId>true</externalId><type>Checkbox</type>'
            )[0] ?? '',
            /Can not specify 'externalId' for a CustomField of type Checkbox$/
        );
        assert.match(
            deployField(org, '<referenceTo>Nope__c</referenceTo><type>Lookup</type>')[0] ?? '',
            /no CustomObject named Nope__c found$/
        );
    });

    test('a field keeps its kind', () => {
        const { org } = newTestOrg();
        deployField(org, '<length>10</length><type>Text</type>');
        assert.match(
            deployField(org, '<referenceTo>Account</referenceTo><type>Lookup</type>')[0] ?? '',
            /Cannot update a field to a Lookup from something else$/
        );
    });

    test('a custom object comes with its fields and goes with them', () => {
        const { org } = newTestOrg();
        const content =
            '<deploymentStatus>Deployed</deploymentStatus><label>Thing</label><nameField><label>Name</label>' +
            '<type>Text</type></nameField><pluralLabel>Things</pluralLabel><sharingModel>ReadWrite</sharingModel>';
        const files = { 'objects/Thing__c.object': object(field('<length>10</length><type>Text</type>') + content) };
        // Fields stand before the elements that come later in the alphabet, wherever the file puts them.
        assert.deepEqual(summary(deploy(org, { CustomObject: ['Thing__c'] }, files)), [
            'created CustomObject Thing__c',
            'created CustomField Thing__c.X__c'
        ]);
        deploy(
            org,
            {},
            {
                'destructiveChanges.xml': xml(
                    'Package',
                    '<types><members>Thing__c</members><name>CustomObject</name></types>'
                )
            }
        );
        assert.equal(org.metadata.get('CustomField', 'Thing__c.X__c'), undefined);
    });

    test('a global value set gives its values to the fields that name it', () => {
        const { org } = newTestOrg();
        const colors = '<customValue><fullName>Red</fullName><default>false</default><label>Rot</label></customValue>';
        const field =
            '<fields><fullName>Color__c</fullName><label>Color</label><type>Picklist</type>' +
            '<valueSet><valueSetName>Colors</valueSetName></valueSet></fields>';
        const outcome = deploy(
            org,
            { GlobalValueSet: ['Colors'], CustomField: ['Account.Color__c'] },
            {
                'globalValueSets/Colors.globalValueSet': xml(
                    'GlobalValueSet',
                    `${colors}<masterLabel>Colors</masterLabel><sorted>false</sorted>`
                ),
                'objects/Account.object': xml('CustomObject', field)
            }
        );
        assert.deepEqual(summary(outcome), ['created GlobalValueSet Colors', 'created CustomField Account.Color__c']);
        const [red] = org.schema.object('Account')?.fields.get('color__c')?.picklistValues ?? [];
        assert.deepEqual([red?.value, red?.label], ['Red', 'Rot']);
    });
});

describe('labels, pages and bundles', () => {
    test('each label is a component', () => {
        const { org } = newTestOrg();
        const label =
            '<labels><fullName>L</fullName><language>en_US</language><protected>false</protected><shortDescription>L</shortDescription><value>Hello</value></labels>';
        const result = deploy(
            org,
            { CustomLabel: ['L'] },
            { 'labels/CustomLabels.labels': xml('CustomLabels', label) }
        );
        assert.deepEqual(summary(result), ['created CustomLabel L']);
        assert.equal(textOf(org.metadata.get('CustomLabel', 'L')?.document, 'value'), 'Hello');
    });

    const page =
        '<flexiPageRegions><itemInstances><componentInstance><componentName>panel</componentName>' +
        '<identifier>panel</identifier></componentInstance></itemInstances><name>main</name><type>Region</type>' +
        '</flexiPageRegions><masterLabel>P</masterLabel><sobjectType>Account</sobjectType>' +
        '<template><name>flexipage:recordHomeTemplateDesktop</name></template><type>RecordPage</type>';
    const bundle = (configuration: string): Record<string, string> => ({
        'lwc/panel/panel.js':
            "import { LightningElement } from 'lwc';\nexport default class Panel extends LightningElement {}\n",
        'lwc/panel/panel.html': '<template></template>',
        'lwc/panel/panel.js-meta.xml': xml('LightningComponentBundle', `<apiVersion>67.0</apiVersion>${configuration}`)
    });
    const recordPage = '<targets><target>lightning__RecordPage</target></targets>';

    test('a page needs its components, exposed for the kind of page', () => {
        const { org } = newTestOrg();
        const path = 'flexipages/P.flexipage';
        const members = { LightningComponentBundle: ['panel'] };
        assert.match(
            deployOne(org, 'FlexiPage', path, page)[0] ?? '',
            /no LightningComponentBundle named panel found$/
        );
        deploy(org, members, bundle('<isExposed>false</isExposed>'));
        assert.match(deployOne(org, 'FlexiPage', path, page)[0] ?? '', /isn't available on pages of type RecordPage$/);
        deploy(org, members, bundle(`<isExposed>true</isExposed>${recordPage}`));
        assert.deepEqual(deployOne(org, 'FlexiPage', path, page), ['created FlexiPage P']);
    });

    test('the configuration of a bundle is checked', () => {
        const { org } = newTestOrg();
        const configure = (config: string): string[] =>
            summary(
                deploy(
                    org,
                    { LightningComponentBundle: ['panel'] },
                    bundle(`<isExposed>true</isExposed><targetConfigs>${config}</targetConfigs>${recordPage}`)
                )
            );
        assert.match(configure('<targetConfig targets="lightning__AppPage"/>')[0] ?? '', /lightning__AppPage/);
        assert.match(
            configure(
                '<targetConfig targets="lightning__RecordPage"><property name="a" type="Date"/></targetConfig>'
            )[0] ?? '',
            /^failed LightningComponentBundle panel .*type Date/
        );
        assert.match(
            configure(
                '<targetConfig targets="lightning__RecordPage"><objects><object>Nope__c</object></objects></targetConfig>'
            )[0] ?? '',
            /Invalid reference Nope__c of type sobjectClass in file panel.js-meta.xml$/
        );
    });
});

describe('Lightning bundles', () => {
    const bundle = (script: string): Record<string, string> => ({
        'lwc/panel/panel.js': script,
        'lwc/panel/panel.html': '<template></template>',
        'lwc/panel/panel.js-meta.xml': xml('LightningComponentBundle', '<apiVersion>67.0</apiVersion>')
    });
    const component = 'export default class Panel extends LightningElement {}\n';
    const failure = (script: string): string =>
        summary(deploy(newTestOrg().org, { LightningComponentBundle: ['panel'] }, bundle(script)))[0] ?? '';

    test('a fault of the code has its place', () => {
        assert.match(
            failure(
                "import { LightningElement } from 'lwc';\nexport default class Panel extends LightningElement { x = }\n"
            ),
            /^failed LightningComponentBundle panel \(2:\d+\): \[Line: 2, Col: \d+\] LWC/
        );
    });

    test('an Apex class that is imported has to be there', () => {
        assert.match(
            failure(
                `import { LightningElement } from 'lwc';\nimport list from '@salesforce/apex/Nope.list';\n${component}`
            ),
            /Unable to find Apex action class referenced as 'Nope'\.$/
        );
    });
});

describe('Apex metadata', () => {
    test('a class needs its -meta.xml and a version that the org has', () => {
        const { org } = newTestOrg();
        const { 'classes/A.cls': body = '' } = apexClass('A');
        assert.match(
            summary(deploy(org, { ApexClass: ['A'] }, { 'classes/A.cls': body }))[0] ?? '',
            /No -meta.xml file/
        );
        const future = xml('ApexClass', '<apiVersion>99.0</apiVersion><status>Active</status>');
        const files = { 'classes/A.cls': body, 'classes/A.cls-meta.xml': future };
        assert.match(summary(deploy(org, { ApexClass: ['A'] }, files))[0] ?? '', /Invalid API version 99/);
    });
});

describe('PermissionSetGroup', () => {
    const path = 'permissionsetgroups/Team.permissionsetgroup';
    const group = (content: string): string =>
        `<hasActivationRequired>false</hasActivationRequired><label>Team</label>${content}<status>Updated</status>`;

    test('names permission sets that exist', () => {
        const { org } = newTestOrg();
        assert.deepEqual(deployOne(org, 'PermissionSetGroup', path, group('<permissionSets>None</permissionSets>')), [
            'failed PermissionSetGroup Team: In field: permissionSets - no PermissionSet named None found'
        ]);
        assert.deepEqual(deployOne(org, 'PermissionSetGroup', path, group('')), ['created PermissionSetGroup Team']);
    });

    test('cannot take permissions away', () => {
        const { org } = newTestOrg();
        const muting = group('<mutingPermissionSets>Less</mutingPermissionSets>');
        assert.deepEqual(deployOne(org, 'PermissionSetGroup', path, muting), [
            'failed PermissionSetGroup Team: The local org does not support muting permission sets: Less'
        ]);
    });
});

describe('every metadata type that is taken', () => {
    test('has its elements in the table that documents are checked against', () => {
        const unchecked = [...METADATA_HANDLERS.keys()].filter((type) => elementKinds(type) === undefined);
        // Its components are of one type each: ApexSettings, SecuritySettings...
        assert.deepEqual(unchecked, ['Settings']);
    });
});
