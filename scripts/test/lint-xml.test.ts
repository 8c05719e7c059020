import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from '../../local-org/test/support/fast-check.ts';
import { parseXml, XmlError } from '../lint/xml.ts';

describe('the XML reader', () => {
    it('places elements as an editor does', () => {
        const { root } = parseXml('\uFEFF<?xml version="1.0"?>\r\n<a>\r\n\t<b>&amp; 😀</b><c x="1 > 0"/>\r\n</a>');
        assert.deepEqual(
            root.children.map(({ name, text, position }) => ({ name, text, ...position })),
            [
                { name: 'b', text: '& 😀', line: 3, column: 2 },
                { name: 'c', text: '', line: 3, column: 17 }
            ]
        );
    });

    it('finds every element where its start tag is, whatever is in between', () => {
        const filler = fc.constantFrom(
            '',
            ' ',
            '\n',
            '\r\n\t',
            'text',
            '&lt;',
            '😀',
            '<!-- <x> -->',
            '<![CDATA[<y>]]>'
        );
        fc.assert(
            fc.property(fc.array(fc.tuple(filler, fc.boolean()), { maxLength: 30 }), (parts) => {
                const body = parts.map(([between, empty], index) =>
                    empty ? `${between}<e${index}/>` : `${between}<e${index} a="1 > 0">${between}</e${index}>`
                );
                const text = `<root>${body.join('')}</root>`;
                const { root } = parseXml(text);
                const lines = text.split('\n');
                assert.equal(root.children.length, parts.length);
                for (const { name, position } of root.children) {
                    assert.ok(lines[position.line - 1].slice(position.column - 1).startsWith(`<${name}`), text);
                }
            })
        );
    });

    it('refuses what is not well-formed, with the place', () => {
        for (const [text, line, column] of [
            ['<a>\n<b></a>', 2, 8],
            ['<a/><b/>', 1, 8],
            ['<a>&nbsp;</a>', 1, 10],
            ['', 1, 1]
        ] as const) {
            assert.throws(
                () => parseXml(text),
                (thrown) => {
                    assert.ok(thrown instanceof XmlError);
                    assert.deepEqual(thrown.position, { line, column }, text);
                    return true;
                }
            );
        }
    });
});
