import { isGood, textOf } from './link-answers.ts';
import type { Facts } from './facts.ts';

/** Whether a new token could not be had or the API not be called. */
export function isBroken({ refresh, answers }: Facts): boolean {
    return (refresh !== undefined && refresh !== '') || answers === undefined || !isGood(answers.api);
}

/** The answer that shows where the link breaks: the refused token first, as what follows from it. */
export function failure({ refresh, answers }: Facts): string {
    const refused = answers?.identity.exception ?? answers?.api.exception;
    if (refused !== undefined) {
        return refused;
    }
    if (refresh !== undefined && refresh !== '') {
        return refresh;
    }
    return answers === undefined || isGood(answers.api) ? '' : textOf(answers.api);
}

/** Every text that an org gave as a reason, to look for a known one in. */
function allFailures({ refresh = '', answers }: Facts): string {
    const calls = answers === undefined ? [] : [answers.identity, answers.api].filter((answer) => !isGood(answer));
    return [refresh, ...calls.map(textOf)].filter((text) => text !== '').join('\n');
}

/** The one line of the failures that holds a text; undefined when none does. */
export function failureWith(facts: Facts, part: string): string | undefined {
    return allFailures(facts)
        .split('\n')
        .find((line) => line.includes(part));
}

/** A setting as the org has it, with what came of it. */
export function setting(facts: Facts, text: string): string {
    const answer = isBroken(facts) ? failure(facts) : '';
    return answer === '' ? text : `${text}; the call was answered: ${answer}`;
}
