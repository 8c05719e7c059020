import { ACCESS } from './rules/access.ts';
import { API } from './rules/api.ts';
import { APP } from './rules/app.ts';
import { CREDENTIAL } from './rules/credential.ts';
import { REACH } from './rules/reach.ts';
import { RUN_AS } from './rules/run-as.ts';
import type { DoctorRule } from './rule.ts';

function ofExternalClientApps(rules: readonly DoctorRule[]): DoctorRule[] {
    return rules.map((rule) => ({ ...rule, apps: ['external-client-app'] }));
}

/** Every cause that the doctor knows, by the part of the link that it breaks; in the order of a call. */
export const RULE_FAMILIES: Readonly<Record<string, readonly DoctorRule[]>> = {
    'Reaching the orgs': REACH,
    'Credentials of the source org': CREDENTIAL,
    'Access in the source org': ACCESS,
    'App of the target org': ofExternalClientApps(APP),
    'Run-as user': ofExternalClientApps(RUN_AS),
    'API of the target org, and the code of both': API
};

export const RULES: readonly DoctorRule[] = Object.values(RULE_FAMILIES).flat();
