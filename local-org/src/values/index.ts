/**
 * Runtime values shared by the store, SOQL, Apex and JSON. One Apex type, one JavaScript representation, so that the
 * type of a value can always be told from the value itself:
 *
 * | Apex                      | JavaScript                                  |
 * | ------------------------- | ------------------------------------------- |
 * | null                      | null (never undefined)                      |
 * | Boolean                   | boolean                                     |
 * | Integer                   | number, a 32-bit integer                    |
 * | Long                      | bigint, a 64-bit integer                    |
 * | Double                    | Double                                      |
 * | Decimal                   | Decimal (unscaled bigint and scale)         |
 * | String                    | string                                      |
 * | Id                        | Id (18 characters)                          |
 * | Date / Datetime / Time    | ApexDate / Datetime / Time                  |
 * | Blob                      | Blob                                        |
 * | SObject                   | SObject                                     |
 */
export { Decimal, type RoundingMode } from './decimal.ts';
export { Double } from './double.ts';
export { Id } from './id.ts';
export { ApexDate } from './date.ts';
export { Datetime } from './datetime.ts';
export { Time } from './time.ts';
export { Blob } from './blob.ts';
export { SObject } from './sobject.ts';
export type { FieldValue } from './field-value.ts';
