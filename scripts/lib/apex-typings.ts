/**
 * Generates the ambient TypeScript types of the Apex methods that Lightning web components import
 * (`@salesforce/apex/Class.method`), so that a change of an Apex signature is a type error in the component.
 *
 * A `cacheable=true` method is callable and a wire adapter, any other `@AuraEnabled` method is callable only.
 * Apex classes used as parameter or result become interfaces of the type-only module `apex/types`; only their
 * `@AuraEnabled` members cross the wire (LWC Developer Guide, "Pass Values to Apex").
 */
import {
    type ApexClass,
    type ApexField,
    type ApexMethod,
    type ApexTypeRef,
    readApexClasses
} from './apex-aura-members.ts';

const SCALARS = new Map([
    ['string', 'string'],
    ['id', 'string'],
    ['date', 'string'],
    ['datetime', 'string'],
    ['integer', 'number'],
    ['long', 'number'],
    ['double', 'number'],
    ['decimal', 'number'],
    ['boolean', 'boolean'],
    ['object', 'unknown']
]);

const HEADER = `// Generated from the Apex classes by scripts/generate-apex-types.ts. Do not edit.\n`;

/**
 * @param sources text of the Apex classes that components may import, and of the classes those use
 * @returns a declaration file, not formatted
 * @throws Error naming class and member when a type does not cross the wire or is not among the sources
 */
export function generateApexTypings(sources: Iterable<string>): string {
    const classes = [...sources].flatMap((source) => readApexClasses(source));
    const mapper = new TypeMapper(classes);
    const actions = classes
        .flatMap((owner) => owner.methods.map((method) => ({ owner, method })))
        .sort((left, right) => compare(actionName(left), actionName(right)))
        .map((action) => renderAction(action, mapper));
    const interfaces = mapper.renderUsed();
    return [HEADER, `declare module 'apex/types' {\n${interfaces.join('\n')}\n}\n`, ...actions].join('\n');
}

interface Action {
    owner: ApexClass;
    method: ApexMethod;
}

function actionName({ owner, method }: Action): string {
    return `${owner.name}.${method.name}`;
}

function compare(left: string, right: string): number {
    return left < right ? -1 : Number(left > right);
}

function renderAction(action: Action, mapper: TypeMapper): string {
    const { owner, method } = action;
    const name = actionName(action);
    const imports = new Set<string>();
    const parameters = method.parameters.map(
        ({ name: parameter, type }) =>
            `${parameter}: ${mapper.map(type, owner, `${name}(${parameter})`, imports)} | null`
    );
    // Of `object` no property is known, of `{}` neither, but that takes any value.
    const parametersType = parameters.length === 0 ? 'object' : `{ ${parameters.join('; ')} }`;
    const result = method.result === undefined ? 'void' : mapper.map(method.result, owner, name, imports);
    const kind = method.cacheable ? 'ApexWireAction' : 'ApexAction';
    const types = [...imports].sort(compare);
    return [
        `declare module '@salesforce/apex/${name}' {`,
        `import type { ${kind} } from 'apex/action';`,
        types.length > 0 ? `import type { ${types.join(', ')} } from 'apex/types';` : '',
        `const ${method.name}: ${kind}<${parametersType}, ${result}>;`,
        `export default ${method.name};`,
        '}\n'
    ].join('\n');
}

/** Maps Apex types to TypeScript and remembers which classes were met, so that only those are declared. */
class TypeMapper {
    readonly #classes = new Map<string, ApexClass>();
    readonly #used = new Map<string, ApexClass>();

    constructor(classes: ApexClass[]) {
        for (const declared of classes) {
            this.#classes.set(qualifiedName(declared).toLowerCase(), declared);
        }
    }

    map(type: ApexTypeRef, scope: ApexClass, site: string, imports: Set<string>): string {
        const inner = (argument: ApexTypeRef) => this.map(argument, scope, site, imports);
        const [first, second] = type.arguments;
        const name = type.name.toLowerCase();
        if (name === 'list' && first !== undefined) {
            return `Array<${inner(first)}>`;
        }
        if (name === 'map' && first?.name.toLowerCase() === 'string' && second !== undefined) {
            return `Record<string, ${inner(second)}>`;
        }
        const scalar = SCALARS.get(name);
        if (scalar !== undefined) {
            return scalar;
        }
        const found = this.#resolve(name, scope);
        if (found === undefined) {
            throw new Error(`${site}: the Apex type ${type.name} does not cross the wire or is not among the sources.`);
        }
        this.#use(found);
        imports.add(found.name);
        return found.name;
    }

    /** Declarations of all classes met, including those that their members use. */
    renderUsed(): string[] {
        const rendered = new Map<string, string>();
        for (let pending = this.#pending(rendered); pending.length > 0; pending = this.#pending(rendered)) {
            for (const declared of pending) {
                rendered.set(declared.name, this.#renderClass(declared));
            }
        }
        return [...rendered.entries()].sort(([left], [right]) => compare(left, right)).map(([, text]) => text);
    }

    #pending(rendered: Map<string, string>): ApexClass[] {
        return [...this.#used.values()].filter((declared) => !rendered.has(declared.name));
    }

    #renderClass(declared: ApexClass): string {
        if (declared.enumValues !== undefined) {
            return `export type ${declared.name} = ${declared.enumValues.map((value) => `'${value}'`).join(' | ')};`;
        }
        const member = ({ name, type }: ApexField) =>
            `${name}?: ${nullable(this.map(type, declared, `${qualifiedName(declared)}.${name}`, new Set()))};`;
        return `export interface ${declared.name} {\n${declared.fields.map(member).join('\n')}\n}`;
    }

    #resolve(name: string, scope: ApexClass): ApexClass | undefined {
        const outer = (scope.outer ?? scope.name).toLowerCase();
        return this.#classes.get(`${outer}.${name}`) ?? this.#classes.get(name);
    }

    #use(declared: ApexClass): void {
        const namesake = this.#used.get(declared.name);
        if (namesake !== undefined && namesake !== declared) {
            throw new Error(
                `${qualifiedName(namesake)} and ${qualifiedName(declared)} need different names: ` +
                    'both cross the wire and share the module apex/types.'
            );
        }
        this.#used.set(declared.name, declared);
    }
}

function nullable(type: string): string {
    return type === 'unknown' ? type : `${type} | null`;
}

function qualifiedName(declared: ApexClass): string {
    return declared.outer === undefined ? declared.name : `${declared.outer}.${declared.name}`;
}
