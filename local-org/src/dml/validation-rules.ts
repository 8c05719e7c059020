import { flagOf, textOf } from '../schema/document.ts';
import { evaluateFormula } from '../schema/formula/evaluate-formula.ts';
import { FormulaError } from '../schema/formula/parse-formula.ts';
import { formulaOf, readPath } from '../soql/formula-value.ts';
import { formulaContextOf } from './dml-context.ts';
import type { MetadataDocument } from '../org/metadata-registry.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { DmlContext } from './dml-context.ts';
import type { WorkItem } from './work-item.ts';

/** A deployed validation rule: a record for which the formula is true is refused with the message. */
interface ValidationRule {
    readonly name: string;
    readonly formula: string;
    readonly message: string;
    readonly field: string | undefined;
}

export function validationRules(object: ObjectDef, { metadata }: DmlContext): readonly ValidationRule[] {
    const owner = `${object.name}.`.toLowerCase();
    const rules: ValidationRule[] = [];
    for (const { fullName, document } of metadata.list('ValidationRule')) {
        if (fullName.toLowerCase().startsWith(owner) && document !== undefined && flagOf(document, 'active')) {
            rules.push(ruleOf(fullName, document));
        }
    }
    return rules;
}

function ruleOf(name: string, document: MetadataDocument): ValidationRule {
    return {
        name,
        formula: textOf(document, 'errorConditionFormula') ?? 'FALSE',
        message: textOf(document, 'errorMessage') ?? '',
        field: textOf(document, 'errorDisplayField')
    };
}

/** Throws an Error that names the rule when its formula uses more than the local org evaluates. */
export function applyRules(
    item: WorkItem,
    object: ObjectDef,
    rules: readonly ValidationRule[],
    context: DmlContext
): void {
    const { now, timeZone } = context;
    const formulaContext = formulaContextOf(context);
    const { before, values } = item;
    const scope = {
        field: (path: readonly string[]) => readPath(values, object, path, formulaContext),
        priorField: (path: readonly string[]) => before && readPath(before, object, path, formulaContext),
        isNew: before === undefined,
        now,
        timeZone,
        blankAsZero: false
    };
    for (const { name, formula, message, field } of rules) {
        try {
            if (evaluateFormula(formulaOf(formula), scope) !== true) continue;
        } catch (error) {
            if (error instanceof FormulaError) throw new Error(`Validation rule ${name}: ${error.message}`);
            throw error;
        }
        const fields = field === undefined ? [] : [field];
        item.errors.push({ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message, fields });
    }
}
