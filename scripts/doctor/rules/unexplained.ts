import { failure, isBroken } from '../link-state.ts';
import type { DoctorRule } from '../rule.ts';

/** The last word: whatever the other rules do not know is shown as the org said it. */
export const UNEXPLAINED: DoctorRule = {
    id: 'link-broken',
    severity: 'error',
    org: 'source',
    title: 'The link does not work, and no known cause fits',
    fix: 'Read the answer of the org; npm run bridge -- repair sets everything up again.',
    find: (facts) => {
        if (!isBroken(facts)) {
            return undefined;
        }
        const answer = failure(facts);
        return answer === '' ? 'The source org ran no anonymous Apex, so the link could not be tried' : answer;
    }
};
