import { Decimal } from '../../values/index.ts';
import { valueOfText } from '../field-text.ts';
import { evaluateFormula } from './evaluate-formula.ts';
import { FormulaError, parseFormula } from './parse-formula.ts';
import type { FieldDef } from '../types.ts';
import type { FieldValue } from '../../values/index.ts';
import type { FormulaScope } from './evaluate-formula.ts';

/** What a new record has in a field that nobody set; null for none. */
export function defaultValue(field: FieldDef, at: Pick<FormulaScope, 'now' | 'timeZone'>): FieldValue {
    const choice = field.picklistValues.find((candidate) => candidate.defaultValue);
    if (choice !== undefined) return choice.value;
    if (field.type === 'boolean') return field.defaultValue === 'true';
    const text = field.defaultValue;
    return text === undefined ? null : evaluateDefault(text.trim(), field, at);
}

/** Default values of custom fields are formulas; those of texts may be the bare text. */
function evaluateDefault(formula: string, field: FieldDef, at: Pick<FormulaScope, 'now' | 'timeZone'>): FieldValue {
    const literal = valueOfText(field, formula);
    if (literal instanceof Decimal || typeof literal === 'number') return literal;
    const scope = {
        field: (path: readonly string[]): FieldValue => {
            throw new FormulaError(`the field ${path.join('.')} in a default value is not supported by the local org`);
        },
        isNew: true,
        ...at,
        blankAsZero: false
    };
    try {
        return evaluateFormula(parseFormula(formula), scope);
    } catch (error) {
        if (error instanceof FormulaError) throw new Error(`Default value of ${field.name}: ${error.message}`);
        throw error;
    }
}
