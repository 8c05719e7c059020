import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls, stringList } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { javaRegExp, splitAround } from '../text/java-matching.ts';
import { withPatternErrors } from '../text/regex-errors.ts';
import { MatcherObject } from './matcher.ts';

export class PatternObject extends NativeObject {
    readonly className = 'System.Pattern';
    readonly text: string;
    readonly expression: RegExp;

    constructor(text: string) {
        super();
        this.text = text;
        this.expression = javaRegExp(text);
    }

    override valueText(): string {
        return this.text;
    }
}

function compile(rt: Runtime, pattern: string): PatternObject {
    return withPatternErrors(rt, () => new PatternObject(pattern));
}

function quote(_rt: Runtime, text: string): string {
    return `\\Q${text.replaceAll('\\E', '\\E\\\\E\\Q')}\\E`;
}

/** Pattern (Apex Reference, System.Pattern), with the syntax of java.util.regex.Pattern. */
export const patternClass: NativeClass = nativeClass({
    name: 'System.Pattern',
    statics: {
        'compile(String)': noNulls(compile),
        'matches(String,String)': noNulls((rt, pattern: string, text: string) =>
            new MatcherObject(compile(rt, pattern), text).matches()
        ),
        'quote(String)': noNulls(quote)
    },
    methods: {
        'matcher(String)': noNulls((_rt, self: PatternObject, text: string) => new MatcherObject(self, text)),
        'pattern()': (_rt, self: PatternObject) => self.text,
        'split(String)': noNulls((_rt, self: PatternObject, text: string) =>
            stringList(splitAround(text, self.expression, 0))
        ),
        'split(String,Integer)': noNulls((_rt, self: PatternObject, text: string, limit: number) =>
            stringList(splitAround(text, self.expression, limit))
        )
    }
});
