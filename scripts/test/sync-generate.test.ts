import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { eventually } from '../../local-org/test/support/eventually.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import { deployOrThrow } from '../lib/deployment.ts';
import { BridgeError } from '../lib/errors.ts';
import { linkPlan } from '../lib/link-plan.ts';
import { hostLocalPair, type HostedPair } from '../lib/local-pair.ts';
import type { BridgeOrg, OrgRole } from '../lib/org-connection.ts';
import { assignPermissionSet } from '../lib/permission-sets.ts';
import { projectPath } from '../lib/project.ts';
import { Steps } from '../lib/steps.ts';
import { planMappings, renderAll, type GenerateRequest } from '../sync/generate/generate.ts';
import type { PlannedObject } from '../sync/generate/plan-types.ts';
import { writeFiles, writeMappings } from '../sync/generate/write-files.ts';
import { checkMappings } from '../sync/orders.ts';
import { deployGenerated } from '../sync/set-up.ts';
import {
    accessSource,
    checkbox,
    formula,
    lookup,
    master,
    number,
    objectSource,
    picklist,
    text,
    type ObjectSource
} from './support/custom-objects.ts';
import { create, twinOf } from './support/sync-records.ts';
import { BridgeSandbox } from './bridge-process.ts';
import { putInStep } from './synced-pair.ts';

type Row = Record<string, unknown>;

const COMMON = {
    Customer__c: lookup('Account', 'Invoices'),
    Follows__c: lookup('Invoice__c', 'Followers'),
    Clerk__c: lookup('User', 'Invoices_Of_Clerk'),
    Total__c: number(18, 2, 'Currency'),
    Paid__c: checkbox,
    Shown__c: formula('Name')
};

/** The two orgs agree on most, not on all. */
function objectsOf(role: OrgRole): ObjectSource[] {
    const isSource = role === 'source';
    return [
        {
            name: 'Invoice__c',
            recordTypes: ['Domestic', 'Foreign'],
            fields: {
                ...COMMON,
                Status__c: isSource ? picklist('Open', 'Done|All done') : picklist('OPEN|Open', 'closed|All done'),
                Level__c: isSource ? picklist('Low', 'High', 'Odd') : picklist('Low', 'High'),
                Reference__c: text(isSource ? 80 : 40),
                Weight__c: number(6, isSource ? 2 : 0),
                ...(isSource && { Only_Here__c: text(10) })
            }
        },
        {
            name: 'Invoice_Line__c',
            sharingModel: 'ControlledByParent',
            fields: { Invoice__c: master('Invoice__c', 'Lines'), Quantity__c: number(6, 0), Item__c: text(40) }
        },
        {
            name: isSource ? 'Depot__c' : 'Warehouse__c',
            fields: { [isSource ? 'City__c' : 'Place__c']: text(40) }
        }
    ];
}

describe('bridge sync generate', () => {
    const sandbox = new BridgeSandbox();
    const folder = mkdtempSync(join(tmpdir(), 'bridge-generate-'));
    let hosted: HostedPair | undefined;
    let orgs: LinkedOrgs;
    let planned: PlannedObject[];

    const request = (...names: readonly string[]): GenerateRequest => ({
        objects: names.map((name) => ({ source: name, target: name, renamed: [] })),
        folder,
        direction: 'Both',
        conflictPolicy: 'Newest',
        deletePolicy: 'Mirror',
        people: false
    });

    before(async () => {
        process.env['TMPDIR'] = sandbox.folder;
        hosted = await hostLocalPair({ page: false });
        orgs = await putInStep(hosted.sessions);
        for (const org of [orgs.source, orgs.target]) {
            const objects = objectsOf(org.role);
            const sources = [...objects.map(objectSource), accessSource('Invoicing', objects)];
            await deployOrThrow(org, { files: new Map(sources.flatMap((source) => [...source])) });
            await assignPermissionSet(org, 'Invoicing', org.userId);
        }
    });

    after(async () => {
        await hosted?.stop();
        rmSync(folder, { recursive: true, force: true });
        await sandbox.dispose();
    });

    test('plans parents first, by name, and says of each field that is left out why', async () => {
        planned = await planMappings(orgs, request('Invoice_Line__c', 'Invoice__c'));
        assert.deepEqual(
            planned.map(({ name, order }) => [name, order]),
            [
                ['Invoice', 90],
                ['Invoice_Line', 100]
            ]
        );
        const [invoice, line] = planned;
        assert.deepEqual(
            invoice.fields.map(({ source, transform, value }) => [source, transform, value]),
            [
                ['RecordTypeId', 'RecordType', undefined],
                ['Name', 'None', undefined],
                ['Customer__c', 'Reference', undefined],
                ['Follows__c', 'Reference', undefined],
                ['Total__c', 'Currency', undefined],
                ['Paid__c', 'None', undefined],
                ['Status__c', 'Picklist', 'Open=OPEN;Done=closed']
            ].sort(byField(invoice))
        );
        const reasons = Object.fromEntries(invoice.leftOut.map(({ field, reason }) => [field, reason]));
        assert.match(reasons['Level__c'], /"Odd" has no counterpart/);
        assert.match(reasons['Reference__c'], /the target org holds 40 characters, the other 80/);
        assert.match(reasons['Weight__c'], /holds 6 digits and 0 decimals|the target org holds/);
        assert.match(reasons['Only_Here__c'], /the target org has no field/);
        assert.match(reasons['Shown__c'], /formula/);
        assert.match(reasons['Clerk__c'], /--people/);
        assert.match(reasons['OwnerId'], /--people/);
        assert.deepEqual(
            line.fields.map(({ source, transform }) => [source, transform]),
            [
                ['Name', 'None'],
                ['Invoice__c', 'Reference'],
                ['Quantity__c', 'None'],
                ['Item__c', 'None']
            ].sort(byField(line))
        );
    });

    test('writes what deploys, passes the check, and keeps records of both objects in step', async () => {
        const { written } = writeFiles(folder, await renderAll(planned), false);
        assert.ok(written.includes('triggers/SyncInvoiceLine.trigger'));
        await deployGenerated(orgs, new Steps({ quiet: true }), linkPlan(), folder);
        assert.deepEqual(await checkMappings(orgs), []);

        const { source, target } = orgs;
        const account = await create(source, 'Account', { Name: 'Acme' });
        const foreign = await idOf(source, "SELECT Id FROM RecordType WHERE DeveloperName = 'Foreign'");
        const invoice = await create(source, 'Invoice__c', {
            Name: 'I-1',
            Customer__c: account,
            Status__c: 'Done',
            Total__c: 12.5,
            RecordTypeId: foreign
        });
        const line = await create(source, 'Invoice_Line__c', { Name: 'L-1', Invoice__c: invoice, Quantity__c: 3 });
        const twin = await twinOf(source, invoice);
        const there = await row(
            target,
            `SELECT Customer__c, Status__c, Total__c, RecordType.DeveloperName FROM Invoice__c WHERE Id = '${twin}'`
        );
        assert.equal(there['Customer__c'], await twinOf(source, account));
        assert.equal((there['RecordType'] as Row)['DeveloperName'], 'Foreign');
        assert.deepEqual([there['Status__c'], there['Total__c']], ['closed', 12.5]);
        const lineTwin = await twinOf(source, line);
        const lineThere = await row(
            target,
            `SELECT Invoice__c, Quantity__c FROM Invoice_Line__c WHERE Id = '${lineTwin}'`
        );
        assert.deepEqual([lineThere['Invoice__c'], lineThere['Quantity__c']], [twin, 3]);

        await target.connection.sobject('Invoice__c').update({ Id: twin, Status__c: 'OPEN' });
        await eventually(
            () => row(source, `SELECT Status__c FROM Invoice__c WHERE Id = '${invoice}'`),
            (found) => found['Status__c'] === 'Open'
        );
        const second = await create(target, 'Invoice_Line__c', { Name: 'L-2', Invoice__c: twin, Quantity__c: 1 });
        const secondHere = await row(
            source,
            `SELECT Invoice__c FROM Invoice_Line__c WHERE Id = '${await twinOf(target, second)}'`
        );
        assert.equal(secondHere['Invoice__c'], invoice);
        await source.connection.sobject('Invoice_Line__c').delete(line);
        await eventually(
            async () =>
                (await target.connection.query(`SELECT Id FROM Invoice_Line__c WHERE Id = '${lineTwin}'`)).totalSize,
            (count) => count === 0
        );
    });

    test('writes the same again, and nothing over what a person changed', async () => {
        const again = await planMappings(orgs, request('Invoice__c', 'Invoice_Line__c'));
        const files = await renderAll(again);
        assert.deepEqual(writeFiles(folder, files, false).written, []);
        const trigger = join(folder, 'triggers', 'SyncInvoice.trigger');
        appendFileSync(trigger, '// kept by hand\n');
        assert.throws(() => writeFiles(folder, files, false), codeIs('FILES_DIFFER', /SyncInvoice\.trigger/));
        assert.match(readFileSync(trigger, 'utf8'), /kept by hand/);
        assert.deepEqual(writeFiles(folder, files, true).written, ['triggers/SyncInvoice.trigger']);
    });

    test('refuses what cannot be mapped and says what to do', async () => {
        const refused = (name: string, code: string, message: RegExp): Promise<void> =>
            assert.rejects(planMappings(orgs, request(name)), codeIs(code, message));
        await refused('Nowhere__c', 'UNKNOWN_OBJECT', /The source org has no object Nowhere__c/);
        await refused('Depot__c', 'UNKNOWN_OBJECT', /The target org has no object Depot__c/);
        await refused('Account', 'CANNOT_MAP', /ALREADY_MAPPED Account is mapped already: Account in force-app/);
        await assert.rejects(
            planMappings(orgs, { ...request('Account'), folder: projectPath('force-app', 'sync', 'mai') }),
            codeIs('CANNOT_MAP', /ALREADY_MAPPED Account is mapped already: Account in force-app.sync.main/)
        );
        await refused('Sync_Link__c', 'CANNOT_MAP', /OWN_OBJECT/);
        await refused('User', 'CANNOT_MAP', /PEOPLE/);
        await refused('Sync_Peer__mdt', 'CANNOT_MAP', /NO_TRIGGER/);
        await refused(
            'CampaignMember',
            'CANNOT_MAP',
            /REQUIRED_FIELD CampaignMember needs CampaignId .* map that object/
        );
        await assert.rejects(
            planMappings(orgs, request('Invoice__c', 'invoice__c')),
            codeIs('OBJECT_TWICE', /invoice__c/)
        );
    });

    test('maps objects and fields of other names, each org with files of its own', async () => {
        const own = mkdtempSync(join(tmpdir(), 'bridge-generate-'));
        try {
            const depots = await planMappings(orgs, {
                ...request(),
                folder: own,
                objects: [
                    {
                        source: 'Depot__c',
                        target: 'Warehouse__c',
                        renamed: [{ source: 'City__c', target: 'Place__c' }]
                    }
                ]
            });
            const { written } = writeFiles(own, await renderAll(depots), false);
            assert.ok(written.includes('source/triggers/SyncDepot.trigger'));
            assert.ok(written.includes('target/triggers/SyncWarehouse.trigger'));
            await deployGenerated(orgs, new Steps({ quiet: true }), linkPlan(), own);
            assert.deepEqual(await checkMappings(orgs), []);
            const depot = await create(orgs.source, 'Depot__c', { Name: 'D', City__c: 'Bonn' });
            const twin = await twinOf(orgs.source, depot);
            const there = await row(orgs.target, `SELECT Place__c FROM Warehouse__c WHERE Id = '${twin}'`);
            assert.equal(there['Place__c'], 'Bonn');
        } finally {
            rmSync(own, { recursive: true, force: true });
        }
    });

    test('leaves no file of an earlier generation to be deployed on', async () => {
        const own = mkdtempSync(join(tmpdir(), 'bridge-generate-'));
        try {
            const [invoice, line] = planned;
            await writeMappings(own, [invoice, line], false);
            // A field less, and other names in the orgs, so that each has a trigger of its own.
            const fields = line.fields
                .filter(({ source }) => source !== 'Item__c')
                .map((field) => (field.source === 'Quantity__c' ? { ...field, target: 'Amount__c' } : field));
            const again = [{ ...line, fields }];
            const left = [
                'customMetadata/Sync_Field.Invoice_Line_Item.md-meta.xml',
                'permissionsets/Sync_Receiver_Invoice_Line.permissionset-meta.xml',
                'permissionsets/Sync_Sender_Invoice_Line.permissionset-meta.xml',
                'triggers/SyncInvoiceLine.trigger',
                'triggers/SyncInvoiceLine.trigger-meta.xml'
            ];
            await assert.rejects(
                writeMappings(own, again, false),
                codeIs('FILES_DIFFER', /Sync_Field\.Invoice_Line_Item\.md-meta\.xml \(of an earlier generation\)/)
            );
            assert.ok(
                left.every((path) => existsSync(join(own, path))),
                'a file was removed without --force'
            );
            assert.deepEqual((await writeMappings(own, again, true)).removed, left);
            assert.ok(left.every((path) => !existsSync(join(own, path))));
            assert.ok(existsSync(join(own, 'source/triggers/SyncInvoiceLine.trigger')));
            assert.ok(existsSync(join(own, 'triggers/SyncInvoice.trigger')), 'another mapping lost its trigger');
            assert.deepEqual((await writeMappings(own, again, false)).written, []);
        } finally {
            rmSync(own, { recursive: true, force: true });
        }
    });

    test('is a command: says what it wrote and what it left out, and refuses flags that name nothing', async () => {
        const out = join(folder, 'by-command');
        const run = await sandbox.run(
            'sync',
            'generate',
            '--object',
            'Asset',
            '--output-dir',
            out,
            '--deploy',
            '--json'
        );
        assert.equal(run.code, 0, run.stdout + run.stderr);
        const result = run.json<{ status: string; mappings: { name: string }[]; leftOut: { field: string }[] }>();
        assert.equal(result.status, 'deployed');
        assert.deepEqual(
            result.mappings.map(({ name }) => name),
            ['Asset']
        );
        assert.ok(result.leftOut.some(({ field }) => field === 'Product2Id'));
        const people = await sandbox.run('sync', 'generate', '--object', 'Asset', '--output-dir', out);
        assert.match(people.stdout, /left out {2}Product2Id: it refers to Product2, which is not mapped/);
        assert.match(people.stdout, /0 files written/);
        const [field = assert.fail()] = globSync('customMetadata/Sync_Field.Asset_*', { cwd: out });
        const stale = join('customMetadata', 'Sync_Field.Asset_Gone.md-meta.xml');
        copyFileSync(join(out, field), join(out, stale));
        const forced = await sandbox.run('sync', 'generate', '--object', 'Asset', '--output-dir', out, '--force');
        assert.match(
            forced.stdout,
            /1 files of an earlier generation removed:\s+customMetadata.Sync_Field\.Asset_Gone/
        );
        assert.match(forced.stdout, /What they have deployed stays in the orgs/);
        assert.ok(!existsSync(join(out, stale)));
        for (const flags of [
            ['--object', 'No object'],
            ['--object', 'Asset', '--field', 'Order.A=B']
        ]) {
            assert.equal((await sandbox.run('sync', 'generate', ...flags)).code, 2, flags.join(' '));
        }
    });

    test('plans a standard object without a ready mapping', async () => {
        const [contract] = await planMappings(orgs, request('Contract'));
        const names = contract.fields.map(({ source }) => source);
        for (const name of ['AccountId', 'StartDate', 'ContractTerm', 'Status', 'Description']) {
            assert.ok(names.includes(name), name);
        }
        assert.match(
            String(contract.leftOut.find(({ field }) => field === 'ContractNumber')?.reason),
            /numbers its own/
        );
        const own = mkdtempSync(join(tmpdir(), 'bridge-generate-'));
        try {
            writeFiles(own, await renderAll([contract]), false);
            await deployGenerated(orgs, new Steps({ quiet: true }), linkPlan(), own);
            assert.deepEqual(await checkMappings(orgs), []);
            const account = await create(orgs.source, 'Account', { Name: 'Signs' });
            const id = await create(orgs.source, 'Contract', { AccountId: account, ContractTerm: 12 });
            const twin = await twinOf(orgs.source, id);
            const there = await row(orgs.target, `SELECT AccountId, ContractTerm FROM Contract WHERE Id = '${twin}'`);
            assert.deepEqual([there['AccountId'], there['ContractTerm']], [await twinOf(orgs.source, account), 12]);
        } finally {
            rmSync(own, { recursive: true, force: true });
        }
    });
});

/** Fields of the plan are in the order of the describe. */
function byField({ facts }: PlannedObject): (left: unknown[], right: unknown[]) => number {
    const names = facts.source.fields.map(({ name }) => name);
    return ([left], [right]) => names.indexOf(String(left)) - names.indexOf(String(right));
}

function codeIs(code: string, message: RegExp): (error: unknown) => boolean {
    return (error) => {
        assert.ok(error instanceof BridgeError);
        assert.equal(error.code, code, error.message);
        assert.match(error.message, message);
        assert.ok(error.actions.length > 0);
        return true;
    };
}

async function idOf(org: BridgeOrg, soql: string): Promise<string> {
    return String((await row(org, soql))['Id']);
}

async function row(org: BridgeOrg, soql: string): Promise<Row> {
    const [found] = (await org.connection.query<Row>(soql)).records;
    assert.ok(found, soql);
    return found;
}
