/** What the values of standard picklists mean in a new org, beyond their texts (Object Reference: OpportunityStage, CaseStatus, ...). */
interface Stage {
    readonly isClosed: boolean;
    readonly isWon: boolean;
    /** Percent. */
    readonly probability: number;
    readonly category: string;
    readonly categoryName: string;
}

const pipeline = (probability: number): Stage => ({
    isClosed: false,
    isWon: false,
    probability,
    category: 'Pipeline',
    categoryName: 'Pipeline'
});

const STAGES: Readonly<Record<string, Stage>> = {
    Prospecting: pipeline(10),
    Qualification: pipeline(10),
    'Needs Analysis': pipeline(20),
    'Value Proposition': pipeline(50),
    'Id. Decision Makers': pipeline(60),
    'Perception Analysis': pipeline(70),
    'Proposal/Price Quote': pipeline(75),
    'Negotiation/Review': pipeline(90),
    'Closed Won': { isClosed: true, isWon: true, probability: 100, category: 'Closed', categoryName: 'Closed' },
    'Closed Lost': { isClosed: true, isWon: false, probability: 0, category: 'Omitted', categoryName: 'Omitted' }
};

/** Of an opportunity; a stage of the org's own is one of the pipeline. */
export function stageOf(name: string): Stage {
    return STAGES[name] ?? pipeline(0);
}

export const isClosedCase = (status: string): boolean => status === 'Closed';
export const isClosedTask = (status: string): boolean => status === 'Completed';
export const isHighPriorityTask = (priority: string): boolean => priority === 'High';
export const isConvertedLead = (status: string): boolean => status === 'Closed - Converted';

/** `StatusCode` of a contract: what the status stands for. */
export function contractStatusCode(status: string): string {
    return status === 'In Approval Process' ? 'InApproval' : status;
}
