import { timingSafeEqual } from 'node:crypto';
import { invalidSession, notFound, platformError } from '../http/api-error.ts';
import { HttpError } from '../http/http-error.ts';
import { json } from '../http/responses.ts';
import { FaultSettingsError } from '../lab/fault-settings.ts';
import { LABORATORY_PAGE, REPORT_HEADER } from '../lab/page-address.ts';
import type { WireRequest, WireResponse } from '../http/types.ts';
import type { PairLaboratory, PairOrg } from './laboratory.ts';
import type { OrgThread } from './org-thread.ts';

export const LABORATORY = '/_laboratory';

export interface LaboratoryEndpointOptions {
    readonly laboratory: PairLaboratory;
    readonly orgs: () => Readonly<Record<PairOrg, OrgThread>>;
    /** The org whose listener this is. */
    readonly self: () => OrgThread;
    /** Hands a request to the org itself. */
    readonly deliver: (request: WireRequest) => Promise<WireResponse>;
}

type Orders = Readonly<Record<string, (org: OrgThread, amount: number) => Promise<unknown>>>;

const ORDERS: Orders = {
    crash: (org) => org.crash(0),
    restart: (org) => org.restart(),
    'advance-clock': (org, ms) => org.advanceClock(ms),
    'run-jobs': (org, most) => org.control({ kind: 'run-jobs', most }),
    'hold-jobs': (org, hold) => org.control({ kind: 'hold-jobs', hold: hold !== 0 })
};

/**
 * What the pair answers beside its orgs, on the listener of either:
 *
 * - GET /_laboratory: settings, what struck, clocks and queues
 * - PUT /_laboratory/faults with a seed or settings as JSON, DELETE to end them
 * - POST /_laboratory/<source|target>/<order> with `{"amount": n}`: crash, restart, advance-clock (ms), run-jobs, hold-jobs
 *
 * with the administrator's token that the pair hands to who started it, and the page of the laboratory, whose forms come
 * with the session of the page.
 */
export function createLaboratoryEndpoint(
    options: LaboratoryEndpointOptions
): (request: WireRequest) => Promise<WireResponse> | undefined {
    return (request) => {
        const path = request.url.split('?', 1)[0] ?? '';
        if (path === LABORATORY || path.startsWith(`${LABORATORY}/`)) {
            return answered(() => answerApi(options, request, path.slice(LABORATORY.length + 1)));
        }
        return path === LABORATORY_PAGE ? answered(() => answerPage(options, request)) : undefined;
    };
}

async function answered(work: () => Promise<WireResponse>): Promise<WireResponse> {
    try {
        return await work();
    } catch (error) {
        if (error instanceof FaultSettingsError) {
            return platformError(400, 'INVALID_FAULTS', error.message).toResponse();
        }
        if (error instanceof HttpError) return error.toResponse();
        throw error;
    }
}

async function answerApi(
    { laboratory, orgs, self }: LaboratoryEndpointOptions,
    request: WireRequest,
    path: string
): Promise<WireResponse> {
    requireOwner(request, self());
    if (path === '' && request.method === 'GET') return json(200, await laboratory.report());
    if (path === 'faults' && (request.method === 'PUT' || request.method === 'DELETE')) {
        await laboratory.use(request.method === 'PUT' ? bodyOf(request) : undefined);
        return json(200, await laboratory.report());
    }
    const [name = '', order = ''] = path.split('/');
    const org = name === 'source' || name === 'target' ? orgs()[name] : undefined;
    const obey = Object.hasOwn(ORDERS, order) ? ORDERS[order] : undefined;
    if (request.method !== 'POST' || org === undefined || obey === undefined) throw notFound();
    const { amount = 0 } = (request.body.length === 0 ? {} : bodyOf(request)) as { amount?: unknown };
    if (typeof amount !== 'number') throw platformError(400, 'INVALID_AMOUNT', '"amount" is a number');
    return json(200, { result: await obey(org, amount) });
}

/** The token is compared without telling by the time how much of it is right. */
function requireOwner({ headers }: WireRequest, { org }: OrgThread): void {
    const given = Buffer.from(headers['authorization'] ?? '');
    const owner = Buffer.from(`Bearer ${org.admin.accessToken}`);
    if (given.length !== owner.length || !timingSafeEqual(given, owner)) throw invalidSession();
}

function bodyOf({ body }: WireRequest): unknown {
    try {
        return JSON.parse(new TextDecoder().decode(body));
    } catch {
        throw platformError(400, 'JSON_PARSER_ERROR', 'The body is no JSON');
    }
}

/** The org renders the page for its administrator; a form counts when the org would show the page to its sender. */
async function answerPage(options: LaboratoryEndpointOptions, request: WireRequest): Promise<WireResponse> {
    const { laboratory, orgs } = options;
    const shown = await show(options, request, '');
    if (request.method !== 'POST' || shown.status !== 200 || shown.headers['set-cookie'] !== undefined) return shown;
    const form = new URLSearchParams(new TextDecoder().decode(request.body));
    let problem = '';
    try {
        await obeyForm(form, laboratory, orgs());
    } catch (error) {
        if (!(error instanceof FaultSettingsError)) throw error;
        problem = error.message;
    }
    return problem === ''
        ? { status: 303, headers: { location: LABORATORY_PAGE, 'cache-control': 'no-store' }, body: '' }
        : show(options, request, problem);
}

async function show(
    { laboratory, deliver }: LaboratoryEndpointOptions,
    request: WireRequest,
    problem: string
): Promise<WireResponse> {
    const report = Buffer.from(JSON.stringify({ ...(await laboratory.report()), problem })).toString('base64');
    const headers = { ...request.headers, [REPORT_HEADER]: report };
    return deliver({ ...request, method: 'GET', headers, body: new Uint8Array() });
}

async function obeyForm(
    form: URLSearchParams,
    laboratory: PairLaboratory,
    orgs: Readonly<Record<PairOrg, OrgThread>>
): Promise<void> {
    const order = form.get('order') ?? '';
    if (order === 'start') {
        const text = (form.get('faults') ?? '').trim();
        await laboratory.use(text.startsWith('{') ? parsed(text) : text);
    } else if (order === 'end') {
        await laboratory.use(undefined);
    } else {
        const name = form.get('org');
        const obey = Object.hasOwn(ORDERS, order) ? ORDERS[order] : undefined;
        const org = name === 'source' || name === 'target' ? orgs[name] : undefined;
        if (obey === undefined || org === undefined) throw new FaultSettingsError(`"${order}" is no order.`);
        await obey(org, Number(form.get('amount') ?? 0));
    }
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        throw new FaultSettingsError('The faults are neither a seed nor JSON.');
    }
}
