import type { ApexSource, CompiledProgram, CompileProblem } from '../apex/engine.ts';
import type { LocalOrg } from '../org/local-org.ts';
import type { MetadataComponent } from '../org/metadata-registry.ts';
import { textOf } from '../schema/document.ts';

const KINDS = { ApexClass: 'class', ApexTrigger: 'trigger' } as const;

/** Types whose change can make or break Apex code: the code itself and the schema below it. */
export const APEX_INPUTS = [
    'ApexClass',
    'ApexPage',
    'ApexTrigger',
    'CustomObject',
    'CustomField',
    'RecordType',
    'CustomLabel',
    'SharingReason'
];

export interface ApexCompilation {
    readonly program: CompiledProgram;
    readonly problems: readonly CompileProblem[];
    /** Uses of what the local org lacks, which throw when they are reached. */
    readonly unsupported: readonly CompileProblem[];
}

/** Compiles all Apex code of the org, the staged package included. Installs nothing. */
export function compileDeployedApex(org: LocalOrg): ApexCompilation {
    return org.apex.compile([...sources(org, 'ApexClass'), ...sources(org, 'ApexTrigger')]);
}

function sources(org: LocalOrg, type: keyof typeof KINDS): ApexSource[] {
    return org.metadata.list(type).flatMap((component) => {
        const fileName = contentFile(component);
        const bytes = component.files.get(fileName ?? '');
        return fileName === undefined || bytes === undefined
            ? []
            : [
                  {
                      kind: KINDS[type],
                      name: component.fullName,
                      body: new TextDecoder().decode(bytes),
                      apiVersion: Number(textOf(component.document, 'apiVersion') ?? org.apiVersion),
                      fileName
                  }
              ];
    });
}

/** `classes/X.cls`. */
export function contentFile(component: MetadataComponent): string | undefined {
    return [...component.files.keys()].find((path) => !path.endsWith('-meta.xml'));
}

export function metadataTypeOf(problem: CompileProblem): keyof typeof KINDS {
    return problem.kind === 'trigger' ? 'ApexTrigger' : 'ApexClass';
}
