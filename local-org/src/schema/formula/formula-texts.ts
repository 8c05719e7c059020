import { Decimal } from '../../values/index.ts';
import { formEncode, htmlEncode } from '../../values/text-encodings.ts';
import { ofTexts, ofValues, type FormulaFunction } from './formula-arguments.ts';
import { toText } from './evaluate-formula.ts';

function jsEncode(text: string): string {
    return text
        .replace(/[\\'"]/g, '\\$&')
        .replaceAll('\n', '\\n')
        .replaceAll('\r', '\\r');
}

/** A field with a link is the HTML of the link, also in SOQL. */
function hyperlink(url: string, label: string, target: string): string {
    return `<a href="${url}" target="${target === '' ? '_blank' : target}">${label}</a>`;
}

function image(url: string, alternative: string, height: string, width: string): string {
    const size = [height && ` height="${height}"`, width && ` width="${width}"`].join('');
    return `<img src="${url}" alt="${alternative}"${size} border="0"/>`;
}

/** Text functions beside the common ones (Salesforce Help, "Formula Operators and Functions"). */
export const TEXT_FUNCTIONS: readonly (readonly [string, FormulaFunction])[] = [
    ['ASCII', ofTexts(([text = '']) => (text === '' ? null : Decimal.of(text.codePointAt(0) ?? 0)))],
    ['CHR', ofValues(([code]) => (code instanceof Decimal ? String.fromCodePoint(Number(code.truncate())) : null))],
    ['HTMLENCODE', ofTexts(([text = '']) => htmlEncode(text))],
    ['HYPERLINK', ofTexts(([url = '', label = '', target = '']) => hyperlink(url, label, target))],
    [
        'IMAGE',
        ofTexts(([url = '', alternative = '', height = '', width = '']) => image(url, alternative, height, width))
    ],
    [
        'INITCAP',
        ofTexts(([text = '']) => text.toLowerCase().replace(/(?<![A-Za-z0-9])[a-z]/g, (first) => first.toUpperCase()))
    ],
    ['JSENCODE', ofTexts(([text = '']) => jsEncode(text))],
    ['JSINHTMLENCODE', ofTexts(([text = '']) => htmlEncode(jsEncode(text)))],
    [
        'PICKLISTCOUNT',
        ofValues(([value]) =>
            Decimal.of(
                toText(value ?? null)
                    .split(';')
                    .filter(Boolean).length
            )
        )
    ],
    ['REVERSE', ofTexts(([text = '']) => [...text].reverse().join(''))],
    ['URLENCODE', ofTexts(([text = '']) => formEncode(text))]
];
