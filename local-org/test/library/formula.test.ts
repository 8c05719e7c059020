import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apexOrg } from './apex-org.ts';

test('formulas are evaluated for records and for objects of classes', () => {
    const apex = apexOrg();
    apex.install(`global class Box { global Integer width = 2; global String name = 'b'; }`);
    const lines = apex.run(`
        FormulaEval.FormulaInstance area = Formula.builder()
            .withType(Account.SObjectType)
            .withReturnType(FormulaEval.FormulaReturnType.INTEGER)
            .withFormula('NumberOfEmployees * 2 + LEN(Name)')
            .build();
        System.debug(area.evaluate(new Account(Name = 'abc', NumberOfEmployees = 10)));
        System.debug(area.getReferencedFields());
        System.debug(Formula.builder().withType(Box.class).withReturnType(FormulaEval.FormulaReturnType.STRING)
            .withFormula('IF(width > 1, UPPER(name), "small")').build().evaluate(new Box()));
    `);
    assert.deepEqual(lines, ['23', '{NumberOfEmployees, Name}', 'B']);
});

test('a formula may be a template', () => {
    const builder = `FormulaEval.FormulaBuilder b = Formula.builder().withType(Account.SObjectType)
        .withReturnType(FormulaEval.FormulaReturnType.STRING).parseAsTemplate(true);`;
    assert.deepEqual(
        apexOrg().run(`${builder}
            FormulaEval.FormulaInstance text = b.withFormula('{!name} ({!Account.Website}): {!IF(LEN(Name) > 2, "}", "-")}').build();
            System.debug(text.evaluate(new Account(Name = 'abc', Website = 'w')));
            System.debug(text.getReferencedFields());`),
        ['abc (w): }', '{name, Website, Name}']
    );
    assert.match(apexOrg().failure(`${builder} b.withFormula('{!Name').build();`), /FormulaValidationException/);
});

test('what is no formula is refused when it is built or evaluated', () => {
    const apex = apexOrg();
    const builder = `FormulaEval.FormulaBuilder b = Formula.builder().withType(Account.SObjectType)
        .withReturnType(FormulaEval.FormulaReturnType.BOOLEAN);`;
    assert.match(apex.failure(`${builder} b.withFormula('1 +').build();`), /FormulaValidationException/);
    assert.match(apex.failure(`${builder} b.withFormula('Nope__c = 1').build().evaluate(new Account());`), /Nope__c/);
});

test('formula fields of a record in memory follow its other fields', () => {
    const apex = apexOrg();
    apex.deploy('CustomField', 'Account.Twice__c', {
        label: 'Twice',
        type: 'Number',
        precision: '18',
        scale: '0',
        formula: 'NumberOfEmployees * 2'
    });
    const lines = apex.run(`
        Account a = new Account(NumberOfEmployees = 4);
        Formula.recalculateFormulas(new List<SObject>{ a });
        System.debug(a.Twice__c);
        System.debug(Formula.recalculateFormulas(new List<Account>{ a })[0].isSuccess());
    `);
    assert.deepEqual(lines, ['8', 'true']);
});
