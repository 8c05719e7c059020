import type {
    AnonymousUnitContext,
    ClassBodyDeclarationContext,
    ClassDeclarationContext,
    CompilationUnitContext,
    EnumDeclarationContext,
    FormalParametersContext,
    InterfaceDeclarationContext,
    MemberDeclarationContext,
    MethodDeclarationContext,
    ModifierContext,
    PropertyDeclarationContext,
    StatementContext,
    TriggerMemberDeclarationContext,
    TriggerUnitContext,
    TypeRefContext
} from '@apexdevtools/apex-parser';
import type {
    Accessor,
    AnonymousUnit,
    Block,
    FieldDeclaration,
    LocalStatement,
    Member,
    MethodDeclaration,
    Modifiers,
    Parameter,
    PropertyDeclaration,
    TriggerDeclaration,
    TypeDeclaration,
    TypeRef
} from './ast.ts';
import { lowerModifiers } from './lower-modifiers.ts';
import { end, lowerBlock, lowerStatement, lowerVariables } from './lower-statements.ts';
import { lowerTypeList, lowerTypeRef } from './lower-types.ts';
import { at, identifier, type Context } from './positions.ts';

export function lowerCompilationUnit(context: CompilationUnitContext): TypeDeclaration {
    const declaration = context.typeDeclaration();
    const modifiers = lowerModifiers(declaration.modifier_list());
    return lowerType(
        modifiers,
        declaration.classDeclaration() ?? declaration.interfaceDeclaration() ?? declaration.enumDeclaration()
    );
}

export function lowerTriggerUnit(context: TriggerUnitContext): TriggerDeclaration {
    const block = context.triggerBlock();
    const name = context.id(0);
    const object = context.id(1);
    return {
        kind: 'trigger',
        ...at(context),
        name: name.getText(),
        object: object.getText(),
        objectAt: at(object),
        events: context
            .triggerCase_list()
            .map((event) => `${event.BEFORE() === null ? 'after' : 'before'} ${triggerOperation(event)}`),
        ...lowerUnitBody(block, block.triggerBlockMember_list(), (member) => member.triggerMemberDeclaration())
    };
}

function triggerOperation(event: ReturnType<TriggerUnitContext['triggerCase']>): string {
    if (event.INSERT() !== null) return 'insert';
    if (event.UPDATE() !== null) return 'update';
    return event.DELETE() === null ? 'undelete' : 'delete';
}

export function lowerAnonymousUnit(context: AnonymousUnitContext): AnonymousUnit {
    const block = context.anonymousBlock();
    return {
        kind: 'anonymous',
        line: 1,
        column: 1,
        ...lowerUnitBody(block, block.anonymousBlockMember_list(), (member) => member.anonymousMemberDeclaration())
    };
}

interface BodyMember {
    modifier_list(): ModifierContext[];
    statement(): StatementContext;
}

/** Statements and declarations of a trigger or of anonymous code, apart. */
function lowerUnitBody<T extends BodyMember>(
    context: Context,
    parts: readonly T[],
    declarationOf: (part: T) => TriggerMemberDeclarationContext | null
): { readonly members: Member[]; readonly body: Block } {
    const members: Member[] = [];
    const statements: Block['statements'][number][] = [];
    for (const part of parts) {
        const declaration = declarationOf(part);
        if (declaration === null) {
            statements.push(lowerStatement(part.statement()));
            continue;
        }
        const member = lowerMember(lowerModifiers(part.modifier_list()), declaration);
        if (member.kind === 'field') {
            // The grammar reads a variable between statements as a field.
            statements.push(localOf(member));
        } else {
            members.push(member);
        }
    }
    return { members, body: { kind: 'block', line: 1, column: 1, statements, ...end(context) } };
}

function localOf({ line, column, modifiers, type, variables }: FieldDeclaration): LocalStatement {
    return { kind: 'local', line, column, modifiers, type, variables };
}

type TypeContext = ClassDeclarationContext | InterfaceDeclarationContext | EnumDeclarationContext;

function lowerType(modifiers: Modifiers, context: TypeContext): TypeDeclaration {
    const common = { ...at(context.id()), name: context.id().getText(), modifiers, endLine: end(context).endLine };
    if ('classBody' in context) {
        const base = context.typeRef();
        return {
            kind: 'class',
            ...common,
            extends: base === null ? undefined : lowerTypeRef(base),
            interfaces: lowerTypeList(context.typeList()),
            members: context.classBody().classBodyDeclaration_list().flatMap(lowerBodyDeclaration),
            enumValues: []
        };
    }
    if ('interfaceBody' in context) {
        return {
            kind: 'interface',
            ...common,
            extends: undefined,
            interfaces: lowerTypeList(context.typeList()),
            members: context
                .interfaceBody()
                .interfaceMethodDeclaration_list()
                .map((method): MethodDeclaration => ({
                    kind: 'method',
                    ...identifier(method.id()),
                    modifiers: lowerModifiers(method.modifier_list()),
                    returns: optionalType(method.typeRef()),
                    parameters: lowerParameters(method.formalParameters()),
                    body: undefined
                })),
            enumValues: []
        };
    }
    const values = context.enumConstants()?.id_list().map(identifier) ?? [];
    return { kind: 'enum', ...common, extends: undefined, interfaces: [], members: [], enumValues: values };
}

function lowerBodyDeclaration(context: ClassBodyDeclarationContext): Member[] {
    const block = context.block();
    if (block !== null) {
        const isStatic = context.STATIC() !== null;
        return [{ kind: 'initializer', ...at(context), isStatic, body: lowerBlock(block) }];
    }
    const member = context.memberDeclaration();
    return member === null ? [] : [lowerMember(lowerModifiers(context.modifier_list()), member)];
}

function lowerMember(
    modifiers: Modifiers,
    context: MemberDeclarationContext | TriggerMemberDeclarationContext
): Member {
    const method = context.methodDeclaration();
    if (method !== null) return lowerMethod(modifiers, method);
    const constructor = 'constructorDeclaration' in context ? context.constructorDeclaration() : null;
    if (constructor !== null) {
        return {
            kind: 'constructor',
            ...identifier(constructor.qualifiedName()),
            modifiers,
            returns: undefined,
            parameters: lowerParameters(constructor.formalParameters()),
            body: lowerBlock(constructor.block())
        };
    }
    const field = context.fieldDeclaration();
    if (field !== null) {
        const type = lowerTypeRef(field.typeRef());
        return { kind: 'field', ...at(field), modifiers, type, variables: lowerVariables(field.variableDeclarators()) };
    }
    const property = context.propertyDeclaration();
    if (property !== null) return lowerProperty(modifiers, property);
    const nested = context.classDeclaration() ?? context.interfaceDeclaration() ?? context.enumDeclaration();
    return { kind: 'nested', ...at(nested), declaration: lowerType(modifiers, nested) };
}

function lowerMethod(modifiers: Modifiers, context: MethodDeclarationContext): MethodDeclaration {
    const body = context.block();
    return {
        kind: 'method',
        ...identifier(context.id()),
        modifiers,
        returns: optionalType(context.typeRef()),
        parameters: lowerParameters(context.formalParameters()),
        body: body === null ? undefined : lowerBlock(body)
    };
}

function optionalType(context: TypeRefContext | null): TypeRef | undefined {
    return context === null ? undefined : lowerTypeRef(context);
}

function lowerParameters(context: FormalParametersContext): Parameter[] {
    const list = context.formalParameterList();
    return (
        list?.formalParameter_list().map((parameter) => ({
            ...identifier(parameter.id()),
            type: lowerTypeRef(parameter.typeRef()),
            modifiers: lowerModifiers(parameter.modifier_list())
        })) ?? []
    );
}

function lowerProperty(modifiers: Modifiers, context: PropertyDeclarationContext): PropertyDeclaration {
    let getter: Accessor | undefined;
    let setter: Accessor | undefined;
    for (const accessor of context.propertyBlock_list()) {
        const reads = accessor.getter();
        const body = (reads ?? accessor.setter()).block();
        const lowered: Accessor = {
            ...at(accessor),
            modifiers: lowerModifiers(accessor.modifier_list()),
            body: body === null ? undefined : lowerBlock(body)
        };
        if (reads === null) {
            setter = lowered;
        } else {
            getter = lowered;
        }
    }
    const type = lowerTypeRef(context.typeRef());
    return { kind: 'property', ...identifier(context.id()), modifiers, type, getter, setter };
}
