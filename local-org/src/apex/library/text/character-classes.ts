/**
 * Escapes and names of java.util.regex.Pattern in the terms of JavaScript. Source: its documentation, "Summary of
 * regular-expression constructs".
 */

/** Escapes outside and inside classes, as the content of a class. */
export const CLASS_ESCAPES: Readonly<Record<string, string>> = {
    d: '0-9',
    w: 'a-zA-Z0-9_',
    s: ' \\t\\n\\x0B\\f\\r',
    h: ' \\t\\xA0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000',
    v: '\\n\\x0B\\f\\r\\x85\\u2028\\u2029'
};

/** What `\p{…}` names, as the content of a class. */
export const POSIX: Readonly<Record<string, string>> = {
    Lower: 'a-z',
    Upper: 'A-Z',
    ASCII: '\\x00-\\x7F',
    Alpha: 'a-zA-Z',
    Digit: '0-9',
    Alnum: 'a-zA-Z0-9',
    Punct: '!-\\/:-@\\[-`\\{-~',
    Graph: '!-~',
    Print: '\\x20-~',
    Blank: ' \\t',
    Cntrl: '\\x00-\\x1F\\x7F',
    XDigit: '0-9a-fA-F',
    Space: ' \\t\\n\\x0B\\f\\r',
    javaLowerCase: '\\p{Lowercase}',
    javaUpperCase: '\\p{Uppercase}',
    javaWhitespace: '\\p{White_Space}',
    IsAlphabetic: '\\p{Alphabetic}',
    IsLetter: '\\p{L}',
    IsDigit: '\\p{Nd}',
    IsLowercase: '\\p{Lowercase}',
    IsUppercase: '\\p{Uppercase}',
    IsWhite_Space: '\\p{White_Space}',
    IsPunctuation: '\\p{P}'
};

export const CHARACTER_ESCAPES: Readonly<Record<string, string>> = {
    t: '\\t',
    n: '\\n',
    r: '\\r',
    f: '\\f',
    a: '\\x07',
    e: '\\x1B'
};
