import type { Node } from '../syntax/ast.ts';
import type { ApexType } from '../types/types.ts';
import type { BoundExpression, Local } from './bound.ts';
import { diagnostics } from './diagnostics.ts';
import { isSubclass } from './hierarchy.ts';
import { noteUnsupported, report } from './reporter.ts';
import { outermost, type ClassSymbol, type FieldSymbol, type MethodSymbol, type Visibility } from './symbols.ts';
import { ERROR_TYPE, type World } from './world.ts';

export interface BodyOptions {
    readonly isStatic: boolean;
    /** undefined where no value may be returned and none is expected: initialisers. */
    readonly returns?: ApexType;
    readonly method?: MethodSymbol;
    /** The property whose accessor this is: its name means the backing field here. */
    readonly accessorOf?: FieldSymbol;
}

/** Where an expression or statement stands: its class, its method, the variables in scope. */
export class BodyContext {
    readonly world: World;
    readonly owner: ClassSymbol;
    readonly options: BodyOptions;
    loopDepth = 0;
    /** In the arguments of `this(…)` and `super(…)`, where there is no object yet. */
    inConstructorCall = false;
    readonly #scopes: Map<string, Local>[] = [new Map<string, Local>()];
    readonly #ids = new Map<string, number>();

    constructor(world: World, owner: ClassSymbol, options: BodyOptions) {
        this.world = world;
        this.owner = owner;
        this.options = options;
    }

    get isStatic(): boolean {
        return this.options.isStatic;
    }

    get unit(): ClassSymbol['unit'] {
        return this.owner.unit;
    }

    report(at: Node, message: string): void {
        report(this.unit, at, message);
    }

    error(at: Node, message: string): BoundExpression {
        this.report(at, message);
        return { kind: 'error', type: ERROR_TYPE, line: at.line };
    }

    /** A member that the local org lacks: an error, or code that throws the message when it is reached. */
    unsupported(at: Node, message: string, type: ApexType): BoundExpression {
        if (this.world.unsupported === 'refuse') return this.error(at, message);
        noteUnsupported(this.unit, at, message);
        return { kind: 'unsupported', message, type, line: at.line };
    }

    local(name: string): Local | undefined {
        const lower = name.toLowerCase();
        for (let index = this.#scopes.length - 1; index >= 0; index -= 1) {
            const found = this.#scopes[index]?.get(lower);
            if (found !== undefined) return found;
        }
        return undefined;
    }

    /** Lower-case names of the variables in scope. */
    localNames(): string[] {
        return this.#scopes.flatMap((scope) => [...scope.keys()]);
    }

    /** Declares a variable; a second one of the name in an open scope is reported. */
    declare(name: string, type: ApexType, at: Node): Local {
        const lower = name.toLowerCase();
        if (this.local(name) !== undefined) {
            this.report(at, diagnostics.duplicateVariable(name));
        }
        const id = this.#ids.get(lower) ?? 0;
        this.#ids.set(lower, id + 1);
        const local: Local = { name, type, id, values: [] };
        this.#scopes.at(-1)?.set(lower, local);
        return local;
    }

    scoped<T>(work: () => T): T {
        this.#scopes.push(new Map());
        try {
            return work();
        } finally {
            this.#scopes.pop();
        }
    }

    inLoop<T>(work: () => T): T {
        this.loopDepth += 1;
        try {
            return work();
        } finally {
            this.loopDepth -= 1;
        }
    }

    beforeObject<T>(work: () => T): T {
        this.inConstructorCall = true;
        try {
            return work();
        } finally {
            this.inConstructorCall = false;
        }
    }

    /** Whether code here may use a member of that visibility. */
    canSee(owner: ClassSymbol, visibility: Visibility, annotations: readonly { readonly name: string }[]): boolean {
        if (visibility === 'public' || visibility === 'global') return true;
        if (outermost(owner) === outermost(this.owner)) return true;
        if (this.unit.root?.isTest === true && annotations.some(({ name }) => name === 'testvisible')) return true;
        if (visibility !== 'protected') return false;
        for (let scope: ClassSymbol | undefined = this.owner; scope !== undefined; scope = scope.outer) {
            if (isSubclass(this.world, scope, owner)) return true;
        }
        return false;
    }
}
