import { SoqlError } from '../../../soql/errors.ts';
import { parseSosl } from '../../../soql/sosl/parse-sosl.ts';
import { runSearch, type SearchResult } from '../../../soql/sosl/run-search.ts';
import { Id, type SObject } from '../../../values/index.ts';
import { accessFor, queryRecords } from '../../runtime/data.ts';
import { chargeLimit } from '../../runtime/limit-messages.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { AccessMode, Runtime } from '../../runtime/runtime.ts';
import { listOf, platformType, SOBJECT, sobjectType } from '../../types/apex-types.ts';
import { elementsOf, noNulls } from '../arguments.ts';
import { beanClass, BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import { modeOf, type AccessLevelObject } from '../database/access-level.ts';
import { bindValue, variables } from '../database/database.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { TestState } from '../test/test-state.ts';

const SEARCH_RESULT = platformType('Search.SearchResult');

/** In a test nothing is indexed: a search finds what `Test.setFixedSearchResults` says, else nothing. */
function search(rt: Runtime, sosl: string, binds: ReadonlyMap<string, unknown>, mode: AccessMode): SearchResult[] {
    chargeLimit(rt, 'soslQueries', 1);
    const found = rt.tx.isTest ? rt.tx.state(TestState).searchResults : undefined;
    try {
        const parsed = parseSosl(sosl);
        const effective = parsed.mode === undefined ? mode : parsed.mode === 'USER_MODE' ? 'user' : 'system';
        const access = accessFor(rt, effective);
        return runSearch(parsed, {
            schema: rt.org.schema,
            query: (soql, values) => rt.org.database.query(soql, { access, binds: values }).records,
            binds,
            found
        });
    } catch (error) {
        if (error instanceof SoqlError) return rt.throwNew('System.SearchException', error.message);
        throw error;
    }
}

function lists(results: readonly SearchResult[]): ApexList {
    return new ApexList(
        listOf(SOBJECT),
        results.map(({ object, records }) => new ApexList(sobjectType(object), [...records]))
    );
}

/** `[FIND … RETURNING …]`: the text with binds `:b0`, `:b1`… and their values. */
function inlineSearch(rt: Runtime, sosl: string, ...values: unknown[]): ApexList {
    const binds = new Map(values.map((value, index) => [`b${index}`, bindValue(value)]));
    return lists(search(rt, sosl, binds, rt.tx.access.mode));
}

function query(rt: Runtime, sosl: string, level?: AccessLevelObject): ApexList {
    return lists(search(rt, sosl, variables(rt), modeOf(rt, level)));
}

class SearchResultsObject extends NativeObject {
    readonly className = 'Search.SearchResults';
    readonly results: readonly SearchResult[];

    constructor(results: readonly SearchResult[]) {
        super();
        this.results = results;
    }
}

class SearchResultObject extends NativeObject {
    readonly className = 'Search.SearchResult';
    readonly record: SObject;

    constructor(record: SObject) {
        super();
        this.record = record;
    }
}

function resultsOf(_rt: Runtime, self: SearchResultsObject, object: string): ApexList {
    const lower = object.toLowerCase();
    const records = self.results.find((result) => result.object.toLowerCase() === lower)?.records ?? [];
    return new ApexList(
        SEARCH_RESULT,
        records.map((record) => new SearchResultObject(record))
    );
}

/** `Test.setFixedSearchResults`. */
export function setFixedSearchResults(rt: Runtime, ids: ApexList | null): void {
    const texts = elementsOf(rt, ids).map((id) => rt.toText(id));
    rt.tx.state(TestState).searchResults = texts.flatMap((text) => Id.tryParse(text) ?? []);
}

/** Names that begin with what was typed, as many as the option allows (Apex Reference, Search.suggest). */
function suggest(
    rt: Runtime,
    text: string | null,
    object: string | null,
    options: BeanObject | null,
    level?: AccessLevelObject
): BeanObject {
    if (text === null || object === null) return rt.nullPointer();
    const name = rt.org.schema.object(object)?.nameField?.name;
    if (name === undefined) return rt.throwNew('System.SearchException', `Suggestions are not available for ${object}`);
    const limit = (options?.get('limit') ?? DEFAULT_SUGGESTIONS) as number;
    const { records } = queryRecords(
        rt,
        `SELECT Id, ${name} FROM ${object} WHERE ${name} LIKE :pattern ORDER BY ${name} LIMIT ${limit + 1}`,
        new Map([['pattern', `${text.replace(/[\\%_]/g, '\\$&')}%`]]),
        modeOf(rt, level)
    );
    const found = records
        .slice(0, limit)
        .map((record) => new BeanObject('Search.SuggestionResult', { sObject: record }));
    return new BeanObject('Search.SuggestionResults', {
        suggestionResults: new ApexList(platformType('Search.SuggestionResult'), found),
        more: records.length > limit
    });
}

const DEFAULT_SUGGESTIONS = 5;

/** Search (Apex Reference, System.Search and the Search namespace). Snippets are not made, so there are none to get. */
export const searchClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'System.Search',
        statics: {
            'find(String)': noNulls(
                (rt, sosl: string) => new SearchResultsObject(search(rt, sosl, variables(rt), modeOf(rt, undefined)))
            ),
            'find(String,AccessLevel)': noNulls(
                (rt, sosl: string, level: AccessLevelObject) =>
                    new SearchResultsObject(search(rt, sosl, variables(rt), modeOf(rt, level)))
            ),
            'suggest(String,String,Object)': suggest,
            'suggest(String,String,Object,AccessLevel)': suggest,
            'query(String)': noNulls(query),
            'query(String,AccessLevel)': noNulls(query)
        }
    }),
    beanClass('Search.SuggestionOption'),
    beanClass('Search.SuggestionResult', { readOnly: true }),
    beanClass('Search.SuggestionResults', {
        readOnly: true,
        extra: { methods: { 'hasMoreResults()': (_rt, self: BeanObject) => self.get('more') } }
    }),
    nativeClass({ name: 'Search.SearchResults', methods: { 'get(String)': noNulls(resultsOf) } }),
    nativeClass({
        name: 'Search.SearchResult',
        methods: {
            'getSObject()': (_rt, self: SearchResultObject) => self.record,
            'getSnippet()': () => null,
            'getSnippet(String)': () => null
        }
    })
];

/** What the compiler makes of a search in brackets; no name of Apex reaches this class. */
export const inlineSearchClass: NativeClass = nativeClass({ name: '$Search', statics: { find: inlineSearch } });
