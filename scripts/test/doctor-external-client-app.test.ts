import { ALL_WAYS, describeDoctor } from './support/doctor-flows.ts';

// Client credentials have a test of their own.
describeDoctor('external-client-app', ALL_WAYS.slice(1));
