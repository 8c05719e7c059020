import type { ApexParserRuleContext } from '@apexdevtools/apex-parser';
import type { Identifier, Node } from './ast.ts';

/** Any context of the parse tree; all have their first token and their text. */
export type Context = Pick<ApexParserRuleContext, 'start' | 'stop' | 'getText' | 'children'>;

/** 1-based position of a context's first token; ANTLR counts columns from 0. */
export function at(context: Context): Node {
    return { line: context.start.line, column: context.start.column + 1 };
}

export function identifier(context: Context): Identifier {
    return { ...at(context), name: context.getText() };
}

/** Source text from the first to the last character of a context. */
export function sourceText(context: Context): string {
    return slice(context, context.start.start, context.stop?.stop ?? context.start.stop);
}

export function slice(context: Context, from: number, to: number): string {
    return from > to ? '' : context.start.getInputStream().getText(from, to);
}
