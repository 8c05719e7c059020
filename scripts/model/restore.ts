import { evaluateApex } from '../lib/anonymous-apex.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';

/** Takes the newest deleted record of a name out of the recycle bin; false when there is none, or it is refused. */
export function restoreByKey(org: BridgeOrg, object: string, key: string): Promise<boolean> {
    return evaluateApex<boolean>(
        org,
        `List<SObject> gone = [
            SELECT Id FROM ${object} WHERE Name = '${key}' AND IsDeleted = TRUE ORDER BY Id DESC LIMIT 1 ALL ROWS
        ];
        Boolean restored = !gone.isEmpty() && Database.undelete(gone, false)[0].isSuccess();`,
        'restored'
    );
}
