import { randomInt } from 'node:crypto';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const POD_LENGTH = 5;
const PREFIX_LENGTH = 3;

/** Characters that tell the ids of one org from another's; new for each fresh org, as clients keep state by org id. */
export function newPod(): string {
    return Array.from({ length: POD_LENGTH }, () => DIGITS[randomInt(DIGITS.length)]).join('');
}

/** The pod that an org's ids were made with. */
export function podOf(orgId: string): string {
    return orgId.slice(PREFIX_LENGTH, PREFIX_LENGTH + POD_LENGTH);
}
