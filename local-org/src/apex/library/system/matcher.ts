import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { notImplemented } from '../not-implemented.ts';
import { GuardedExpression } from '../text/guarded-expression.ts';
import { replaceWith } from '../text/java-matching.ts';
import { compileJavaPattern } from '../text/java-pattern.ts';
import { withPatternErrors } from '../text/regex-errors.ts';
import { RegionScope, type RegionBounds } from '../text/region-scope.ts';
import type { PatternObject } from './pattern.ts';

/**
 * State of a java.util.regex.Matcher. With opaque, anchoring bounds the region is searched as a text of its own; with
 * others the whole text is, by an expression that knows where the region ends.
 */
export class MatcherObject extends NativeObject {
    readonly className = 'System.Matcher';
    pattern: PatternObject;
    text: string;
    regionStart = 0;
    regionEnd: number;
    match: RegExpExecArray | null = null;
    anchoringBounds = true;
    transparentBounds = false;
    /** Whether the last match came to the end of the input, so that more input could have changed it. */
    hitEnd = false;
    /** Where the last search began to count: the start of the region, or of the text. */
    #origin = 0;
    /** Where the next `find()` begins, in the text. */
    #next = 0;
    #lastBounded: { readonly key: string; readonly expression: RegExp } | undefined;
    /** Makes the last search again where the end of the input is not seen. */
    #searchUnseen: () => RegExpExecArray | null = () => null;

    constructor(pattern: PatternObject, text: string) {
        super();
        this.pattern = pattern;
        this.text = text;
        this.regionEnd = text.length;
    }

    reset(text: string = this.text): void {
        this.text = text;
        this.region(0, text.length);
    }

    region(start: number, end: number): void {
        this.regionStart = start;
        this.regionEnd = end;
        this.match = null;
        this.#next = start;
    }

    /** Whether the region begins or ends inside of a surrogate pair and its bounds need the characters around it. */
    get cutsCharacter(): boolean {
        return this.#needsText && [this.regionStart, this.regionEnd].some((at) => isInsidePair(this.text, at));
    }

    find(): boolean {
        const asItIs = (expression: RegExp): RegExp => expression;
        this.match = this.#next > this.regionEnd ? null : this.#exec(asItIs, this.#next);
        if (this.match !== null) {
            const end = this.end(0);
            this.#next = this.match[0] === '' ? end + 1 : end;
        }
        return this.match !== null;
    }

    findFrom(start: number): boolean {
        this.reset();
        this.#next = start;
        return this.find();
    }

    lookingAt(): boolean {
        return this.#anchored((source) => source);
    }

    matches(): boolean {
        const { end } = new RegionScope(this.#bounds && { ...this.#bounds, anchoring: true });
        return this.#anchored((source) => `(?:${source})${end}`);
    }

    /** Whether more input could have made the last match none: it needed what only the end of the input makes true. */
    requireEnd(): boolean {
        return this.match !== null && this.#searchUnseen() === null;
    }

    /** Start of a group in the whole text, -1 when it took no part. */
    start(group: number): number {
        const indices = this.match?.indices?.[group];
        return indices === undefined ? -1 : indices[0] + this.#origin;
    }

    end(group: number): number {
        const indices = this.match?.indices?.[group];
        return indices === undefined ? -1 : indices[1] + this.#origin;
    }

    groupCount(): number {
        return (new RegExp(`${this.pattern.expression.source}|`, 'v').exec('') as RegExpExecArray).length - 1;
    }

    get #needsText(): boolean {
        const isWhole = this.regionStart === 0 && this.regionEnd === this.text.length;
        return !isWhole && (!this.anchoringBounds || this.transparentBounds);
    }

    /** Undefined where the region is a text of its own. */
    get #bounds(): RegionBounds | undefined {
        if (!this.#needsText) return undefined;
        const before = [...this.text.slice(0, this.regionStart)].length;
        const after = [...this.text.slice(this.regionEnd)].length;
        return { before, after, anchoring: this.anchoringBounds, transparent: this.transparentBounds };
    }

    #anchored(around: (source: string) => string): boolean {
        const sticky = ({ source }: RegExp): RegExp => new GuardedExpression(around(source), 'dyv');
        this.match = this.#exec(sticky, this.regionStart);
        this.#next = this.match === null ? this.regionStart : this.end(0);
        return this.match !== null;
    }

    #exec(searching: (expression: RegExp) => RegExp, from: number): RegExpExecArray | null {
        const { text, expression } = this.pattern;
        const bounds = this.#bounds;
        const origin = bounds === undefined ? this.regionStart : 0;
        const input = bounds === undefined ? this.text.slice(origin, this.regionEnd) : this.text;
        const search = (searched: RegExp): RegExpExecArray | null => {
            searched.lastIndex = from - origin;
            return searched.exec(input);
        };
        this.#searchUnseen = () => search(searching(compileJavaPattern(text, 'unseen', bounds)));
        this.#origin = origin;
        const match = search(searching(bounds === undefined ? expression : this.#bounded(bounds)));
        this.hitEnd = match === null || origin + match.index + match[0].length === this.regionEnd;
        return match;
    }

    /** The expression for such bounds, made once for a walk through the matches. */
    #bounded(bounds: RegionBounds): RegExp {
        const key = JSON.stringify([this.pattern.text, bounds]);
        if (this.#lastBounded?.key !== key) {
            this.#lastBounded = { key, expression: compileJavaPattern(this.pattern.text, 'seen', bounds) };
        }
        return this.#lastBounded.expression;
    }
}

function isInsidePair(text: string, at: number): boolean {
    return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));
}

/** Searches; the one region that JavaScript cannot be told of is refused. */
function boundedSearch(search: (self: MatcherObject) => boolean): (rt: Runtime, self: MatcherObject) => boolean {
    return (rt, self) =>
        self.cutsCharacter
            ? notImplemented(
                  rt,
                  'Matcher.useAnchoringBounds(false) and useTransparentBounds(true) with a region that begins or ends inside of a surrogate pair'
              )
            : search(self);
}

/** The match that group, start and end ask about. */
function checked(rt: Runtime, matcher: MatcherObject, group: number): RegExpExecArray {
    if (matcher.match === null) {
        return rt.throwNew('System.StringException', 'No match found');
    }
    if (group < 0 || group >= matcher.match.length) {
        return rt.throwNew('System.StringException', `No group ${group}`);
    }
    return matcher.match;
}

function group(rt: Runtime, matcher: MatcherObject, index: number): string | null {
    return checked(rt, matcher, index)[index] ?? null;
}

function start(rt: Runtime, matcher: MatcherObject, index: number): number {
    checked(rt, matcher, index);
    return matcher.start(index);
}

function end(rt: Runtime, matcher: MatcherObject, index: number): number {
    checked(rt, matcher, index);
    return matcher.end(index);
}

function replace(rt: Runtime, matcher: MatcherObject, replacement: string, onlyFirst: boolean): string {
    matcher.reset();
    return withPatternErrors(rt, () => replaceWith(matcher.pattern.expression, matcher.text, replacement, onlyFirst));
}

/** Matcher (Apex Reference, System.Matcher). */
export const matcherClass: NativeClass = nativeClass({
    name: 'System.Matcher',
    statics: {
        'quoteReplacement(String)': noNulls((_rt, text: string) => text.replace(/[\\$]/g, '\\$&'))
    },
    methods: {
        'end()': (rt, self: MatcherObject) => end(rt, self, 0),
        'end(Integer)': noNulls(end),
        'find()': boundedSearch((self) => self.find()),
        'find(Integer)': noNulls((rt, self: MatcherObject, from: number) =>
            from < 0 || from > self.text.length
                ? rt.throwNew('System.StringException', `Illegal start index: ${from}`)
                : self.findFrom(from)
        ),
        'group()': (rt, self: MatcherObject) => group(rt, self, 0),
        'group(Integer)': noNulls(group),
        'groupCount()': (_rt, self: MatcherObject) => self.groupCount(),
        'hasAnchoringBounds()': (_rt, self: MatcherObject) => self.anchoringBounds,
        'hasTransparentBounds()': (_rt, self: MatcherObject) => self.transparentBounds,
        'hitEnd()': (_rt, self: MatcherObject) => self.hitEnd,
        'lookingAt()': boundedSearch((self) => self.lookingAt()),
        'matches()': boundedSearch((self) => self.matches()),
        'pattern()': (_rt, self: MatcherObject) => self.pattern,
        'region(Integer,Integer)': noNulls((_rt, self: MatcherObject, from: number, to: number) => {
            self.region(from, to);
            return self;
        }),
        'regionEnd()': (_rt, self: MatcherObject) => self.regionEnd,
        'regionStart()': (_rt, self: MatcherObject) => self.regionStart,
        'replaceAll(String)': noNulls((rt, self: MatcherObject, text: string) => replace(rt, self, text, false)),
        'replaceFirst(String)': noNulls((rt, self: MatcherObject, text: string) => replace(rt, self, text, true)),
        'requireEnd()': (_rt, self: MatcherObject) => self.requireEnd(),
        'reset()': (_rt, self: MatcherObject) => {
            self.reset();
            return self;
        },
        'reset(String)': noNulls((_rt, self: MatcherObject, text: string) => {
            self.reset(text);
            return self;
        }),
        'start()': (rt, self: MatcherObject) => start(rt, self, 0),
        'start(Integer)': noNulls(start),
        'useAnchoringBounds(Boolean)': noNulls((_rt, self: MatcherObject, isAnchoring: boolean) => {
            self.anchoringBounds = isAnchoring;
            return self;
        }),
        'usePattern(Pattern)': noNulls((_rt, self: MatcherObject, pattern: PatternObject) => {
            self.pattern = pattern;
            return self;
        }),
        'useTransparentBounds(Boolean)': noNulls((_rt, self: MatcherObject, isTransparent: boolean) => {
            self.transparentBounds = isTransparent;
            return self;
        })
    }
});
