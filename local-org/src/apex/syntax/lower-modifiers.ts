import type { ElementValuePairContext, ModifierContext } from '@apexdevtools/apex-parser';
import type { Annotation, AnnotationProperty, AnnotationValue, Modifiers, Node } from './ast.ts';
import { lowerLiteral } from './lower-primaries.ts';
import { at, type Context } from './positions.ts';

export function lowerModifiers(contexts: readonly ModifierContext[]): Modifiers {
    const words: string[] = [];
    const annotations: Annotation[] = [];
    for (const context of contexts) {
        const annotation = context.annotation();
        if (annotation === null) {
            const tokens = (context.children ?? []) as unknown as { getText(): string }[];
            words.push(tokens.map((token) => token.getText().toLowerCase()).join(' '));
        } else {
            annotations.push(lowerAnnotation(annotation));
        }
    }
    return { words, annotations };
}

function lowerAnnotation(context: ReturnType<ModifierContext['annotation']>): Annotation {
    const pairs = context.elementValuePairs();
    const alone = context.elementValue();
    const properties: AnnotationProperty[] =
        alone === null
            ? (pairs?.elementValuePair_list() ?? []).map(lowerPair)
            : [{ ...at(alone), name: '', value: literalValue(lowerLiteral(alone.literal())) }];
    const spelling = context.id().getText();
    return {
        ...at(context),
        name: spelling.toLowerCase(),
        spelling,
        values: Object.fromEntries(properties.map(({ name, value }) => [name.toLowerCase(), value])),
        properties,
        comma: pairs === null ? undefined : firstComma(pairs)
    };
}

function lowerPair(pair: ElementValuePairContext): AnnotationProperty {
    const value = literalValue(lowerLiteral(pair.elementValue().literal()));
    return { ...at(pair), name: pair.id().getText(), value };
}

function firstComma(context: Context): Node | undefined {
    const parts = (context.children ?? []) as unknown as { getText(): string; symbol?: Context['start'] }[];
    const token = parts.find((part) => part.getText() === ',')?.symbol;
    return token === undefined ? undefined : { line: token.line, column: token.column + 1 };
}

function literalValue(literal: ReturnType<typeof lowerLiteral>): AnnotationValue {
    if (literal.type === 'string') return literal.text;
    if (literal.type === 'boolean') return literal.text === 'true';
    return literal.type === 'null' ? null : Number(literal.text);
}
