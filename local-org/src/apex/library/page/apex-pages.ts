import type { EnumValue } from '../../runtime/enum-value.ts';
import { platformEnumValue } from '../../runtime/enum-value.ts';
import type { SObject } from '../../../values/index.ts';
import { ApexException } from '../../runtime/apex-exception.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType } from '../../types/apex-types.ts';
import { noNulls } from '../arguments.ts';
import { beanClass, BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import { modeOf } from '../database/access-level.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { CurrentPage, currentPage, holds, PageReferenceObject, recordPage } from './page-reference.ts';

const MESSAGE = platformType('ApexPages.Message');

function addMessage(rt: Runtime, message: BeanObject): void {
    rt.tx.state(CurrentPage).messages.push(message);
}

/** Messages of an exception: one per failed row of a DmlException, else its own. */
function addMessages(rt: Runtime, exception: unknown): void {
    const error = exception instanceof ApexException ? exception : rt.nullPointer();
    addMessage(
        rt,
        new BeanObject('ApexPages.Message', {
            severity: platformEnumValue('ApexPages.Severity', 'ERROR'),
            summary: error.message,
            detail: error.message,
            componentLabel: null
        })
    );
}

function hasMessages(rt: Runtime, severity?: EnumValue | null): boolean {
    const { messages } = rt.tx.state(CurrentPage);
    return messages.some((message) => severity === undefined || message.get('severity') === severity);
}

/** `ApexPages.StandardController`: the record a page is about. */
class StandardController extends NativeObject {
    readonly className = 'ApexPages.StandardController';
    readonly record: SObject;

    constructor(record: SObject) {
        super();
        this.record = record;
    }
}

function save(rt: Runtime, { record }: StandardController): PageReferenceObject {
    const operation = record.id === null ? 'insert' : 'update';
    rt.data.dml(operation, [record], { allOrNone: true, mode: modeOf(rt, undefined) });
    return recordPage(rt, record);
}

function deleteRecord(rt: Runtime, { record }: StandardController): PageReferenceObject {
    rt.data.dml('delete', [record], { allOrNone: true, mode: modeOf(rt, undefined) });
    return new PageReferenceObject(rt, `/${record.id?.prefix ?? ''}/o`);
}

const MESSAGE_FIELDS = ['severity', 'summary', 'detail', 'componentLabel'];
const newMessage = holds('ApexPages.Message', MESSAGE_FIELDS, { componentLabel: null });

const OPTION_DEFAULTS = { disabled: false, escapeItem: true };
const newOption = holds('System.SelectOption', ['value', 'label', 'disabled'], OPTION_DEFAULTS);

/** ApexPages, its messages and StandardController (Apex Reference, ApexPages Namespace), as far as tests use them. */
export const apexPagesClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'System.ApexPages',
        statics: {
            'addMessage(Message)': noNulls(addMessage),
            'addMessages(Object)': addMessages,
            'currentPage()': currentPage,
            'getMessages()': (rt) => new ApexList(MESSAGE, [...rt.tx.state(CurrentPage).messages]),
            'hasMessages()': (rt) => hasMessages(rt),
            'hasMessages(Severity)': hasMessages
        }
    }),
    beanClass('ApexPages.Message', {
        readOnly: true,
        extra: {
            constructors: {
                '(Severity,String)': (rt, type, severity, summary) => newMessage(rt, type, severity, summary, summary),
                '(Severity,String,String)': newMessage,
                '(Severity,String,String,String)': newMessage
            }
        }
    }),
    nativeClass({
        name: 'ApexPages.StandardController',
        constructors: {
            '(SObject)': (rt, _type, record: SObject | null) => new StandardController(record ?? rt.nullPointer())
        },
        methods: {
            'addFields(List)': () => undefined,
            'cancel()': (rt, self: StandardController) => recordPage(rt, self.record),
            'delete()': deleteRecord,
            'edit()': (rt, self: StandardController) => recordPage(rt, self.record, '/e'),
            'getId()': (_rt, self: StandardController) => self.record.id?.value ?? null,
            'getRecord()': (_rt, self: StandardController) => self.record,
            'save()': save,
            'view()': (rt, self: StandardController) => recordPage(rt, self.record)
        }
    }),
    beanClass('System.SelectOption', {
        readOnly: true,
        extra: { constructors: { '(String,String)': newOption, '(String,String,Boolean)': newOption } }
    })
];
