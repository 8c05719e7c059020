import type { ApexDate } from './date.ts';
import type { Blob } from './blob.ts';
import type { Datetime } from './datetime.ts';
import type { Decimal } from './decimal.ts';
import type { Double } from './double.ts';
import type { Id } from './id.ts';
import type { Time } from './time.ts';

/** What a record field can hold, in the store and in an SObject. Currency, percent and double fields hold Decimal. */
export type FieldValue =
    null | boolean | number | bigint | string | Decimal | Double | Id | ApexDate | Datetime | Time | Blob;
