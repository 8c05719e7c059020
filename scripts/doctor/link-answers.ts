import { evaluateApex } from '../lib/anonymous-apex.ts';
import { soqlString, type BridgeOrg } from '../lib/org-connection.ts';

/** What became of a callout through the named credential. Answers of success are not kept: they hold records. */
export interface LinkAnswer {
    /** HTTP status; undefined when there was an exception. */
    readonly status?: number;
    /** Body of an answer other than 2xx, shortened. */
    readonly body?: string;
    /** Message of the exception. */
    readonly exception?: string;
}

export interface LinkAnswers {
    readonly identity: LinkAnswer & { readonly username?: string; readonly orgId?: string };
    readonly api: LinkAnswer;
}

const CHARACTERS = 400;

/** Calls the target from Apex of the source, as the named credential is used, without any class of this project. */
export function readLinkAnswers(source: BridgeOrg, namedCredential: string, apiPath: string): Promise<LinkAnswers> {
    const code = `
        Map<String, Map<String, Object>> answers = new Map<String, Map<String, Object>>();
        for (List<String> call : new List<List<String>>{
            new List<String>{ 'identity', '/services/oauth2/userinfo' },
            new List<String>{ 'api', ${soqlString(`${apiPath}?limit=1`)} }
        }) {
            Map<String, Object> answer = new Map<String, Object>();
            answers.put(call[0], answer);
            HttpRequest request = new HttpRequest();
            request.setMethod('GET');
            request.setEndpoint(${soqlString(`callout:${namedCredential}`)} + call[1]);
            request.setTimeout(60000);
            try {
                HttpResponse response = new Http().send(request);
                answer.put('status', response.getStatusCode());
                if (response.getStatusCode() >= 300) {
                    answer.put('body', response.getBody().left(${CHARACTERS}));
                } else if (call[0] == 'identity') {
                    Map<String, Object> user = (Map<String, Object>) JSON.deserializeUntyped(response.getBody());
                    answer.put('username', user.get('preferred_username'));
                    answer.put('orgId', user.get('organization_id'));
                }
            } catch (Exception thrown) {
                answer.put('exception', thrown.getMessage());
            }
        }`;
    return evaluateApex<LinkAnswers>(source, code, 'answers');
}

export function isGood({ status = 0 }: LinkAnswer): boolean {
    return status >= 200 && status < 300;
}

/** The answer as one text. */
export function textOf({ status, body, exception }: LinkAnswer): string {
    return exception ?? `HTTP ${status}${body === undefined || body === '' ? '' : ` ${body}`}`;
}
