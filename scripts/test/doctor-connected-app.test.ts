import { ALL_WAYS, describeDoctor } from './support/doctor-flows.ts';

describeDoctor('connected-app', ALL_WAYS);
