import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import { report, type Finding, type Verdict } from './verdict.ts';

/** sfdx-project.json and every scratch definition against Salesforce's own JSON schemas. */
export async function judgeSchemas(projectDirectory: string): Promise<Verdict> {
    const config = join(projectDirectory, 'config');
    const definitions = readdirSync(config)
        .filter((name) => name.endsWith('scratch-def.json'))
        .map((name) => join(config, name));
    const checks: [string, ValidateFunction][] = [
        [join(projectDirectory, 'sfdx-project.json'), await validator('sfdx-project')],
        ...(await Promise.all(
            definitions.map(async (file): Promise<[string, ValidateFunction]> => [
                file,
                await validator('project-scratch-def')
            ])
        ))
    ];
    const findings = await Promise.all(checks.map(([file, validate]) => check(file, validate)));
    return { scope: `${checks.length} files`, findings: findings.flat() };
}

async function validator(name: string): Promise<ValidateFunction> {
    const path = createRequire(import.meta.url).resolve(`@salesforce/schemas/${name}.schema.json`);
    // The published schemas use keywords that strict mode objects to.
    return new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(await readFile(path, 'utf8')) as AnySchema);
}

async function check(file: string, validate: ValidateFunction): Promise<Finding[]> {
    let document: unknown;
    try {
        document = JSON.parse(await readFile(file, 'utf8'));
    } catch (error) {
        return [{ file, message: String(error) }];
    }
    validate(document);
    return (validate.errors ?? []).map(({ instancePath, message, params }) => ({
        file,
        message: `${instancePath || '/'} ${message} ${JSON.stringify(params)}`
    }));
}

if (import.meta.main) {
    await report('schemas', judgeSchemas);
}
