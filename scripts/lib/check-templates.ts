/**
 * Checks component templates against what TypeScript cannot see in them: members of the component class, bundles and
 * base components they name, and the attributes those take. The facts about base components come from the metadata
 * that ships with lightning-base-components.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse, type Component } from '@lwc/template-compiler';
import { readComponentClass, type ComponentClass } from './component-class.ts';
import { walkTemplate } from './walk-template.ts';

export interface TemplateProblem {
    file: string;
    line: number;
    column: number;
    message: string;
}

const BASE_COMPONENTS = createRequire(import.meta.url)('lightning-base-components/metadata/raptor.json') as Record<
    string,
    { properties?: { name: string }[] }
>;

/** Attributes that every element takes, and `disabled`, which buttons inherit from a class without metadata. */
const COMMON_ATTRIBUTES = new Set(['accessKey', 'dir', 'disabled', 'hidden', 'lang', 'role', 'tabIndex', 'title']);

/** @param folders folders of Lightning web component bundles written in TypeScript, which may use each other */
export function checkTemplates(...folders: readonly string[]): TemplateProblem[] {
    const classes = new Map<string, ComponentClass>();
    const bundles = folders.flatMap((folder) =>
        readdirSync(folder).map((name) => ({ name, bundle: join(folder, name) }))
    );
    for (const { name, bundle } of bundles) {
        const path = join(bundle, `${name}.ts`);
        if (existsSync(path)) {
            classes.set(name, readComponentClass(path, readFileSync(path, 'utf8')));
        }
    }
    return bundles.flatMap(({ name, bundle }) => checkTemplate(bundle, name, classes));
}

function checkTemplate(bundle: string, name: string, classes: Map<string, ComponentClass>): TemplateProblem[] {
    const file = join(bundle, `${name}.html`);
    const component = classes.get(name);
    if (component === undefined || !existsSync(file)) {
        return [];
    }
    const { root, warnings } = parse(readFileSync(file, 'utf8'), { name, namespace: 'c' });
    const problems = warnings.map(({ message, location }) => ({
        file,
        line: location?.line ?? 1,
        column: location?.column ?? 1,
        message
    }));
    if (root === undefined) {
        return problems;
    }
    const report = (location: { startLine: number; startColumn: number }, message: string) => {
        problems.push({ file, line: location.startLine, column: location.startColumn, message });
    };
    walkTemplate(root, {
        reference(member, location) {
            if (!component.members.has(member)) {
                report(location, `{${member}} is not a member of ${component.name}.`);
            }
        },
        element(element) {
            checkElement(element, classes).forEach((message) => report(element.location, message));
        }
    });
    return problems;
}

function checkElement(element: Component, classes: Map<string, ComponentClass>): string[] {
    const known = knownProperties(element.name, classes);
    if (known === undefined) {
        return [`<${element.name}> does not exist.`];
    }
    return element.properties
        .filter(({ name }) => !known.has(name) && !COMMON_ATTRIBUTES.has(name) && !name.startsWith('aria'))
        .map(({ attributeName }) => `<${element.name}> has no attribute ${attributeName}.`);
}

/** undefined = there is no such component. */
function knownProperties(tag: string, classes: Map<string, ComponentClass>): ReadonlySet<string> | undefined {
    const [namespace, ...words] = tag.split('-');
    const name = words
        .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
        .join('');
    if (namespace === 'c') {
        return classes.get(name)?.publicMembers;
    }
    const metadata = namespace === 'lightning' ? BASE_COMPONENTS[name] : undefined;
    return metadata && new Set((metadata.properties ?? []).map((property) => property.name));
}
