export { startOrg, startOrgPair } from './pair/org-pair.ts';
export type {
    CommonOptions,
    OrgControl,
    OrgInfo,
    OrgOptions,
    OrgPair,
    OrgPairOptions,
    RunningOrg
} from './pair/org-pair.ts';
