import { explain, type FaultKind } from '../../lab/fault-kinds.ts';
import { LABORATORY_PAGE, REPORT_HEADER } from '../../lab/page-address.ts';
import { markup, type Markup } from './markup.ts';
import { messagePage } from './message-page.ts';
import { pageResponse } from './shell.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SessionContext } from '../surface.ts';

/** What the pair tells the page, of the laboratory that it keeps. */
interface Report {
    readonly settings?: { readonly seed: string; readonly rates: Readonly<Record<string, number>> };
    readonly struck: readonly {
        readonly kind: FaultKind;
        readonly at: string;
        readonly call: number;
        readonly what: string;
    }[];
    readonly orgs: Readonly<
        Record<string, { readonly now: string; readonly waitingJobs: number; readonly held: boolean }>
    >;
    readonly problem: string;
}

const SHOWN = 50;
const MINUTES = 60_000;

/** GET /lightning/local/laboratory: faults of the pair by seed, its clocks and its queues. Its forms go to the pair. */
export function laboratoryPage(
    request: HttpRequest,
    _parameters: PathParameters,
    context: SessionContext
): WireResponse {
    const carried = request.headers[REPORT_HEADER];
    if (carried === undefined || context.session.userId !== context.org.admin.userId) {
        return messagePage(request, context, carried === undefined ? 404 : 403, {
            title: 'Laboratory',
            text:
                carried === undefined
                    ? 'This org stands alone; the laboratory belongs to a pair.'
                    : 'Only the administrator of the org can cause faults.'
        });
    }
    const report = JSON.parse(Buffer.from(carried, 'base64').toString('utf8')) as Report;
    const body = markup`<h1 class="host-page-title">Laboratory</h1>
        ${report.problem !== '' && markup`<p class="host-notice host-notice_error" role="alert">${report.problem}</p>`}
        ${faultCard(report)}
        ${Object.entries(report.orgs).map(([name, state]) => orgCard(name, state))}
        ${struckCard(report)}`;
    return pageResponse(request, context, { title: 'Laboratory', body });
}

function faultCard({ settings }: Report): Markup {
    const rates = Object.entries(settings?.rates ?? {}).map(
        ([kind, rate]) => markup`<tr><th scope="row">${kind}</th>
            <td>${(rate * 100).toFixed(1)} %</td><td>${explain(kind as FaultKind)}</td></tr>`
    );
    const state =
        settings === undefined
            ? markup`<p>No faults. The same seed gives the same faults for the same calls.</p>`
            : markup`<p>Faults of seed <strong>${settings.seed}</strong></p>
                ${table('Rates', ['Fault', 'Rate', 'What happens'], rates)}`;
    return markup`<section class="host-card" aria-labelledby="faults-heading">
        <h2 class="host-section" id="faults-heading">Faults between the orgs</h2>
        ${state}
        <form method="post" action="${LABORATORY_PAGE}">
            <label class="slds-form-element__label" for="faults">Seed, or settings as JSON</label>
            <textarea class="slds-textarea" id="faults" name="faults" rows="3" required>${settings?.seed ?? '1'}</textarea>
            <button class="slds-button slds-button_brand" name="order" value="start">Start</button>
        </form>
        ${settings !== undefined && orderForm('', 'end', 'End the faults')}
    </section>`;
}

function orgCard(name: string, { now, waitingJobs, held }: Report['orgs'][string]): Markup {
    return markup`<section class="host-card" aria-labelledby="${name}-heading">
        <h2 class="host-section" id="${name}-heading">${name === 'source' ? 'Source Org' : 'Target Org'}</h2>
        <p>Clock ${now}; ${waitingJobs} ${waitingJobs === 1 ? 'job waits' : 'jobs wait'}${held && ', held back'}</p>
        ${orderForm(name, 'advance-clock', 'One minute on', MINUTES)}
        ${orderForm(name, 'advance-clock', 'One hour on', 60 * MINUTES)}
        ${held ? orderForm(name, 'hold-jobs', 'Let jobs run', 0) : orderForm(name, 'hold-jobs', 'Hold jobs back', 1)}
        ${held && orderForm(name, 'run-jobs', 'Run one job', 1)}
        ${orderForm(name, 'crash', 'Crash')}
    </section>`;
}

function orderForm(org: string, order: string, label: string, amount = 0): Markup {
    return markup`<form class="host-order" method="post" action="${LABORATORY_PAGE}">
        <input type="hidden" name="org" value="${org}" />
        <input type="hidden" name="amount" value="${amount}" />
        <button class="slds-button slds-button_neutral" name="order" value="${order}">${label}</button>
    </form>`;
}

function struckCard({ struck }: Report): Markup {
    const rows = struck
        .slice(-SHOWN)
        .map(
            ({ kind, at, call, what }) =>
                markup`<tr><th scope="row">${kind}</th><td>${at}</td><td>${call}</td><td>${what}</td></tr>`
        );
    const last = rows.reverse();
    return markup`<section class="host-card" aria-labelledby="struck-heading">
        <h2 class="host-section" id="struck-heading">What struck</h2>
        ${last.length === 0 ? markup`<p class="host-empty-state">Nothing yet.</p>` : table('Faults', ['Fault', 'Where', 'Call', 'What'], last)}
    </section>`;
}

function table(label: string, columns: readonly string[], rows: readonly Markup[]): Markup {
    return markup`<div class="host-table-frame" role="region" aria-label="${label}" tabindex="0">
        <table class="host-table">
            <thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
            <tbody>${rows}</tbody>
        </table>
    </div>`;
}
