import type { Block, ConstructorCallExpression, Node, Statement } from '../syntax/ast.ts';
import { VOID } from '../types/apex-types.ts';
import { bindArguments } from './bind-calls.ts';
import { convertArguments, parameterTypes } from './call-members.ts';
import { exceptionArguments } from './bind-creations.ts';
import { bindExpression } from './bind-expressions.ts';
import { bindBlock, bindStatements } from './bind-statements.ts';
import { BodyContext } from './body-context.ts';
import type {
    BoundAccessor,
    BoundClass,
    BoundExpression,
    BoundInitializer,
    BoundMethod,
    BoundStatement,
    Local
} from './bound.ts';
import { convert } from './convert.ts';
import { diagnostics } from './diagnostics.ts';
import { isException } from './hierarchy.ts';
import { chooseOverload } from './overloads.ts';
import { stoodForMethods } from './class-rules.ts';
import { canComplete, lastBehindJump, reportsUnreachable } from './reachability.ts';
import {
    describeCall,
    type ClassSymbol,
    type FieldSymbol,
    type InitializerSymbol,
    type MethodSymbol
} from './symbols.ts';
import { ERROR_TYPE, type World } from './world.ts';

/** Binds every body of a class and of its inner classes. */
export function bindClass(world: World, symbol: ClassSymbol): BoundClass {
    const methods = [...symbol.methods.values()].flat();
    return {
        symbol,
        base: world.superclass(symbol),
        isException: isException(world, symbol.type),
        methods: methods.map((method) => bindMethod(world, method)),
        constructors: symbol.constructors.map((constructor) => bindMethod(world, constructor)),
        accessors: [...symbol.fields.values()].flatMap((field) => bindAccessors(world, field)),
        stoodFor: stoodForMethods(world, symbol),
        initializers: symbol.initializers.map((initializer) => bindInitializer(world, symbol, initializer)),
        inner: [...symbol.inner.values()].map((inner) => bindClass(world, inner))
    };
}

function bindMethod(world: World, method: MethodSymbol): BoundMethod {
    const { owner, declaration } = method;
    const context = new BodyContext(world, owner, {
        isStatic: method.isStatic,
        returns: method.isConstructor ? VOID : method.returns,
        method
    });
    const parameters = method.parameters.map((parameter) => declareParameter(context, parameter));
    const { body } = declaration;
    if (body === undefined) {
        return { method, parameters, body: undefined };
    }
    const bound = method.isConstructor
        ? bindConstructorBody(context, body, declaration)
        : bindStatements(context, body.statements, body.line);
    if (!method.isConstructor && method.returns !== VOID && method.returns !== ERROR_TYPE) {
        if (canComplete(bound)) {
            context.report({ line: body.endLine, column: body.endColumn }, diagnostics.missingReturn(method.returns));
        } else if (!reportsUnreachable(context)) {
            const last = lastBehindJump(bound);
            if (last !== undefined) context.report(body.statements[last] ?? body, diagnostics.unreachable());
        }
    }
    return { method, parameters, body: bound };
}

function declareParameter(context: BodyContext, parameter: MethodSymbol['parameters'][number]): Local {
    if (parameter.type === VOID) context.report(parameter.at, diagnostics.voidParameter());
    const local = context.declare(parameter.name, parameter.type, parameter.at);
    local.values.push(undefined);
    return local;
}

function bindConstructorBody(context: BodyContext, body: Block, at: Node): BoundStatement {
    const [first, ...rest] = body.statements;
    const call = first?.kind === 'expression' && first.value.kind === 'constructorCall' ? first.value : undefined;
    const start = call === undefined ? implicitSuperCall(context, at) : explicitCall(context, call);
    const others: readonly Statement[] = call === undefined ? body.statements : rest;
    const bound = bindStatements(context, others, body.line);
    return { kind: 'block', statements: [start, bound], line: body.line };
}

/** `super()` that no one wrote; the base must have a constructor without parameters. */
function implicitSuperCall(context: BodyContext, at: Node): BoundStatement {
    const base = context.world.superclass(context.owner);
    const constructor_ = base?.constructors.find((candidate) => candidate.parameters.length === 0);
    if (base !== undefined && base.constructors.length > 0 && constructor_ === undefined) {
        context.report(at, diagnostics.noDefaultSuperConstructor(base.name));
    }
    return {
        kind: 'constructorCall',
        self: context.owner,
        owner: base,
        constructor_,
        exceptionArgs: undefined,
        isThis: false,
        args: [],
        line: at.line
    };
}

function explicitCall(context: BodyContext, node: ConstructorCallExpression): BoundStatement {
    const args = context.beforeObject(() => bindArguments(context, node.args));
    const isThis = node.target === 'this';
    const owner = isThis ? context.owner : context.world.superclass(context.owner);
    const common = { kind: 'constructorCall' as const, self: context.owner, owner, isThis, line: node.line };
    const none = { ...common, constructor_: undefined, exceptionArgs: undefined, args: [] };
    if (owner === undefined && !isException(context.world, context.owner.type)) {
        context.report(node, diagnostics.noSuperType(context.owner.name));
        return none;
    }
    if (args.some((arg) => arg.type === ERROR_TYPE)) return none;
    const choice = chooseOverload(context.world, owner?.constructors ?? [], parameterTypes, args);
    if (choice.kind === 'found') {
        const converted = convertArguments(context, args, parameterTypes(choice.candidate), node);
        return { ...common, constructor_: choice.candidate, exceptionArgs: undefined, args: converted };
    }
    const exceptionArgs = exceptionBase(context, args, node);
    if (exceptionArgs !== undefined) return { ...none, exceptionArgs };
    const isDefault = args.length === 0 && (owner?.constructors.length ?? 0) === 0;
    if (!isDefault) {
        const types = args.map((arg) => arg.type);
        context.report(node, diagnostics.noConstructor(describeCall('void <init>', types)));
    }
    return none;
}

function exceptionBase(
    context: BodyContext,
    args: readonly BoundExpression[],
    node: ConstructorCallExpression
): ReturnType<typeof exceptionArguments> {
    if (!isException(context.world, context.owner.type)) return undefined;
    return exceptionArguments(context, context.owner, args, node.line);
}

function bindAccessors(world: World, field: FieldSymbol): BoundAccessor[] {
    const { property, owner, isStatic, type } = field;
    if (property === undefined) return [];
    const accessors: BoundAccessor[] = [];
    if (property.getter !== undefined) {
        const { body } = property.getter;
        const context = new BodyContext(world, owner, { isStatic, returns: type, accessorOf: field });
        const bound = body === undefined ? undefined : bindBlock(context, body);
        if (bound !== undefined && body !== undefined && canComplete(bound) && type !== ERROR_TYPE) {
            context.report({ line: body.endLine, column: body.endColumn }, diagnostics.missingReturn(type));
        }
        accessors.push({ field, kind: 'get', value: undefined, body: bound });
    }
    if (property.setter !== undefined) {
        const { body } = property.setter;
        const context = new BodyContext(world, owner, { isStatic, returns: VOID, accessorOf: field });
        const value = context.declare('value', type, property.setter);
        value.values.push(undefined);
        accessors.push({ field, kind: 'set', value, body: body === undefined ? undefined : bindBlock(context, body) });
    }
    return accessors;
}

function bindInitializer(world: World, symbol: ClassSymbol, initializer: InitializerSymbol): BoundInitializer {
    const { isStatic, field, block } = initializer;
    const context = new BodyContext(world, symbol, { isStatic });
    if (block !== undefined) {
        return { isStatic, field: undefined, value: undefined, block: bindBlock(context, block), line: block.line };
    }
    const expression = field?.initializer;
    const value =
        field === undefined || expression === undefined
            ? undefined
            : convert(context, bindExpression(context, expression), field.type, field.at);
    return { isStatic, field, value, block: undefined, line: field?.at.line ?? 0 };
}

/** Body of a trigger or of anonymous code: statements without a method around them. */
export function bindUnitBody(world: World, symbol: ClassSymbol, body: Block): BoundStatement {
    const context = new BodyContext(world, symbol, { isStatic: true, returns: VOID });
    return bindStatements(context, body.statements, body.line);
}
