import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { generateMetadataTypes, printMetadataTypes } from '../../src/deploy/document/generate-metadata-types.ts';
import { parseDocument } from '../../src/deploy/document/parse-document.ts';
import { printDocument } from '../../src/deploy/document/print-document.ts';

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

function parse(root: string, content: string) {
    return parseDocument(
        new TextEncoder().encode(`<?xml version="1.0"?>\n<${root} ${NAMESPACE}>${content}</${root}>`),
        root
    );
}

function problem(root: string, content: string) {
    const parsed = parse(root, content);
    assert.ok(!parsed.ok, 'the document was accepted');
    return parsed.problem;
}

describe('metadata documents', () => {
    test('repeated elements are arrays, also when there is one', () => {
        const parsed = parse(
            'PermissionSet',
            '<classAccesses><apexClass>A</apexClass><enabled>1</enabled></classAccesses><label>L &amp; M</label>'
        );
        assert.ok(parsed.ok);
        assert.deepEqual(parsed.document, { classAccesses: [{ apexClass: 'A', enabled: 'true' }], label: 'L & M' });
    });

    test('elements of earlier API versions are what they are called now', () => {
        const parsed = parse('CustomObject', '<customSettingsVisibility>Protected</customSettingsVisibility>');
        assert.ok(parsed.ok);
        assert.deepEqual(parsed.document, { visibility: 'Protected' });
    });

    test('a class may leave out its status and version, and nothing else that is required', () => {
        const parsed = parse('ApexClass', '');
        assert.ok(parsed.ok);
        assert.deepEqual(parsed.document, {});
        assert.match(
            problem('StaticResource', '<contentType>text/plain</contentType>').message,
            /Required field is missing/
        );
    });

    test('an unknown element is refused with its place', () => {
        assert.deepEqual(problem('PermissionSet', '<label>L</label>\n    <foo/>'), {
            message:
                'Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}foo ' +
                'invalid at this location in type PermissionSet',
            line: 3,
            column: 5
        });
    });

    test('unknown elements below are refused with the type they stand in', () => {
        const { message } = problem('PermissionSet', '<label>L</label><classAccesses><klass/></classAccesses>');
        assert.match(message, /klass invalid at this location in type PermissionSetApexClassAccess$/);
    });

    test('elements that repeat are refused when single or apart', () => {
        assert.match(problem('PermissionSet', '<label>A</label><label>B</label>').message, /label is duplicated/);
        const access = (name: string) =>
            `<classAccesses><apexClass>${name}</apexClass><enabled>true</enabled></classAccesses>`;
        assert.match(
            problem('PermissionSet', `${access('A')}<label>L</label>${access('B')}`).message,
            /classAccesses is duplicated/
        );
    });

    test('values are checked against enumerations, booleans and numbers', () => {
        assert.equal(
            problem('ExternalCredential', '<authenticationProtocol>OAuth</authenticationProtocol>').message,
            "'OAuth' is not a valid value for the enum 'AuthenticationProtocol'"
        );
        assert.match(problem('ExternalClientApplication', '<isProtected>no</isProtected>').message, /xsd:boolean/);
        assert.match(problem('CustomField', '<length>many</length>').message, /xsd:double/);
    });

    test('required elements are named', () => {
        assert.equal(
            problem('PermissionSet', '<description>x</description>').message,
            'Required field is missing: label'
        );
    });

    test('XML that is not well-formed has a line', () => {
        const { line } = problem('PermissionSet', '\n<label>L</lable>');
        assert.equal(line, 3);
    });

    test('values of custom metadata records keep their type', () => {
        const content =
            '<label>R</label><protected>false</protected>' +
            '<values><field>N__c</field><value xsi:type="xsd:double">1.0</value></values>' +
            '<values><field>T__c</field><value xsi:nil="true"/></values>';
        const parsed = parse('CustomMetadata', content);
        assert.ok(parsed.ok);
        assert.deepEqual(parsed.document['values'], [
            { field: 'N__c', value: { type: 'xsd:double', text: '1.0' } },
            { field: 'T__c', value: { type: 'xsd:string' } }
        ]);
    });

    test('a printed document reads back the same', () => {
        const parsed = parse(
            'PermissionSet',
            '<label>a &lt; b</label><userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions>'
        );
        assert.ok(parsed.ok);
        const again = parseDocument(printDocument(parsed.document, 'PermissionSet'), 'PermissionSet');
        assert.ok(again.ok);
        assert.deepEqual(again.document, parsed.document);
    });

    test('the checked-in schema is the one of the typings', () => {
        const path = new URL('../../src/deploy/document/metadata-types.json', import.meta.url);
        assert.equal(readFileSync(path, 'utf8'), printMetadataTypes(generateMetadataTypes()));
    });
});
