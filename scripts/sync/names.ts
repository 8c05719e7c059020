import { evaluateApex } from '../lib/anonymous-apex.ts';
import type { CsvRow } from '../lib/csv.ts';
import type { Route, RouteSchema } from './route.ts';

/**
 * Names that go beside values which only one org understands, as `SyncNames` of the engine makes them: owners, record types,
 * currencies. Owners are remembered, so each is asked for once.
 */
export class WireNames {
    readonly #route: Route;
    readonly #schema: RouteSchema;
    readonly #names = new Map<string, string>();
    #currency: string | undefined;

    constructor(route: Route, schema: RouteSchema) {
        this.#route = route;
        this.#schema = schema;
    }

    /** Columns that a query needs for names, beside the fields. */
    get columns(): readonly string[] {
        return this.#schema.hasCurrency && this.#has('Currency') ? ['CurrencyIsoCode'] : [];
    }

    /** Reads the names that some rows need. */
    async load(rows: readonly CsvRow[]): Promise<void> {
        await this.#loadNamed('Owner', rows, async (ids) => {
            const { sender } = this.#route;
            for await (const user of sender.lookUp('SELECT Id, Email FROM User WHERE', 'Id', ids)) {
                this.#names.set(user['Id'], `User:${user['Email']}`);
            }
            const queues = `SELECT Id, DeveloperName FROM Group WHERE Type = 'Queue' AND`;
            for await (const queue of sender.lookUp(queues, 'Id', ids)) {
                this.#names.set(queue['Id'], `Queue:${queue['DeveloperName']}`);
            }
        });
        await this.#loadNamed('RecordType', rows, async (ids) => {
            const types = 'SELECT Id, DeveloperName FROM RecordType WHERE';
            for await (const type of this.#route.sender.lookUp(types, 'Id', ids)) {
                this.#names.set(type['Id'], type['DeveloperName']);
            }
        });
        if (this.#has('Currency') && this.#currency === undefined) {
            this.#currency = await evaluateApex<string>(this.#route.sender.org, '', 'UserInfo.getDefaultCurrency()');
        }
    }

    /** Names of one row, by field of the sender. */
    of(row: CsvRow): Record<string, string | null> {
        const names: Record<string, string | null> = {};
        for (const { from, transform } of this.#route.fields) {
            if (transform === 'Owner' || transform === 'RecordType') names[from] = this.#names.get(row[from]) ?? null;
            if (transform === 'Currency') names[from] = row['CurrencyIsoCode'] || (this.#currency ?? null);
        }
        return names;
    }

    #has(wanted: string): boolean {
        return this.#route.fields.some(({ transform }) => transform === wanted);
    }

    async #loadNamed(
        wanted: string,
        rows: readonly CsvRow[],
        read: (ids: readonly string[]) => Promise<void>
    ): Promise<void> {
        const fields = this.#route.fields.filter(({ transform }) => transform === wanted);
        const ids = new Set(fields.flatMap(({ from }) => rows.map((row) => row[from])));
        const unknown = [...ids].filter((id) => id !== undefined && id !== '' && !this.#names.has(id));
        if (unknown.length > 0) await read(unknown);
    }
}
