import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readXml, XmlSyntaxError } from '../../src/apex/library/xml/xml-events.ts';
import { apexOrg } from './apex-org.ts';

test('a document is built, written and read again', () => {
    const lines = apexOrg().run(`
        Dom.Document doc = new Dom.Document();
        Dom.XmlNode envelope = doc.createRootElement('Envelope', 'urn:soap', 'soap');
        envelope.setNamespace('xsi', 'urn:xsi');
        envelope.setAttributeNs('schema', 'x', 'urn:xsi', null);
        Dom.XmlNode body = envelope.addChildElement('Body', 'urn:soap', null);
        body.addChildElement('call', 'urn:biz', 'biz').addTextNode('a < b & c');
        body.addCommentNode('note');
        body.addChildElement('empty', null, null).setAttribute('quote', '"');
        String xml = doc.toXmlString();
        System.debug(xml);
        Dom.Document again = new Dom.Document();
        again.load(xml);
        Dom.XmlNode root = again.getRootElement();
        System.debug(root.getName() + ' ' + root.getNamespace() + ' ' + root.getAttributeValue('schema', 'urn:xsi'));
        Dom.XmlNode read = root.getChildElement('Body', 'urn:soap');
        System.debug(read.getChildElement('call', 'urn:biz').getText() + ' ' + read.getChildren().size());
        System.debug(read.getChildren()[1].getNodeType() + ' ' + read.getChildElements()[1].getAttributeKeyAt(0));
        System.debug(read.getParent().getPrefixFor('urn:soap') + ' ' + (again.toXmlString() == xml));
    `);
    assert.deepEqual(lines, [
        '<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="urn:soap" xmlns:xsi="urn:xsi" xsi:schema="x">' +
            '<soap:Body><biz:call xmlns:biz="urn:biz">a &lt; b &amp; c</biz:call><!--note-->' +
            '<empty quote="&quot;" /></soap:Body></soap:Envelope>',
        'Envelope urn:soap x',
        'a < b & c 3',
        'COMMENT quote',
        'soap true'
    ]);
});

test('nodes are moved and removed', () => {
    const lines = apexOrg().run(`
        Dom.Document doc = new Dom.Document();
        doc.load('<a><b/><c x="1"/></a>');
        Dom.XmlNode root = doc.getRootElement();
        Dom.XmlNode b = root.getChildElement('b', null);
        Dom.XmlNode c = root.getChildElement('c', null);
        root.insertBefore(c, b);
        System.debug(root.toXmlString());
        System.debug(c.removeAttribute('x', null) + ' ' + c.removeAttribute('x', null) + ' ' + root.removeChild(b));
        System.debug(root.toXmlString());
    `);
    assert.deepEqual(lines, ['<a><c x="1" /><b /></a>', 'true false true', '<a><c /></a>']);
});

test('a text that is not well-formed is an XmlException', () => {
    const failure = apexOrg().failure(`new Dom.Document().load('<a><b></a>');`);
    assert.match(failure, /^System\.XmlException: Failed to parse XML/);
});

test('the writer of the reference writes its document', () => {
    const lines = apexOrg().run(`
        XmlStreamWriter w = new XmlStreamWriter();
        w.writeStartDocument(null, '1.0');
        w.writeProcessingInstruction('target', 'data');
        w.writeStartElement('m', 'Library', 'http://www.book.com');
        w.writeNamespace('m', 'http://www.book.com');
        w.writeComment('Book starts here');
        w.setDefaultNamespace('http://www.defns.com');
        w.writeCData('<Cdata> I like CData </Cdata>');
        w.writeStartElement(null, 'book', null);
        w.writeDefaultNamespace('http://www.defns.com');
        w.writeAttribute(null, null, 'author', 'Manoj');
        w.writeCharacters('This is my book');
        w.writeEndElement();
        w.writeEmptyElement(null, 'ISBN', null);
        w.writeEndElement();
        w.writeEndDocument();
        System.debug(w.getXmlString());
        w.close();
    `);
    assert.deepEqual(lines, [
        '<?xml version="1.0"?><?target data?><m:Library xmlns:m="http://www.book.com"><!--Book starts here-->' +
            '<![CDATA[<Cdata> I like CData </Cdata>]]><book xmlns="http://www.defns.com" author="Manoj">' +
            'This is my book</book><ISBN/></m:Library>'
    ]);
});

test('a reader goes from event to event', () => {
    const lines = apexOrg().run(`
        XmlStreamReader r = new XmlStreamReader('<books xmlns="urn:b"><book author="Foo">x<![CDATA[<y>]]></book><?p d?></books>');
        System.debug(r.getEventType() + ' ' + r.next() + ' ' + r.getLocalName() + ' ' + r.getNamespace());
        r.nextTag();
        System.debug(r.getAttributeCount() + r.getAttributeLocalName(0) + r.getAttributeValue(null, 'author'));
        r.setCoalescing(true);
        r.next();
        System.debug(r.isCharacters() + ' ' + r.getText());
        r.next();
        System.debug(r.getEventType() + ' ' + r.getNamespaceURI('') + ' ' + r.hasText());
        r.next();
        System.debug(r.getEventType() + ' ' + r.getPITarget() + r.getPIData());
        r.next();
        System.debug(r.isEndElement() + ' ' + r.hasNext() + ' ' + r.next() + ' ' + r.hasNext());
    `);
    assert.deepEqual(lines, [
        'START_DOCUMENT 1 books urn:b',
        '1authorFoo',
        'true x<y>',
        'END_ELEMENT urn:b false',
        'PROCESSING_INSTRUCTION pd',
        'true true 8 false'
    ]);
});

test('a stream reader that does not know namespaces reads names as they are written', () => {
    const lines = apexOrg().run(`
        XmlStreamReader r = new XmlStreamReader('<p:a xmlns="urn:x" q:b="1"><c/></p:a>');
        r.setNamespaceAware(false);
        r.next();
        System.debug(r.getLocalName() + ' ' + r.getPrefix() + ' ' + r.getNamespace() + ' ' + r.getNamespaceCount());
        System.debug(r.getAttributeCount() + ' ' + r.getAttributeLocalName(0) + ' ' + r.getAttributeLocalName(1));
        System.debug(r.getAttributeValue(null, 'q:b') + ' ' + r.getNamespaceURI(''));
        r.next();
        System.debug(r.getLocalName() + ' ' + r.getNamespace());
        try {
            r.setNamespaceAware(true);
        } catch (UnsupportedOperationException e) {
            System.debug(e.getMessage());
        }
        XmlStreamReader aware = new XmlStreamReader('<p:a/>');
        try {
            aware.next();
        } catch (XmlException e) {
            System.debug(e.getMessage());
        }
    `);
    assert.deepEqual(lines, [
        'p:a null null 0',
        '2 xmlns q:b',
        '1 null',
        'c null',
        'Not implemented in the local org: XmlStreamReader.setNamespaceAware behind the first event; call it before next()',
        'Failed to parse XML due to: prefix p is not bound to a namespace (line 1)'
    ]);
});

test('bodies of callouts are documents', () => {
    const lines = apexOrg().run(`
        HttpRequest request = new HttpRequest();
        Dom.Document doc = new Dom.Document();
        doc.createRootElement('a', null, null);
        request.setBodyDocument(doc);
        System.debug(request.getBody() + request.getBodyDocument().getRootElement().getName());
        HttpResponse response = new HttpResponse();
        response.setBody('<b>1</b>');
        System.debug(response.getBodyDocument().getRootElement().getText());
        System.debug(response.getXmlStreamReader().nextTag());
    `);
    assert.deepEqual(lines, ['<?xml version="1.0" encoding="UTF-8"?><a />a', '1', '1']);
});

test('what is not well-formed, or a document type, is refused', () => {
    for (const wrong of [
        '',
        'text',
        '<a>',
        '<a/><b/>',
        '<a></b>',
        '<a x=1/>',
        '<a x="1" x="2"/>',
        '<a>&nope;</a>',
        '<p:a/>',
        '<a b="<"/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    ]) {
        assert.throws(() => [...readXml(wrong)], XmlSyntaxError, wrong);
    }
});
