import type { LocalOrg } from '../../org/local-org.ts';
import type { Session } from '../../org/sessions.ts';
import type { XmlElement } from '../../deploy/document/parse-xml.ts';
import { childText, SoapFault } from './envelope.ts';

/** Content of the answer. */
type Operation = (input: XmlElement, org: LocalOrg, session: Session) => Readonly<Record<string, unknown>>;

/** Calls of the partner API that have no REST form in the stock clients. Source: SOAP API Developer Guide, setPassword(). */
export const PARTNER_OPERATIONS: ReadonlyMap<string, Operation> = new Map(
    Object.entries<Operation>({
        setPassword: (input, org, session) => {
            const user = org.users.byId(childText(input, 'userId') ?? '');
            if (user === undefined) {
                throw new SoapFault('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
            }
            const maySet = ['ManageUsers', 'ResetPasswords'].some((name) =>
                org.access.userPermission(session.userId, name)
            );
            if (!maySet && user.id !== session.userId) {
                throw new SoapFault('INSUFFICIENT_ACCESS', 'insufficient access rights on object id');
            }
            const password = childText(input, 'password') ?? '';
            if (password.length < SHORTEST_PASSWORD) {
                const text = `Your password must be at least ${SHORTEST_PASSWORD} characters long.`;
                throw new SoapFault('INVALID_NEW_PASSWORD', text);
            }
            org.passwords.set(user.id, password);
            return { result: {} };
        }
    })
);

/** Of the password policy that a fresh org has. */
const SHORTEST_PASSWORD = 8;
