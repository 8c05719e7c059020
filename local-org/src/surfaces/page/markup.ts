import { htmlEncode } from '../../values/text-encodings.ts';

/** Text that is HTML already. Made by `markup` only, so that nothing gets into a page without being escaped. */
export class Markup {
    readonly html: string;

    constructor(html: string) {
        this.html = html;
    }
}

export type MarkupValue = string | number | Markup | readonly MarkupValue[] | false | undefined;

/** HTML with every value escaped, lists joined, and undefined and false left out. Attribute values stand in quotes. */
export function markup(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
    return new Markup(
        parts.map((part, index) => part + render(index < values.length ? values[index] : undefined)).join('')
    );
}

function render(value: MarkupValue): string {
    if (value === undefined || value === false) {
        return '';
    }
    if (value instanceof Markup) {
        return value.html;
    }
    return typeof value === 'object' ? value.map(render).join('') : htmlEncode(String(value));
}
