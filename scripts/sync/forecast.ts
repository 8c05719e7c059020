import { isRequired } from './generate/object-facts.ts';
import type { LoadFailure } from './load.ts';
import type { Route } from './route.ts';
import type { SurveyedRow } from './survey.ts';

/** What the receiver's schema says about the fields that a route fills. */
export interface ReceiverSchema {
    readonly fields: readonly ReceiverField[];
    readonly receiver: string;
}

export interface ReceiverField {
    /** Field of the sender. */
    readonly from: string;
    readonly to: string;
    /** Characters; undefined when the field takes any. */
    readonly length: number | undefined;
    /** A new record needs a value. */
    readonly isRequired: boolean;
    /** Values of a restricted picklist. */
    readonly values: ReadonlySet<string> | undefined;
}

/** Transforms that leave the text as it is, or no longer than it is. */
const PLAIN: ReadonlySet<string> = new Set(['None', 'Trim', 'Upper', 'Lower']);
const TEXTS: ReadonlySet<string> = new Set(['string', 'textarea', 'phone', 'url', 'email', 'encryptedstring']);

export async function readReceiverSchema(route: Route): Promise<ReceiverSchema> {
    const described = await route.receiver.org.connection.describe(route.receiverObject);
    const byName = new Map(described.fields.map((field) => [field.name.toLowerCase(), field]));
    const fields = route.fields.flatMap(({ from, to, transform }) => {
        const field = byName.get(to.toLowerCase());
        if (field === undefined || !PLAIN.has(transform)) return [];
        return [
            {
                from,
                to,
                length: TEXTS.has(field.type) ? field.length : undefined,
                isRequired: isRequired(field),
                values: field.restrictedPicklist
                    ? new Set(
                          (field.picklistValues ?? []).filter(({ active }) => active).map(({ value }) => String(value))
                      )
                    : undefined
            }
        ];
    });
    return { fields, receiver: route.receiver.org.role };
}

/** Why the receiver will refuse a record, as far as its schema says. */
export function refusalOf(
    { id, step, values }: SurveyedRow,
    { fields, receiver }: ReceiverSchema
): LoadFailure | undefined {
    for (const { from, to, length, isRequired: needsValue, values: allowed } of fields) {
        const value = values[from] ?? null;
        if (value === null) {
            if (needsValue && step === 'create') {
                return {
                    id,
                    code: 'REQUIRED_FIELD_MISSING',
                    message: `${to} of the ${receiver} org needs a value.`,
                    remedy: `Fill in ${from}.`
                };
            }
        } else if (length !== undefined && value.length > length) {
            return {
                id,
                code: 'STRING_TOO_LONG',
                message: `${to} of the ${receiver} org takes ${length} characters, ${from} has ${value.length}.`,
                remedy: `Shorten ${from}, or lengthen ${to}.`
            };
        } else if (allowed !== undefined && !allowed.has(value)) {
            return {
                id,
                code: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
                message: `${to} of the ${receiver} org has no value "${value}".`,
                remedy: `Add the value to ${to}, or give the field a picklist map.`
            };
        }
    }
    return undefined;
}
