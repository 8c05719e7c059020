import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { readFile } from 'node:fs/promises';
import { MetadataModel, type Content, type Member } from './metadata-model.ts';
import { filesEndingIn, packageDirectories, report, type Finding, type Verdict } from './verdict.ts';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** In source format these live in another file or in the file's name. */
const ELSEWHERE = new Set(['content', 'fullName']);

/** The type says text, the platform takes elements (one per target). */
const MARKUP = new Set(['targetConfigs']);

interface Element {
    readonly name: string;
    readonly text: string;
    readonly children: readonly Element[];
}

type RawNode = Record<string, unknown>;

/** Every metadata file against the typings in @salesforce/types: element names, values, what is required. */
export async function judgeMetadata(projectDirectory: string): Promise<Verdict> {
    const model = new MetadataModel();
    const files = filesEndingIn(await packageDirectories(projectDirectory), '-meta.xml');
    const findings = await Promise.all(
        files.map(async (file) =>
            checkDocument(model, await readFile(file, 'utf8')).map((message) => ({ file, message }))
        )
    );
    return { scope: `${files.length} metadata files`, findings: findings.flat() satisfies Finding[] };
}

function checkDocument(model: MetadataModel, xml: string): string[] {
    const valid = XMLValidator.validate(xml);
    if (valid !== true) {
        return [`line ${valid.err.line}: ${valid.err.msg}`];
    }
    const options = { preserveOrder: true, ignoreAttributes: false, parseTagValue: false, ignoreDeclaration: true };
    const [node] = new XMLParser(options).parse(xml) as RawNode[];
    if (node === undefined) {
        return ['is empty'];
    }
    const namespace = (node[':@'] as RawNode | undefined)?.['@_xmlns'];
    if (namespace !== NAMESPACE) {
        return [`has namespace ${String(namespace)}`];
    }
    const root = toElement(node);
    const content = model.root(root.name);
    return content === undefined ? [`is of unknown metadata type ${root.name}`] : check(root, content, root.name);
}

function toElement(node: RawNode): Element {
    const name = Object.keys(node).find((key) => key !== ':@') ?? '';
    const inner = node[name] as RawNode[];
    return {
        name,
        text: inner
            .filter((child) => '#text' in child)
            .map((child) => String(child['#text']))
            .join('')
            .trim(),
        children: inner.filter((child) => !('#text' in child)).map(toElement)
    };
}

function check(element: Element, content: Content, path: string): string[] {
    switch (content.kind) {
        case 'object':
            return checkObject(element, content.members, path);
        case 'boolean':
            return checkValue(element, path, ['true', 'false'].includes(element.text), 'true or false');
        case 'number':
            return checkValue(element, path, element.text !== '' && Number.isFinite(Number(element.text)), 'a number');
        case 'enum':
            return checkValue(element, path, content.values.includes(element.text), content.values.join(', '));
        case 'text':
            return MARKUP.has(element.name) || element.children.length === 0
                ? []
                : [`${path} holds text, not elements`];
    }
}

function checkValue({ text }: Element, path: string, isValid: boolean, expected: string): string[] {
    return isValid ? [] : [`${path} is "${text}", not ${expected}`];
}

function checkObject(element: Element, members: ReadonlyMap<string, Member>, path: string): string[] {
    const names = element.children.map(({ name }) => name);
    const missing = [...members]
        .filter(([name, { required }]) => required && !ELSEWHERE.has(name) && !names.includes(name))
        .map(([name]) => `${path} lacks ${name}`);
    const stray = element.text === '' ? [] : [`${path} holds text beside its elements`];
    return [...missing, ...stray, ...element.children.flatMap((child, index) => checkChild(child, index))];

    function checkChild(child: Element, index: number): string[] {
        const childPath = `${path}/${child.name}`;
        const member = members.get(child.name);
        if (member === undefined) {
            return [`${childPath} is unknown`];
        }
        const earlier = names.slice(0, index).lastIndexOf(child.name);
        // The platform's parser takes repeated elements only next to each other ("is duplicated at this location").
        const misplaced = member.repeats ? earlier !== -1 && earlier !== index - 1 : earlier !== -1;
        return [...(misplaced ? [`${childPath} is duplicated`] : []), ...check(child, member.content, childPath)];
    }
}

if (import.meta.main) {
    await report('metadata-typings', judgeMetadata);
}
