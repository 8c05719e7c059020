import { FormulaError, parseFormula, type Formula } from './parse-formula.ts';

/** A piece of a template: plain text, or a merge field `{!Contact.FirstName}`, which may be any formula. */
export type TemplatePart =
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'merge'; readonly formula: Formula; readonly source: string; readonly offset: number };

/** What is wrong with a merge field, and where in the template it begins. */
export class TemplateError extends FormulaError {
    readonly source: string;
    readonly offset: number;

    constructor(message: string, source: string, offset: number) {
        super(message);
        this.source = source;
        this.offset = offset;
    }
}

/** Throws TemplateError. Source: Salesforce Help, "Merge Field Syntax". */
export function parseTemplate(text: string): TemplatePart[] {
    const parts: TemplatePart[] = [];
    let at = 0;
    for (let start = text.indexOf('{!'); start >= 0; start = text.indexOf('{!', at)) {
        if (start > at) parts.push({ kind: 'text', text: text.slice(at, start) });
        at = endOf(text, start);
        const source = text.slice(start + 2, at - 1).trim();
        parts.push({ kind: 'merge', formula: formulaOf(source, start), source, offset: start });
    }
    if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
    return parts;
}

/** The template as a formula that joins its parts to one text. */
export function templateFormula(text: string): Formula {
    const parts = parseTemplate(text).map((part): Formula =>
        part.kind === 'text' ? { kind: 'literal', value: part.text } : part.formula
    );
    const nothing: Formula = { kind: 'literal', value: '' };
    return parts.reduce((left, right): Formula => ({ kind: 'binary', operator: '&', left, right }), nothing);
}

/** Behind the brace that closes a merge field; braces in texts of its formula are none. */
function endOf(text: string, start: number): number {
    let quote = '';
    for (let at = start + 2; at < text.length; at += 1) {
        const character = text[at];
        if (quote === '' && character === '}') return at + 1;
        if (quote !== '' && character === '\\') at += 1;
        else if (character === quote) quote = '';
        else if (quote === '' && (character === '"' || character === "'")) quote = character;
    }
    throw new TemplateError('A merge field is not closed', text.slice(start), start);
}

function formulaOf(source: string, offset: number): Formula {
    try {
        return parseFormula(source);
    } catch (error) {
        if (error instanceof FormulaError) throw new TemplateError(error.message, source, offset);
        throw error;
    }
}
