import { join } from 'node:path';
import { ACC_STATIC, readClassFile } from './class-file.ts';
import { Jar } from './jar.ts';
import { fieldType } from './java-types.ts';
import { typeJarFolder } from './signatures.ts';

/**
 * Fields of the platform's standard objects as the type jar lists them. The jar knows names, Apex types, parents and
 * children; lengths, picklists and flags come from `schema/`.
 */
export interface StandardField {
    readonly name: string;
    /** `Id`, `String`, `Decimal`, `Datetime`…, an object's name for a parent or compound field, `List<X>` for children. */
    readonly apexType: string;
    readonly role: 'field' | 'parent' | 'children' | 'compound';
}

const FOLDER = 'com/nawforce/runforce/SObjects/';
const STUBS = 'com/nawforce/runforce/SObjectStubs/';
const COMPOUND = new Set(['Address', 'Location']);
const SCALARS = new Set('Id String Boolean Integer Long Double Decimal Date Datetime Time Blob Object'.split(' '));

let jar: Jar | undefined;
let names: Map<string, string> | undefined;

function index(): Map<string, string> {
    if (names === undefined) {
        jar = new Jar(join(typeJarFolder(), 'sobject-types-65.0.0.jar'));
        names = new Map();
        for (const entry of jar.names()) {
            const simple = entry.slice(FOLDER.length, -'.class'.length);
            if (entry.startsWith(FOLDER) && entry.endsWith('.class') && !simple.includes('$')) {
                names.set(simple.toLowerCase(), simple);
            }
        }
    }
    return names;
}

/** Names of all standard objects the jar lists, 4,500 and more. */
export function standardObjectNames(): Iterable<string> {
    return index().values();
}

/** The object's name in the platform's spelling; undefined when it is not a standard object. */
export function standardObjectName(name: string): string | undefined {
    return index().get(name.toLowerCase());
}

export function standardObjectFields(name: string): readonly StandardField[] | undefined {
    const simple = standardObjectName(name);
    const bytes = simple === undefined ? undefined : jar?.read(`${FOLDER}${simple}.class`);
    if (bytes === undefined) {
        return undefined;
    }
    const fields: StandardField[] = [];
    for (const field of readClassFile(bytes).fields) {
        if ((field.accessFlags & ACC_STATIC) === 0) {
            const apexType = fieldType(field.type.replace(STUBS, FOLDER));
            fields.push({ name: field.name, apexType, role: roleOf(apexType) });
        }
    }
    return fields;
}

function roleOf(apexType: string): StandardField['role'] {
    if (apexType.startsWith('List<')) {
        return 'children';
    }
    if (COMPOUND.has(apexType)) {
        return 'compound';
    }
    return SCALARS.has(apexType) ? 'field' : 'parent';
}
