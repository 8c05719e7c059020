import { evaluateFormula, type FormulaValue } from '../../../schema/formula/evaluate-formula.ts';
import { FormulaError, parseFormula, type Formula } from '../../../schema/formula/parse-formula.ts';
import { templateFormula } from '../../../schema/formula/parse-template.ts';
import type { FieldDef } from '../../../schema/types.ts';
import { Decimal, SObject, type FieldValue } from '../../../values/index.ts';
import type { EnumValue } from '../../runtime/enum-value.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import * as types from '../../types/apex-types.ts';
import type { ApexType } from '../../types/types.ts';
import { elementsOf, noNulls } from '../arguments.ts';
import { beanClass, BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import { ApexSet } from '../collections/apex-set.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';
import type { SObjectTypeToken } from '../schema/tokens.ts';
import type { TypeObject } from '../system/type.ts';
import { formulaScope } from './formula-scope.ts';

const RECALC_RESULT = types.platformType('System.FormulaRecalcResult');
const FIELD_ERROR = types.platformType('System.FormulaRecalcFieldError');

const RETURN_TYPES: Readonly<Record<string, ApexType>> = {
    BOOLEAN: types.BOOLEAN,
    DATE: types.DATE,
    DATETIME: types.DATETIME,
    DECIMAL: types.DECIMAL,
    DOUBLE: types.DOUBLE,
    ID: types.ID,
    INTEGER: types.INTEGER,
    LONG: types.LONG,
    STRING: types.STRING,
    TIME: types.TIME
};

class FormulaBuilder extends NativeObject {
    readonly className = 'FormulaEval.FormulaBuilder';
    text: string | undefined;
    returnType: ApexType | undefined;
    /** Name of the object or class that the formula is about. */
    context: string | undefined;
    isTemplate = false;
    blankAsZero = false;
}

class FormulaInstance extends NativeObject {
    readonly className = 'FormulaEval.FormulaInstance';
    readonly formula: Formula;
    readonly returnType: ApexType;
    readonly blankAsZero: boolean;

    constructor(formula: Formula, { returnType = types.STRING, blankAsZero }: FormulaBuilder) {
        super();
        this.formula = formula;
        this.returnType = returnType;
        this.blankAsZero = blankAsZero;
    }
}

function refuse(rt: Runtime, error: unknown, type: 'Validation' | 'Evaluation'): never {
    if (error instanceof FormulaError) return rt.throwNew(`System.Formula${type}Exception`, error.message);
    throw error;
}

function build(rt: Runtime, builder: FormulaBuilder): FormulaInstance {
    const { text, returnType, context, isTemplate } = builder;
    if (text === undefined || returnType === undefined || context === undefined) {
        return rt.throwNew(
            'System.FormulaValidationException',
            'Specify the formula, its return type and its context.'
        );
    }
    try {
        const formula = isTemplate ? withoutContext(templateFormula(text), context) : parseFormula(text);
        return new FormulaInstance(formula, builder);
    } catch (error) {
        return refuse(rt, error, 'Validation');
    }
}

function evaluate(rt: Runtime, self: FormulaInstance, context: object | null): unknown {
    try {
        const value = evaluateFormula(self.formula, formulaScope(rt, context ?? rt.nullPointer(), self.blankAsZero));
        return converted(rt, value, self.returnType);
    } catch (error) {
        return refuse(rt, error, 'Evaluation');
    }
}

/** Numbers of a formula are Decimal; whole return types drop what is behind the point. */
function converted(rt: Runtime, value: FormulaValue, type: ApexType): unknown {
    if (!(value instanceof Decimal)) return rt.cast(value, type);
    const whole = value.setScale(0, 'DOWN').toPlainString();
    if (type === types.INTEGER) return Number(whole);
    return type === types.LONG ? BigInt(whole) : rt.cast(value, type);
}

/** A merge field may name the object first: `{!Account.Name}`. */
function withoutContext(formula: Formula, context: string): Formula {
    const inner = (one: Formula): Formula => withoutContext(one, context);
    switch (formula.kind) {
        case 'field': {
            const [first = '', ...rest] = formula.path;
            const isNamed = rest.length > 0 && first.toLowerCase() === context.toLowerCase();
            return isNamed ? { ...formula, path: rest } : formula;
        }
        case 'call':
            return { ...formula, args: formula.args.map(inner) };
        case 'unary':
            return { ...formula, operand: inner(formula.operand) };
        case 'binary':
            return { ...formula, left: inner(formula.left), right: inner(formula.right) };
        default:
            return formula;
    }
}

function fieldsIn(formula: Formula): string[] {
    switch (formula.kind) {
        case 'field':
            return [formula.path.join('.')];
        case 'call':
            return formula.args.flatMap(fieldsIn);
        case 'unary':
            return fieldsIn(formula.operand);
        case 'binary':
            return [...fieldsIn(formula.left), ...fieldsIn(formula.right)];
        default:
            return [];
    }
}

/** Sets an option and gives the builder back. */
function option<T>(set: (builder: FormulaBuilder, value: T) => void): NativeMethod {
    return noNulls((_rt, self: FormulaBuilder, value: T) => {
        set(self, value);
        return self;
    });
}

/** Works out the formula fields of a record in memory, from its other fields as they are. */
export function recalculate(rt: Runtime, record: SObject): BeanObject[] {
    const fields = Array.from(rt.org.schema.object(record.type)?.fields.values() ?? []);
    return fields.flatMap((field) => (field.formula === undefined ? [] : recalculateField(rt, record, field)));
}

function recalculateField(rt: Runtime, record: SObject, field: FieldDef): BeanObject[] {
    try {
        const value = evaluateFormula(parseFormula(field.formula ?? ''), formulaScope(rt, record, true));
        record.set(field.name, fieldValue(value, field));
        return [];
    } catch (error) {
        if (!(error instanceof FormulaError)) throw error;
        const message = error.message;
        return [new BeanObject('System.FormulaRecalcFieldError', { fieldName: field.name, fieldError: message })];
    }
}

function fieldValue(value: FormulaValue, { type, scale }: FieldDef): FieldValue {
    if (type === 'boolean') return value === true;
    return value instanceof Decimal ? value.setScale(scale, 'HALF_UP') : value;
}

function recalculateAll(rt: Runtime, list: ApexList | null): ApexList {
    const results = elementsOf(rt, list).map((item) => {
        const record = item instanceof SObject ? item : rt.nullPointer();
        const errors = recalculate(rt, record);
        return new BeanObject('System.FormulaRecalcResult', {
            errors: new ApexList(FIELD_ERROR, errors),
            sObject: record,
            success: errors.length === 0
        });
    });
    return new ApexList(RECALC_RESULT, results);
}

/** Formula and FormulaEval (Apex Reference, FormulaEval Namespace), with the functions that formula fields know here. */
export const formulaClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'System.Formula',
        statics: { 'builder()': () => new FormulaBuilder(), 'recalculateFormulas(List)': recalculateAll }
    }),
    nativeClass({
        name: 'FormulaEval.FormulaBuilder',
        statics: { 'builder()': () => new FormulaBuilder() },
        methods: {
            'build()': build,
            'parseAsTemplate(Boolean)': option((builder, value: boolean) => {
                builder.isTemplate = value;
            }),
            'treatNumericNullAsZero(Boolean)': option((builder, value: boolean) => {
                builder.blankAsZero = value;
            }),
            'withFormula(String)': option((builder, text: string) => {
                builder.text = text;
            }),
            'withGlobalVariables(List)': option(() => undefined),
            'withReturnType(FormulaReturnType)': option((builder, type: EnumValue) => {
                builder.returnType = RETURN_TYPES[type.name];
            }),
            'withType(SObjectType)': option((builder, { object }: SObjectTypeToken) => {
                builder.context = object;
            }),
            'withType(Type)': option((builder, { type }: TypeObject) => {
                builder.context = type.name.slice(type.name.lastIndexOf('.') + 1);
            })
        }
    }),
    nativeClass({
        name: 'FormulaEval.FormulaInstance',
        methods: {
            'evaluate(Object)': evaluate,
            'getReferencedFields()': (rt, self: FormulaInstance) =>
                ApexSet.of(rt, types.STRING, new Set(fieldsIn(self.formula)))
        }
    }),
    beanClass('System.FormulaRecalcResult', { readOnly: true }),
    beanClass('System.FormulaRecalcFieldError', { readOnly: true })
];
