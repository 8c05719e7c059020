/** Reads from an Apex source what a Lightning web component can see of it: its `@AuraEnabled` members. */
import {
    ApexParserBaseVisitor,
    ApexParserFactory,
    type AnnotationContext,
    type ClassDeclarationContext,
    type ClassBodyDeclarationContext,
    type EnumDeclarationContext,
    type MethodDeclarationContext,
    type ModifierContext,
    type TypeNameContext,
    type TypeRefContext
} from '@apexdevtools/apex-parser';

/** A type as written; `T[]` is `List<T>`, a dotted name stays dotted. */
export interface ApexTypeRef {
    name: string;
    arguments: ApexTypeRef[];
}

export interface ApexField {
    name: string;
    type: ApexTypeRef;
}

export interface ApexMethod {
    name: string;
    cacheable: boolean;
    parameters: ApexField[];
    /** undefined = void */
    result: ApexTypeRef | undefined;
}

/** A top-level or inner class or enum with its `@AuraEnabled` members. */
export interface ApexClass {
    name: string;
    outer: string | undefined;
    fields: ApexField[];
    methods: ApexMethod[];
    /** Set for enums only. */
    enumValues: string[] | undefined;
}

/** @throws ApexSyntaxError with line and column when the source does not parse */
export function readApexClasses(source: string): ApexClass[] {
    const visitor = new AuraMemberVisitor();
    visitor.visit(ApexParserFactory.createParser(source, true).compilationUnit());
    return visitor.classes;
}

class AuraMemberVisitor extends ApexParserBaseVisitor<void> {
    readonly classes: ApexClass[] = [];
    readonly #open: ApexClass[] = [];

    visitClassDeclaration(context: ClassDeclarationContext): void {
        this.#open.push(this.#add(context.id().getText(), undefined));
        this.visitChildren(context);
        this.#open.pop();
    }

    visitEnumDeclaration(context: EnumDeclarationContext): void {
        const constants = optional(context.enumConstants())?.id_list() ?? [];
        this.#add(
            context.id().getText(),
            constants.map((id) => id.getText())
        );
    }

    visitClassBodyDeclaration(context: ClassBodyDeclarationContext): void {
        const member = optional(context.memberDeclaration());
        const annotation = auraEnabled(context.modifier_list());
        const owner = this.#open.at(-1);
        if (annotation === undefined || member === undefined || owner === undefined) {
            this.visitChildren(context);
            return;
        }
        const method = optional(member.methodDeclaration());
        const field = optional(member.fieldDeclaration());
        const property = optional(member.propertyDeclaration());
        if (method !== undefined) {
            owner.methods.push(readMethod(method, annotation));
        } else if (field !== undefined) {
            const type = readType(field.typeRef());
            const names = field.variableDeclarators().variableDeclarator_list();
            owner.fields.push(...names.map((variable) => ({ name: variable.id().getText(), type })));
        } else if (property !== undefined) {
            owner.fields.push({ name: property.id().getText(), type: readType(property.typeRef()) });
        }
    }

    #add(name: string, enumValues: string[] | undefined): ApexClass {
        const declared = { name, outer: this.#open.at(-1)?.name, fields: [], methods: [], enumValues };
        this.classes.push(declared);
        return declared;
    }
}

/** The parser answers null for an absent child although its typings promise a node. */
function optional<Node>(node: Node): Node | undefined {
    return node ?? undefined;
}

function auraEnabled(modifiers: ModifierContext[]): AnnotationContext | undefined {
    return modifiers
        .map((modifier) => optional(modifier.annotation()))
        .find((annotation) => isNamed(annotation?.id().getText(), 'AuraEnabled'));
}

/** Apex names are case-insensitive. */
function isNamed(text: string | undefined, name: string): boolean {
    return text?.toLowerCase() === name.toLowerCase();
}

function readMethod(context: MethodDeclarationContext, annotation: AnnotationContext): ApexMethod {
    const pairs = optional(annotation.elementValuePairs())?.elementValuePair_list() ?? [];
    const parameters = optional(context.formalParameters().formalParameterList())?.formalParameter_list() ?? [];
    const result = optional(context.typeRef());
    return {
        name: context.id().getText(),
        cacheable: pairs.some(
            (pair) => isNamed(pair.id().getText(), 'cacheable') && isNamed(pair.elementValue().getText(), 'true')
        ),
        parameters: parameters.map((parameter) => ({
            name: parameter.id().getText(),
            type: readType(parameter.typeRef())
        })),
        result: result && readType(result)
    };
}

function readType(context: TypeRefContext): ApexTypeRef {
    const parts = context.typeName_list();
    const last = optional(parts.at(-1)?.typeArguments());
    const named: ApexTypeRef = {
        name: parts.map(typeName).join('.'),
        arguments: (last?.typeList().typeRef_list() ?? []).map(readType)
    };
    const dimensions = optional(context.arraySubscripts())?.LBRACK_list() ?? [];
    return dimensions.reduce((element: ApexTypeRef) => ({ name: 'List', arguments: [element] }), named);
}

/** The collection names are tokens of their own in the grammar. */
function typeName(part: TypeNameContext): string {
    const collection = optional(part.LIST()) ?? optional(part.SET()) ?? optional(part.MAP());
    return (collection ?? part.id()).getText();
}
