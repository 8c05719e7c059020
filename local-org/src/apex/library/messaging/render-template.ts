import { evaluateFormula, toText } from '../../../schema/formula/evaluate-formula.ts';
import { FormulaError } from '../../../schema/formula/parse-formula.ts';
import { parseTemplate, TemplateError, type TemplatePart } from '../../../schema/formula/parse-template.ts';
import { Datetime, Id, type SObject } from '../../../values/index.ts';
import { platformEnumValue } from '../../runtime/enum-value.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType } from '../../types/apex-types.ts';
import { elementsOf } from '../arguments.ts';
import { BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import { MergeRecords, type MergeRecord } from './merge-records.ts';
import { notImplemented } from '../not-implemented.ts';

const RESULT = platformType('Messaging.RenderEmailTemplateBodyResult');
const ERROR = platformType('Messaging.RenderEmailTemplateError');

/** Objects whose records are people. */
const PEOPLE: ReadonlySet<string> = new Set(['Contact', 'Lead', 'User']);

/** `Messaging.renderEmailTemplate` (Apex Reference, Messaging Class): one result for each body. */
export function renderEmailTemplate(
    rt: Runtime,
    whoId: string | null,
    whatId: string | null,
    bodies: ApexList | null
): ApexList {
    const records = mergeRecords(rt, whoId, whatId);
    return new ApexList(
        RESULT,
        elementsOf(rt, bodies).map((body) => renderBody(rt, rt.toText(body ?? ''), records))
    );
}

function mergeRecords(rt: Runtime, whoId: string | null, whatId: string | null): MergeRecords {
    return new MergeRecords(rt, recordOf(rt, whoId, 'who'), recordOf(rt, whatId, 'what'));
}

function recordOf(rt: Runtime, text: string | null, role: 'who' | 'what'): MergeRecord | undefined {
    if (text === null || text === '') return undefined;
    const id = Id.tryParse(text);
    const object = id === undefined ? undefined : rt.org.schema.objectByKeyPrefix(id.prefix);
    if (id === undefined || object === undefined || PEOPLE.has(object.name) !== (role === 'who')) {
        const kind = role === 'who' ? 'a contact, lead or user' : 'a record that is no person';
        return rt.throwNew('System.EmailTemplateRenderException', `${role}Id must be the id of ${kind}: ${text}`);
    }
    return { object, id };
}

function renderBody(rt: Runtime, body: string, records: MergeRecords): BeanObject {
    try {
        const mergedBody = merged(body, records);
        return new BeanObject(RESULT.name, { success: true, mergedBody, errors: new ApexList(ERROR, []) });
    } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        const detail = new BeanObject(ERROR.name, {
            fieldName: error.source,
            message: error.message,
            offset: error.offset,
            statusCode: platformEnumValue('System.StatusCode', 'EMAIL_TEMPLATE_MERGEFIELD_ERROR')
        });
        return new BeanObject(RESULT.name, { success: false, mergedBody: null, errors: new ApexList(ERROR, [detail]) });
    }
}

/** Throws TemplateError. */
function merged(body: string, records: MergeRecords): string {
    return parseTemplate(body)
        .map((part) => mergedPart(part, records))
        .join('');
}

function mergedPart(part: TemplatePart, records: MergeRecords): string {
    if (part.kind === 'text') return part.text;
    const { formula, source, offset } = part;
    try {
        return formula.kind === 'field'
            ? records.shown(formula.path)
            : toText(evaluateFormula(formula, records.scope()));
    } catch (error) {
        if (error instanceof FormulaError) throw new TemplateError(error.message, source, offset);
        throw error;
    }
}

const TEMPLATE = 'SELECT Id, Name, TemplateType, Subject, Body, HtmlValue FROM EmailTemplate WHERE Id = :id';

/**
 * `Messaging.renderStoredEmailTemplate` (Apex Reference, Messaging Class): a mail that can be sent. The query for the template
 * counts. Templates of a local org have no attachments.
 */
export function renderStoredTemplate(
    rt: Runtime,
    templateId: string | null,
    whoId: string | null,
    whatId: string | null,
    _attachments: unknown = null,
    countsUse: boolean | null = false
): BeanObject {
    const id = Id.tryParse(templateId ?? rt.nullPointer());
    const found = id === undefined ? [] : rt.data.query(TEMPLATE, new Map([['id', id]]), 'system').records;
    const [template] = found;
    if (template === undefined) return refuse(rt, `There is no email template ${templateId}`);
    refuseForeign(rt, template);
    const records = mergeRecords(rt, whoId, whatId);
    const text = (field: string): string | null => mergedField(rt, template, field, records);
    const isPlain = template.get('TemplateType') === 'text';
    const mail = new BeanObject('Messaging.SingleEmailMessage', {
        charset: 'UTF-8',
        subject: text('Subject'),
        plainTextBody: text('Body'),
        htmlBody: isPlain ? null : text('HtmlValue')
    });
    if (countsUse === true) countUse(rt, template);
    return mail;
}

/** What is rendered by another part of the platform is not rendered here. */
function refuseForeign(rt: Runtime, template: SObject): void {
    const type = String(template.get('TemplateType'));
    const isLightning = ['Subject', 'Body', 'HtmlValue'].some((field) =>
        String(template.get(field) ?? '').includes('{{{')
    );
    const kind = isLightning
        ? 'Lightning email templates'
        : { visualforce: 'Visualforce email templates', html: 'email templates with a letterhead' }[type];
    if (kind === undefined) return;
    const what = `rendering ${kind}, as ${String(template.get('Name'))} is`;
    notImplemented(rt, what);
}

function mergedField(rt: Runtime, template: SObject, field: string, records: MergeRecords): string | null {
    const text = template.get(field) ?? null;
    if (text === null) return null;
    try {
        return merged(String(text), records);
    } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        return refuse(rt, `${String(template.get('Name'))}, ${field}: {!${error.source}}: ${error.message}`);
    }
}

function countUse(rt: Runtime, template: SObject): void {
    const row = template.id === null ? undefined : rt.org.database.readRow('EmailTemplate', template.id);
    const used = { TimesUsed: Number(row?.['TimesUsed'] ?? 0) + 1, LastUsedDate: new Datetime(rt.org.clock.now()) };
    rt.org.database.writeRow('EmailTemplate', { ...row, ...used });
}

function refuse(rt: Runtime, message: string): never {
    return rt.throwNew('System.EmailTemplateRenderException', message);
}
