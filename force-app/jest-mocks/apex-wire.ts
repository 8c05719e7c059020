import { createApexTestWireAdapter } from '@salesforce/sfdx-lwc-jest';

/** Stands in for an import of a cacheable Apex method: tests emit what the wire provisions. */
export default createApexTestWireAdapter(jest.fn());
