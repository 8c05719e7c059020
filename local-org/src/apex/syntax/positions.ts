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
