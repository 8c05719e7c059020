import type { LinkedOrgs } from './context.ts';
import { queryOne } from './org-connection.ts';

/** Accounts that a fresh local pair starts with, so that the page shows something. One exists on both sides under its own id. */
const SOURCE = [
    {
        Name: 'Edge Communications',
        Phone: '(512) 757-6000',
        Website: 'http://edgecomm.com',
        Rating: 'Hot',
        AnnualRevenue: 139000000
    },
    {
        Name: 'Burlington Textiles',
        Phone: '(336) 222-7000',
        Website: 'www.burlington.com',
        Rating: 'Warm',
        AnnualRevenue: 350000000
    },
    { Name: 'Pyramid Construction', Phone: '(014) 427-4427', Website: 'www.pyramid.com', AnnualRevenue: 950000000 }
];
const TARGET = [
    { Name: 'Dickenson plc', Phone: '(785) 241-6200', Website: 'dickenson-consulting.com', AnnualRevenue: 50000000 },
    {
        Name: 'Grand Hotels & Resorts',
        Phone: '(312) 596-1000',
        Website: 'www.grandhotels.com',
        Rating: 'Warm',
        AnnualRevenue: 500000000
    },
    {
        Name: 'United Oil & Gas',
        Phone: '(842) 842-5500',
        Website: 'www.uos.com',
        Rating: 'Hot',
        AnnualRevenue: 5600000000
    },
    {
        Name: 'Express Logistics',
        Phone: '(503) 421-7800',
        Website: 'www.expressl.net',
        Rating: 'Cold',
        AnnualRevenue: 950000000
    }
];

/** Id of the source Account to open, and whether rows were made. Does nothing in an org that has Accounts. */
export async function provideSampleAccounts({
    source,
    target
}: LinkedOrgs): Promise<{ recordId: string; created: boolean }> {
    const existing = await queryOne<{ Id: string }>(source, 'SELECT Id FROM Account ORDER BY CreatedDate, Id LIMIT 1');
    if (existing !== undefined) {
        return { recordId: existing.Id, created: false };
    }
    const [result] = await source.connection.sobject('Account').create(SOURCE);
    await target.connection.sobject('Account').create(TARGET);
    return { recordId: result?.id as string, created: true };
}
