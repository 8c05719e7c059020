import { isKnownOfDefinition } from './definition-rows.ts';
import { notSupported, SoqlError } from './errors.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import type { FromClause, Path } from './ast.ts';
import type { FieldRead, PathStep, ResolvedPath } from './analyzed.ts';

const MAX_PARENT_LEVELS = 5;

/** Finds the fields that paths of one query name, and notes what is read. */
export class PathResolver {
    readonly reads: FieldRead[] = [];
    readonly #schema: Schema;
    readonly #text: string;
    readonly #object: ObjectDef;
    readonly #prefixes: ReadonlySet<string>;
    /** Names that the aliases of parents stand for. */
    readonly #parents = new Map<string, readonly string[]>();

    constructor(schema: Schema, text: string, object: ObjectDef, from: FromClause) {
        this.#schema = schema;
        this.#text = text;
        this.#object = object;
        this.#prefixes = new Set([object.name.toLowerCase(), (from.alias ?? from.name).toLowerCase()]);
        for (const { path, alias } of from.parents) {
            this.#parents.set(alias.toLowerCase(), this.#withoutPrefix(path).names);
        }
    }

    resolve(path: Path): ResolvedPath {
        return this.resolveFrom(this.#object, this.#withoutPrefix(path));
    }

    resolveFrom(start: ObjectDef, path: Path): ResolvedPath {
        const names = [...path.names];
        const last = names.pop() ?? '';
        if (names.length > MAX_PARENT_LEVELS) {
            throw this.#error('INVALID_FIELD', 'Only five levels of parent relationships may be queried', path.offset);
        }
        const steps: PathStep[] = [];
        let object = start;
        let offset = path.offset;
        for (const name of names) {
            const step = this.#step(object, name, offset);
            steps.push(step);
            object = step.target;
            offset += name.length + 1;
        }
        const field = this.field(object, last, offset);
        const name = [...steps.map((step) => step.relationship), field.name].join('.');
        return { name, steps, object: object.name, field, offset };
    }

    field(object: ObjectDef, name: string, offset: number): FieldDef {
        const field = object.fields.get(name.toLowerCase());
        if (field === undefined) throw noSuchColumn(name, object.name, this.#text, offset);
        if (!isKnownOfDefinition(object, name, object === this.#object)) {
            throw notSupported(`${object.name}.${field.name}`, this.#text, offset);
        }
        this.reads.push({ object: object.name, field, offset, relationship: undefined });
        return field;
    }

    #step(object: ObjectDef, name: string, offset: number): PathStep {
        const field = object.parentRelationships.get(name.toLowerCase());
        const relationship = field?.relationshipName;
        const target = field && this.#target(field);
        if (field === undefined || relationship === undefined || target === undefined) {
            throw this.#error('INVALID_FIELD', noSuchRelationship(name, 'field path'), offset);
        }
        this.reads.push({ object: object.name, field, offset, relationship });
        return { relationship, field, target, polymorphic: field.referenceTo.length !== 1 };
    }

    #target(field: FieldDef): ObjectDef | undefined {
        const [only] = field.referenceTo;
        return this.#schema.object(field.referenceTo.length === 1 && only !== undefined ? only : 'Name');
    }

    /** `FROM Account a` lets fields be written `a.Name` and `Account.Name`. */
    #withoutPrefix(path: Path): Path {
        const [first = '', ...rest] = path.names;
        const parent = rest.length > 0 ? this.#parents.get(first.toLowerCase()) : undefined;
        if (parent !== undefined) return { ...path, names: [...parent, ...rest] };
        const isPrefix = rest.length > 0 && this.#prefixes.has(first.toLowerCase());
        if (!isPrefix || this.#object.parentRelationships.has(first.toLowerCase())) return path;
        return { ...path, names: rest, offset: path.offset + first.length + 1 };
    }

    #error(code: 'INVALID_FIELD', detail: string, offset: number): SoqlError {
        return new SoqlError({ code, detail, text: this.#text, offset });
    }
}

export function noSuchColumn(name: string, object: string, text: string, offset: number): SoqlError {
    const detail =
        `No such column '${name}' on entity '${object}'. If you are attempting to use a custom field, be sure to ` +
        `append the '__c' after the custom field name. Please reference your WSDL or the describe call for the ` +
        'appropriate names.';
    return new SoqlError({ code: 'INVALID_FIELD', detail, text, offset });
}

export function noSuchObject(name: string, text: string, offset: number): SoqlError {
    const detail =
        `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append ` +
        `the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`;
    return new SoqlError({ code: 'INVALID_TYPE', detail, text, offset });
}

export function noSuchRelationship(name: string, where: 'field path' | 'FROM part of query call'): string {
    return (
        `Didn't understand relationship '${name}' in ${where}. If you are attempting to use a custom relationship, be ` +
        `sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call ` +
        'for the appropriate names.'
    );
}
