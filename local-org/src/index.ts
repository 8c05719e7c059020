export { FaultSettingsError } from './lab/fault-settings.ts';
export { startOrg, startOrgPair } from './pair/org-pair.ts';
export type { Fault } from './lab/fault-plan.ts';
export type { Laboratory, LaboratoryReport } from './pair/laboratory.ts';
export type {
    CommonOptions,
    OrgControl,
    OrgInfo,
    OrgOptions,
    OrgPair,
    OrgPairOptions,
    RunningOrg
} from './pair/org-pair.ts';
