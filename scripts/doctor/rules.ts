import { ACCESS } from './rules/access.ts';
import { API } from './rules/api.ts';
import { APP } from './rules/app.ts';
import { ASSERTION } from './rules/assertion.ts';
import { CREDENTIAL } from './rules/credential.ts';
import { LOGIN } from './rules/login.ts';
import { REACH } from './rules/reach.ts';
import { RUN_AS } from './rules/run-as.ts';
import type { DoctorRule } from './rule.ts';

/** Every cause that the doctor knows, by the part of the link that it breaks; in the order of a call. */
export const RULE_FAMILIES: Readonly<Record<string, readonly DoctorRule[]>> = {
    'Reaching the orgs': REACH,
    'Credentials of the source org': CREDENTIAL,
    'Certificate and assertions': ASSERTION,
    'Login and consent': LOGIN,
    'Access in the source org': ACCESS,
    'App of the target org': APP,
    'User as whom the source acts': RUN_AS,
    'API of the target org, and the code of both': API
};

export const RULES: readonly DoctorRule[] = Object.values(RULE_FAMILIES).flat();
