import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { firstError, record, testData } from '../store/support/test-data.ts';
import { SoqlError } from '../../src/soql/errors.ts';
import type { AccessContext } from '../../src/access/types.ts';
import type { TestData } from '../store/support/test-data.ts';

const READ_ACCOUNT = { object: 'Account', allowRead: 'true', allowCreate: 'true', allowEdit: 'true' };
const PHONE = { field: 'Account.Phone', readable: 'true', editable: 'false' };

let data: TestData;
let user: AccessContext;
beforeEach(() => {
    data = testData();
    user = data.user('low@example.com', 'Minimum Access - API Only Integrations');
});

function grant(document: Parameters<TestData['deploy']>[2], name = 'Grant'): string {
    const id = data.deploy('PermissionSet', name, { label: name, ...document });
    data.assign(user.userId, id);
    return id;
}

describe('profiles', () => {
    it('give an administrator everything but what is granted by name', () => {
        const { access, adminId } = data;
        assert.equal(access.objectAllowed(adminId, 'Account', 'modifyAll'), true);
        assert.equal(access.fieldAllowed(adminId, 'Account', 'Phone', 'edit'), true);
        assert.equal(access.classAllowed(adminId, 'Anything'), true);
        assert.equal(access.userPermission(adminId, 'ModifyAllData'), true);
        assert.equal(access.userPermission(adminId, 'ViewClientSecret'), false);
        assert.equal(access.objectAllowed(adminId, 'UserExternalCredential', 'read'), false);
        assert.equal(access.principalAllowed(adminId, 'TargetOrg_EC-Integration'), false);
    });

    it('give a standard user the standard objects and their fields, and no custom field', () => {
        const standard = data.user('std@example.com', 'Standard User').userId;
        data.deploy('CustomField', 'Account.Extra__c', { type: 'Text', length: '10' });
        assert.equal(data.access.objectAllowed(standard, 'Account', 'delete'), true);
        assert.equal(data.access.fieldAllowed(standard, 'Account', 'Phone', 'edit'), true);
        assert.equal(data.access.fieldAllowed(standard, 'Account', 'Tradestyle', 'read'), false);
        assert.equal(data.access.fieldAllowed(data.adminId, 'Account', 'Tradestyle', 'edit'), true);
        assert.equal(data.access.objectAllowed(user.userId, 'Task', 'edit'), true);
        assert.equal(data.access.fieldAllowed(user.userId, 'Task', 'Type', 'read'), false);
        assert.equal(data.access.fieldAllowed(standard, 'Account', 'Extra__c', 'read'), false);
        assert.equal(data.access.objectAllowed(standard, 'Product2', 'edit'), false);
    });

    it('give a minimum access user nothing but setup data', () => {
        assert.equal(data.access.objectAllowed(user.userId, 'Account', 'read'), false);
        assert.equal(data.access.objectAllowed(user.userId, 'User', 'read'), true);
        assert.equal(data.access.userPermission(user.userId, 'ApiEnabled'), true);
    });

    it('take what a deployed profile says', () => {
        data.deploy('Profile', 'Standard', { classAccesses: [{ apexClass: 'Api', enabled: 'true' }] });
        const standard = data.user('std@example.com', 'Standard User').userId;
        assert.equal(data.access.classAllowed(standard, 'api'), true);
    });
});

describe('permission sets', () => {
    it('open objects, fields, classes, principals and permissions once assigned', () => {
        data.deploy('ApexClass', 'AccountApi');
        data.deploy('CustomPermission', 'Special');
        data.deploy('ExternalCredentialParameter', 'EC-P');
        const id = data.deploy('PermissionSet', 'Api', {
            label: 'Api',
            objectPermissions: [READ_ACCOUNT],
            fieldPermissions: [PHONE],
            classAccesses: [{ apexClass: 'AccountApi', enabled: 'true' }],
            customPermissions: [{ name: 'Special', enabled: 'true' }],
            userPermissions: [{ name: 'ViewClientSecret', enabled: 'true' }],
            externalCredentialPrincipalAccesses: [{ externalCredentialPrincipal: 'EC-P', enabled: 'true' }]
        });
        const check = (): boolean[] => [
            data.access.objectAllowed(user.userId, 'Account', 'edit'),
            data.access.fieldAllowed(user.userId, 'Account', 'Phone', 'read'),
            data.access.classAllowed(user.userId, 'accountapi'),
            data.access.customPermission(user.userId, 'Special'),
            data.access.userPermission(user.userId, 'ViewClientSecret'),
            data.access.principalAllowed(user.userId, 'EC-P')
        ];
        assert.deepEqual(new Set(check()), new Set([false]));
        const assignment = data.assign(user.userId, id);
        assert.deepEqual(new Set(check()), new Set([true]));
        assert.equal(data.access.fieldAllowed(user.userId, 'Account', 'Phone', 'edit'), false);
        data.dml('delete', record('PermissionSetAssignment', { Id: assignment }));
        assert.deepEqual(new Set(check()), new Set([false]));
    });

    it('open a principal that is deployed after them, and show it', () => {
        grant({ externalCredentialPrincipalAccesses: [{ externalCredentialPrincipal: 'EC-P', enabled: 'true' }] });
        const soql =
            "SELECT SetupEntityId FROM SetupEntityAccess WHERE SetupEntityType = 'ExternalCredentialParameter'";
        assert.deepEqual(data.query(soql), []);
        assert.equal(data.access.principalAllowed(user.userId, 'EC-P'), false);
        const principal = data.deploy('ExternalCredentialParameter', 'EC-P');
        assert.deepEqual(data.column(soql, 'SetupEntityId'), [principal]);
        assert.equal(data.access.principalAllowed(user.userId, 'EC-P'), true);
    });

    it('are rows that queries find, and change with a redeploy', () => {
        const id = grant({ objectPermissions: [READ_ACCOUNT] });
        const soql = "SELECT Parent.Name, PermissionsRead FROM ObjectPermissions WHERE SobjectType = 'Account'";
        assert.equal(data.query(soql)[0]?.parent('Parent')?.get('Name'), 'Grant');
        data.deploy('PermissionSet', 'Grant', { label: 'Renamed' });
        assert.deepEqual(data.query(soql), []);
        assert.deepEqual(data.column('SELECT Label FROM PermissionSet WHERE IsOwnedByProfile = false', 'Label'), [
            'Renamed'
        ]);
        assert.equal(data.query('SELECT Id FROM PermissionSet')[0]?.id?.value, id);
        assert.equal(data.access.objectAllowed(user.userId, 'Account', 'read'), false);
    });

    it('come through a group too', () => {
        data.deploy('PermissionSet', 'Grant', { label: 'Grant', objectPermissions: [READ_ACCOUNT] });
        const group = data.deploy('PermissionSetGroup', 'Team', { label: 'Team', permissionSets: ['Grant'] });
        const { Id } = data.query('SELECT Id FROM PermissionSetGroup')[0] ? { Id: group } : { Id: '' };
        assert.equal(data.access.objectAllowed(user.userId, 'Account', 'read'), false);
        const ids = { AssigneeId: user.userId, PermissionSetGroupId: Id };
        assert.equal(firstError(data.dml('insert', record('PermissionSetAssignment', ids))), undefined);
        assert.equal(data.access.objectAllowed(user.userId, 'Account', 'read'), true);
    });

    it('are assigned once', () => {
        const id = grant({});
        const ids = { AssigneeId: user.userId, PermissionSetId: id };
        assert.match(firstError(data.dml('insert', record('PermissionSetAssignment', ids))) ?? '', /^DUPLICATE_VALUE/);
    });

    it('made by rows work as deployed ones', () => {
        const set = data.insert('PermissionSet', { Name: 'Made', Label: 'Made' });
        data.insert('ObjectPermissions', { ParentId: set, SobjectType: 'Account', PermissionsRead: true });
        data.assign(user.userId, set.value);
        assert.equal(data.access.objectAllowed(user.userId, 'Account', 'read'), true);
        assert.equal(data.access.fieldAllowed(user.userId, 'Account', 'Phone', 'read'), false);
        assert.equal(data.access.fieldAllowed(user.userId, 'Account', 'Name', 'read'), true);
    });
});

describe('user mode', () => {
    beforeEach(() => {
        data.insert('Account', { Name: 'A', Phone: '1' });
    });

    function refusal(soql: string, access: AccessContext = user): SoqlError {
        try {
            data.query(soql, { access });
        } catch (error) {
            if (error instanceof SoqlError) return error;
        }
        throw new Error('the query ran');
    }

    it('hides objects and fields the user may not read, and says which', () => {
        assert.match(refusal('SELECT Id FROM Account').detail, /^sObject type 'Account' is not supported/);
        grant({ objectPermissions: [READ_ACCOUNT], fieldPermissions: [PHONE] });
        assert.equal(data.query('SELECT Id, Name, Phone, CreatedDate FROM Account', { access: user }).length, 1);
        const error = refusal('SELECT Website, Phone FROM Account WHERE Rating = null');
        assert.match(error.detail, /^No such column 'Website' on entity 'Account'/);
        assert.deepEqual([...error.inaccessibleFields], [['Account', ['Website', 'Rating']]]);
        assert.match(
            refusal('SELECT Parent.Name FROM Account').detail,
            /^No such relation 'Parent' on entity 'Account'/
        );
    });

    it('is asked for by WITH USER_MODE and lifted by WITH SYSTEM_MODE', () => {
        const system = { ...user, mode: 'system', sharing: false } as const;
        assert.equal(data.query('SELECT Website FROM Account', { access: system }).length, 1);
        assert.match(refusal('SELECT Website FROM Account WITH USER_MODE', system).detail, /not supported/);
        assert.equal(data.query('SELECT Website FROM Account WITH SYSTEM_MODE', { access: user }).length, 1);
        assert.match(
            refusal('SELECT Website FROM Account WITH SECURITY_ENFORCED', system).detail,
            /^Insufficient permissions/
        );
    });

    it('refuses writes without object or field permission', () => {
        const insert = (fields: Parameters<typeof record>[1]): string | undefined =>
            firstError(data.dml('insert', record('Account', fields), { access: user }));
        assert.equal(insert({ Name: 'B' }), "INSUFFICIENT_ACCESS_OR_READONLY: Access to entity 'Account' denied []");
        grant({ objectPermissions: [READ_ACCOUNT], fieldPermissions: [PHONE] });
        assert.equal(insert({ Name: 'B' }), undefined);
        assert.match(
            insert({ Name: 'B', Phone: '2' }) ?? '',
            /fields being inaccessible on Sobject Account.* \[Phone\]$/
        );
    });
});

describe('sharing', () => {
    let other: AccessContext;
    beforeEach(() => {
        data.deploy('CustomObject', 'Secret__c', {
            label: 'Secret',
            sharingModel: 'Private',
            nameField: { type: 'Text', label: 'Name' }
        });
        const all = {
            object: 'Secret__c',
            allowRead: 'true',
            allowCreate: 'true',
            allowEdit: 'true',
            allowDelete: 'true'
        };
        const set = grant({ objectPermissions: [all] });
        other = data.user('other@example.com', 'Standard User');
        data.assign(other.userId, set);
        data.dml('insert', record('Secret__c', { Name: 'Mine' }), { access: user });
    });

    const names = (access: AccessContext): string[] => data.column('SELECT Name FROM Secret__c', 'Name', { access });

    it('shows a private record to its owner and to those who view all', () => {
        assert.deepEqual(names(user), ['Mine']);
        assert.deepEqual(names(other), []);
        assert.deepEqual(names({ ...other, mode: 'system', sharing: false }), ['Mine']);
        assert.deepEqual(names({ userId: data.adminId, mode: 'user', sharing: true }), ['Mine']);
    });

    it('does not let others change what they do not see', () => {
        const id = data.query('SELECT Id FROM Secret__c')[0]?.id ?? null;
        const update = data.dml('update', record('Secret__c', { Id: id, Name: 'Taken' }), { access: other });
        assert.match(firstError(update) ?? '', /^INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY/);
    });

    it('opens a record by a share, to a user or a group of theirs', () => {
        const parent = data.query('SELECT Id FROM Secret__c')[0]?.id ?? null;
        const group = data.insert('Group', { Name: 'Team', Type: 'Regular' });
        data.insert('GroupMember', { GroupId: group, UserOrGroupId: other.userId });
        data.insert('Secret__Share', { ParentId: parent, UserOrGroupId: group, AccessLevel: 'Read' });
        assert.deepEqual(names(other), ['Mine']);
        const update = data.dml('update', record('Secret__c', { Id: parent, Name: 'x' }), { access: other });
        assert.match(firstError(update) ?? '', /^INSUFFICIENT_ACCESS_OR_READONLY/);
    });

    it('opens a record to who is above its owner in the role hierarchy', () => {
        const top = data.insert('UserRole', { Name: 'Top' });
        const below = data.insert('UserRole', { Name: 'Below', ParentRoleId: top });
        data.dml('update', record('User', { Id: other.userId, UserRoleId: top }));
        data.dml('update', record('User', { Id: user.userId, UserRoleId: below }));
        assert.deepEqual(names(other), ['Mine']);
    });

    it('follows the master of a detail', () => {
        data.deploy('CustomObject', 'Line__c', { label: 'Line', nameField: { type: 'Text', label: 'Name' } });
        data.deploy('CustomField', 'Line__c.Secret__c', { type: 'MasterDetail', referenceTo: 'Secret__c' });
        data.insert('Line__c', { Name: 'L', Secret__c: data.query('SELECT Id FROM Secret__c')[0]?.id ?? null });
        const lines = (access: AccessContext): string[] =>
            data.column('SELECT Name FROM Line__c', 'Name', { access: { ...access, mode: 'system' } });
        assert.deepEqual([lines(user), lines(other)], [['L'], []]);
    });
});
