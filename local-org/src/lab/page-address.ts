/** Page of the laboratory on either org of a pair. */
export const LABORATORY_PAGE = '/lightning/local/laboratory';
/** Carries the state of the laboratory, base64 of JSON, from the pair to the org that renders the page. */
export const REPORT_HEADER = 'x-local-laboratory';
