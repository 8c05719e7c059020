/** Visits the component elements of a parsed template and the names that its expressions start with. */
import type { BaseElement, ChildNode, Component, Root, SourceLocation } from '@lwc/template-compiler';

export interface TemplateVisitor {
    element(element: Component): void;
    /** A name in an expression that no enclosing loop declares: a member of the component. */
    reference(name: string, location: SourceLocation): void;
}

/** An expression, or a literal, which names nothing. */
interface Value {
    type: string;
    name?: string;
    object?: Value;
}

export function walkTemplate(root: Root, visitor: TemplateVisitor): void {
    visitAll(root.children, new Set(), visitor);
}

function visitAll(nodes: readonly ChildNode[], scope: ReadonlySet<string>, visitor: TemplateVisitor): void {
    for (const node of nodes) {
        visit(node, scope, visitor);
    }
}

function visit(node: ChildNode, scope: ReadonlySet<string>, visitor: TemplateVisitor): void {
    const refer = (value: Value, location: SourceLocation = node.location) => {
        const name = firstName(value);
        if (name !== undefined && !scope.has(name)) {
            visitor.reference(name, location);
        }
    };
    switch (node.type) {
        case 'Comment':
            return;
        case 'Text':
            return refer(node.value);
        case 'If':
            refer(node.condition);
            return visitAll(node.children, scope, visitor);
        case 'IfBlock':
        case 'ElseifBlock':
            refer(node.condition);
            visitAll(node.children, scope, visitor);
            return node.else && visit(node.else, scope, visitor);
        case 'ForEach':
            refer(node.expression);
            return visitAll(node.children, extend(scope, node.item.name, node.index?.name), visitor);
        case 'ForOf':
            refer(node.expression);
            return visitAll(node.children, extend(scope, node.iterator.name), visitor);
        case 'ScopedSlotFragment':
            return visitAll(node.children, extend(scope, node.slotData.value.name), visitor);
        case 'ElseBlock':
            return visitAll(node.children, scope, visitor);
        default:
            visitElement(node, refer);
            if (node.type === 'Component') {
                visitor.element(node);
            }
            return visitAll(node.children, scope, visitor);
    }
}

function visitElement(element: BaseElement, refer: (value: Value, location: SourceLocation) => void): void {
    for (const { value, location } of [...element.attributes, ...element.properties, ...element.directives]) {
        refer(value, location);
    }
    for (const { handler, location } of element.listeners) {
        refer(handler, location);
    }
}

/** `row` of `row.account.id`. */
function firstName(value: Value): string | undefined {
    if (value.type === 'MemberExpression' && value.object !== undefined) {
        return firstName(value.object);
    }
    return value.type === 'Identifier' ? value.name : undefined;
}

function extend(scope: ReadonlySet<string>, ...names: (string | undefined)[]): ReadonlySet<string> {
    return new Set([...scope, ...names.filter((name) => name !== undefined)]);
}
