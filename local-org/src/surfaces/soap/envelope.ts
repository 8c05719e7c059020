import { parseXml, XmlError, type XmlElement } from '../../deploy/document/parse-xml.ts';
import { HttpError } from '../../http/http-error.ts';
import { text } from '../../http/responses.ts';
import type { WireResponse } from '../../http/types.ts';
import { escapeXml, writeXml } from './xml-writer.ts';

/** A SOAP request without its prefixes: headers by name, and the one element of the body. */
export interface SoapCall {
    readonly operation: string;
    readonly arguments: XmlElement;
    readonly sessionId: string | undefined;
}

const XML_TYPE = 'text/xml;charset=UTF-8';
const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
const SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/** An error in the platform's SOAP form: HTTP 500, `sf:` code. Source: SOAP API Developer Guide, API Fault Element. */
export class SoapFault extends HttpError {
    readonly code: string;

    constructor(code: string, message: string) {
        super(500, message);
        this.code = code;
    }

    override toResponse(): WireResponse {
        const text = escapeXml(`${this.code}: ${this.message}`);
        const fault = `<faultcode>sf:${this.code}</faultcode><faultstring>${text}</faultstring>`;
        const namespaces = `xmlns:soapenv="${ENVELOPE}" xmlns:sf="http://soap.sforce.com/2006/04/metadata"`;
        const body = `<soapenv:Body><soapenv:Fault>${fault}</soapenv:Fault></soapenv:Body>`;
        return envelopeResponse(500, `<soapenv:Envelope ${namespaces}>${body}</soapenv:Envelope>`);
    }
}

export function parseCall(source: string): SoapCall {
    const envelope = parseEnvelope(source);
    const operation = childOf(envelope, 'Body')?.children[0];
    if (localName(envelope) !== 'Envelope' || !operation) {
        throw new SoapFault('UNKNOWN_EXCEPTION', 'The request has no SOAP body');
    }
    const header = childOf(envelope, 'Header');
    const session = header && childOf(header, 'SessionHeader');
    return {
        operation: localName(operation),
        arguments: operation,
        sessionId: session && childText(session, 'sessionId')
    };
}

function parseEnvelope(source: string): XmlElement {
    try {
        return parseXml(source);
    } catch (error) {
        if (error instanceof XmlError) {
            throw new SoapFault('UNKNOWN_EXCEPTION', `Error parsing the request: ${error.message}`);
        }
        throw error;
    }
}

export function localName({ name }: XmlElement): string {
    return name.slice(name.indexOf(':') + 1);
}

export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
    return element.children.filter((child) => localName(child) === name);
}

export function childOf(element: XmlElement, name: string): XmlElement | undefined {
    return childrenOf(element, name)[0];
}

export function childText(element: XmlElement, name: string): string | undefined {
    return childOf(element, name)?.text.trim();
}

/** `<operationResponse>` with what `content` holds; `header` goes into the SOAP header. */
export function soapResponse(
    namespace: string,
    operation: string,
    content: Readonly<Record<string, unknown>>,
    header?: Readonly<Record<string, unknown>>
): WireResponse {
    const namespaces = `xmlns:soapenv="${ENVELOPE}" xmlns="${namespace}" xmlns:xsi="${SCHEMA_INSTANCE}"`;
    const head = header ? writeXml({ 'soapenv:Header': header }) : '';
    const body = writeXml({ 'soapenv:Body': { [`${operation}Response`]: content } });
    return envelopeResponse(200, `<soapenv:Envelope ${namespaces}>${head}${body}</soapenv:Envelope>`);
}

function envelopeResponse(status: number, envelope: string): WireResponse {
    return text(status, `<?xml version="1.0" encoding="UTF-8"?>${envelope}`, XML_TYPE);
}
