import { textOf } from '../../schema/document.ts';
import type { MetadataHandler } from './metadata-handler.ts';
import { checkElement } from './references.ts';

/** Who runs the trigger of a platform event. Source: Metadata API Developer Guide, PlatformEventSubscriberConfig. */
export const platformEventSubscriberConfigHandler: MetadataHandler = {
    check({ document }, context) {
        const username = textOf(document, 'user');
        const access = { userId: context.org.admin.userId, mode: 'system', sharing: false } as const;
        const isUnknown =
            username !== undefined &&
            context.org.database.query('SELECT Id FROM User WHERE Username = :username', {
                access,
                binds: new Map([['username', username]])
            }).totalSize === 0;
        return [
            ...checkElement(context, document, 'platformEventConsumer', 'ApexTrigger'),
            ...(isUnknown ? [{ message: `In field: user - no User named ${username} found` }] : [])
        ];
    }
};
