import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv, type AnySchema } from 'ajv';
import type { Json } from '../../surfaces/support/json.ts';
import type { Answer } from '../../surfaces/support/test-org.ts';

interface Response {
    readonly $ref?: string;
    readonly content?: { readonly 'application/json': { readonly schema: AnySchema } };
}

interface Operation {
    readonly operationId: string;
    readonly responses: Readonly<Record<string, Response>>;
}

interface Document {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    readonly components: {
        readonly responses: Readonly<Record<string, Response>>;
        readonly schemas: Readonly<Record<string, { readonly properties?: Readonly<Record<string, AnySchema>> }>>;
    };
}

/** An OpenAPI 3.0 document, against which answers are held. */
export class Contract {
    readonly #document: Document;
    readonly #ajv = new Ajv({
        strict: false,
        formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|\+0000)$/, int64: true }
    });
    /** Operation and status of every answer that was held. */
    readonly #seen = new Set<string>();

    constructor(path: string) {
        this.#document = JSON.parse(readFileSync(path, 'utf8')) as Document;
        this.#ajv.addSchema({ $id: 'contract', ...this.#document });
    }

    /** Holds an answer against the schema that the contract has for its operation and status. */
    hold(operationId: string, status: number, answer: Answer): Json {
        assert.equal(answer.status, status, answer.text);
        const named = this.#operations().find((one) => one.operationId === operationId)?.responses[String(status)];
        const response = named?.$ref ? this.#document.components.responses[named.$ref.split('/').at(-1) ?? ''] : named;
        const schema = response?.content?.['application/json'].schema;
        assert.ok(schema, `the contract knows no ${operationId} ${status}`);
        this.#validate(schema, answer.body, `${operationId} ${status}`);
        this.#seen.add(`${operationId} ${status}`);
        return answer.body;
    }

    /** Holds any value against a named schema, such as a request before it is sent. */
    holdAs<T>(name: string, value: T): T {
        this.#validate({ $ref: `#/components/schemas/${name}` }, value, name);
        return value;
    }

    properties(schema: string): readonly string[] {
        return Object.keys(this.#document.components.schemas[schema]?.properties ?? {});
    }

    /** Values of an enumeration. */
    valuesOf(schema: string, property: string): readonly string[] {
        const found = this.#document.components.schemas[schema]?.properties?.[property] as
            { enum?: string[] } | undefined;
        return found?.enum ?? [];
    }

    assertAllSeen(): void {
        const documented = this.#operations().flatMap(({ operationId, responses }) =>
            Object.keys(responses).map((status) => `${operationId} ${status}`)
        );
        assert.deepEqual([...this.#seen].sort(), documented.sort(), 'every documented answer was seen');
    }

    #operations(): Operation[] {
        return Object.values(this.#document.paths).flatMap((path) => Object.values(path));
    }

    /** References of the contract are relative to its root. `nullable` is of OpenAPI 3.0, which ajv knows beside `type`. */
    #validate(schema: AnySchema, value: unknown, what: string): void {
        const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"contract#/')) as AnySchema;
        const validate = this.#ajv.compile(absolute);
        assert.ok(validate(value), `${what}: ${this.#ajv.errorsText(validate.errors)}\n${JSON.stringify(value)}`);
    }
}
