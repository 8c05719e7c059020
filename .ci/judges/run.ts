import { report, type Judge } from './verdict.ts';
import { judgeApexSyntax } from './apex-native-parse.ts';
import { judgeApexTypes } from './apex-ls.ts';
import { judgeComponents } from './lwc-compile.ts';
import { judgeMetadata } from './metadata-typings.ts';
import { judgeWithJorje } from './jorje.ts';
import { judgeWithPmd } from './pmd.ts';
import { judgeSchemas } from './schemas.ts';
import { judgeConversion } from './sdr-convert.ts';

/** Quick ones first. */
const JUDGES: Readonly<Record<string, Judge>> = {
    schemas: judgeSchemas,
    'metadata-typings': judgeMetadata,
    'apex-native-parse': judgeApexSyntax,
    'lwc-compile': judgeComponents,
    'sdr-convert': judgeConversion,
    'apex-ls': judgeApexTypes,
    jorje: judgeWithJorje,
    pmd: judgeWithPmd
};

for (const [name, judge] of Object.entries(JUDGES)) {
    await report(name, judge);
}
