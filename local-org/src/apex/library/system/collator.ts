import { languageTag } from '../../../values/language-tag.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { userField } from './user-context.ts';

class CollatorObject extends NativeObject {
    readonly className = 'System.Collator';
    readonly collator: Intl.Collator;

    constructor(locale: string) {
        super();
        this.collator = new Intl.Collator(languageTag(locale) ?? 'en-US');
    }

    compare(left: string | null, right: string | null): number {
        if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
        return Math.sign(this.collator.compare(left, right));
    }
}

/** Collator (Apex Reference, System.Collator): compares text by the rules of the running user's locale. */
export const collatorClass: NativeClass = nativeClass({
    name: 'System.Collator',
    statics: { 'getInstance()': (rt) => new CollatorObject(userField(rt, 'LocaleSidKey') ?? 'en_US') },
    methods: {
        'compare(String,String)': (_rt, self: CollatorObject, left: string | null, right: string | null) =>
            self.compare(left, right)
    }
});
