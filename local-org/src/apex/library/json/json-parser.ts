import { ApexDate, Blob, Datetime, Decimal, Double, Id, Time } from '../../../values/index.ts';
import { platformEnumValue, type EnumValue } from '../../runtime/enum-value.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';
import type { TypeObject } from '../system/type.ts';
import { typedValue } from './deserialize.ts';
import { withJsonErrors } from './json-errors.ts';
import { JsonReader, untypedNumber, type JsonToken } from './json-reader.ts';
import { readNode } from './json-value.ts';

export class JsonParserObject extends NativeObject {
    readonly className = 'System.JSONParser';
    readonly reader: JsonReader;
    token: JsonToken | undefined;
    cleared: JsonToken | undefined;
    /** Field names of the open containers, innermost last; the last one is the current name. */
    readonly #names: (string | undefined)[] = [undefined];

    constructor(source: string) {
        super();
        this.reader = new JsonReader(source);
    }

    get currentName(): string | undefined {
        const opens = this.token?.kind === 'START_OBJECT' || this.token?.kind === 'START_ARRAY';
        return this.#names.at(opens ? -2 : -1);
    }

    advance(): JsonToken | undefined {
        this.token = this.reader.next();
        switch (this.token?.kind) {
            case 'FIELD_NAME':
                this.#names[this.#names.length - 1] = this.token.text;
                break;
            case 'START_OBJECT':
            case 'START_ARRAY':
                this.#names.push(undefined);
                break;
            case 'END_OBJECT':
            case 'END_ARRAY':
                this.#names.pop();
                break;
            default:
                break;
        }
        return this.token;
    }

    /** Stands behind the whole value that `token` begins; the token becomes its last one. */
    skip(): void {
        if (this.token?.kind !== 'START_OBJECT' && this.token?.kind !== 'START_ARRAY') {
            return;
        }
        const depth = this.reader.depth - 1;
        while (this.reader.depth > depth) {
            this.advance();
        }
    }
}

function tokenValue(token: JsonToken | undefined): EnumValue | null {
    return token === undefined ? null : platformEnumValue('System.JSONToken', token.kind);
}

function nextToken(rt: Runtime, self: JsonParserObject): EnumValue | null {
    return withJsonErrors(rt, () => tokenValue(self.advance()));
}

/** Steps over field names to the next value. */
function nextValue(rt: Runtime, self: JsonParserObject): EnumValue | null {
    return withJsonErrors(rt, () => {
        const token = self.advance();
        return tokenValue(token?.kind === 'FIELD_NAME' ? self.advance() : token);
    });
}

function readValueAs(strict: boolean): NativeMethod {
    return (rt, self: JsonParserObject, type: TypeObject | null) => {
        if (type === null) {
            return rt.nullPointer();
        }
        return withJsonErrors(rt, () => {
            const first = self.token?.kind === 'FIELD_NAME' || self.token === undefined ? self.advance() : self.token;
            if (first === undefined) {
                return rt.throwNew('System.JSONException', 'No content to map to Object due to end of input');
            }
            const node = readNode({ next: () => self.advance(), source: self.reader.source }, first);
            return typedValue({ rt, source: self.reader.source, strict }, node, type.type);
        });
    };
}

/** A value of the current token; throws System.JSONException when it does not hold one. */
function reader(kind: string, read: (token: JsonToken) => unknown): NativeMethod {
    return (rt, self: JsonParserObject) => {
        const value = self.token === undefined ? undefined : read(self.token);
        return value === undefined
            ? rt.throwNew('System.JSONException', `Current token (${self.token?.kind ?? 'null'}) not a ${kind} value`)
            : value;
    };
}

function isNumber(token: JsonToken): boolean {
    return token.kind === 'VALUE_NUMBER_INT' || token.kind === 'VALUE_NUMBER_FLOAT';
}

function ofText<T>(convert: (text: string) => T | undefined): (token: JsonToken) => T | undefined {
    return (token) => (token.kind === 'VALUE_STRING' ? convert(token.text) : undefined);
}

function booleanOf(token: JsonToken): boolean | undefined {
    return token.kind === 'VALUE_TRUE' ? true : token.kind === 'VALUE_FALSE' ? false : undefined;
}

function integerOf(token: JsonToken): number | undefined {
    const value = isNumber(token) ? untypedNumber(token) : undefined;
    return value instanceof Decimal ? Number(BigInt.asIntN(32, value.truncate())) : (value as number | undefined);
}

function longOf(token: JsonToken): bigint | undefined {
    const value = isNumber(token) ? untypedNumber(token) : undefined;
    return value === undefined ? undefined : value instanceof Decimal ? value.truncate() : BigInt(value);
}

/** JSONParser (Apex Reference, System.JSONParser). */
export const jsonParserClass: NativeClass = nativeClass({
    name: 'System.JSONParser',
    methods: {
        'clearCurrentToken()': (_rt, self: JsonParserObject) => {
            self.cleared = self.token;
            self.token = undefined;
        },
        'getBlobValue()': reader(
            'binary',
            ofText((text) => new Blob(new Uint8Array(Buffer.from(text, 'base64'))))
        ),
        'getBooleanValue()': reader('boolean', booleanOf),
        'getCurrentName()': (_rt, self: JsonParserObject) => self.currentName ?? null,
        'getCurrentToken()': (_rt, self: JsonParserObject) => tokenValue(self.token),
        'getDateTimeValue()': reader(
            'datetime',
            ofText((text) => Datetime.tryParseIso(text))
        ),
        'getDateValue()': reader(
            'date',
            ofText((text) => ApexDate.tryParse(text))
        ),
        'getDecimalValue()': reader('numeric', (token) => (isNumber(token) ? Decimal.parse(token.text) : undefined)),
        'getDoubleValue()': reader('numeric', (token) => (isNumber(token) ? Double.tryParse(token.text) : undefined)),
        'getIdValue()': reader(
            'Id',
            ofText((text) => Id.tryParse(text))
        ),
        'getIntegerValue()': reader('numeric', integerOf),
        'getLastClearedToken()': (_rt, self: JsonParserObject) => tokenValue(self.cleared),
        'getLongValue()': reader('numeric', longOf),
        'getText()': (_rt, self: JsonParserObject) => self.token?.text ?? null,
        'getTimeValue()': reader(
            'time',
            ofText((text) => Time.tryParse(text))
        ),
        'hasCurrentToken()': (_rt, self: JsonParserObject) => self.token !== undefined,
        'nextToken()': nextToken,
        'nextValue()': nextValue,
        'readValueAs(Type)': readValueAs(false),
        'readValueAsStrict(Type)': readValueAs(true),
        'skipChildren()': (rt, self: JsonParserObject) => withJsonErrors(rt, () => self.skip())
    }
});
