import { ApexException } from '../../runtime/apex-exception.ts';
import { nativeClass, type NativeClass } from '../native.ts';

/** Text that a Lightning component sees, apart from what Apex reads with getMessage. */
export class AuraClientMessage {
    readonly text: string | null;

    constructor(text: string | null) {
        this.text = text;
    }
}

/** The text a client sees for an exception that leaves an @AuraEnabled method. */
export function clientMessageOf(exception: ApexException): string | null {
    return exception.details instanceof AuraClientMessage ? exception.details.text : exception.message;
}

/** AuraHandledException (Apex Reference): Apex itself reads "Script-thrown exception" until setMessage is called. */
export const auraHandledExceptionClass: NativeClass = nativeClass({
    name: 'System.AuraHandledException',
    constructors: {
        '(String)': (_rt, type, message: string | null) => {
            const exception = new ApexException(type, 'Script-thrown exception');
            exception.details = new AuraClientMessage(message);
            return exception;
        }
    }
});
