/**
 * Lints exported public projects and writes what was found into scripts/lint/public-projects.json; which findings are none
 * is kept. Each folder is named after its project: OWNER+NAME@COMMIT, below it the folder to lint when it is not the whole.
 *
 *     node scripts/measure-public-projects.ts ../public/trailheadapps+apex-recipes@94e00206 …
 *     npm run build:docs
 */
import { writeFileSync } from 'node:fs';
import { sep } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { lint } from './lint/lint.ts';
import { PUBLIC_PROJECTS_PATH, readPublicProjects, type PublicProject } from './lint/public-projects.ts';

const known = readPublicProjects();

function measure(path: string): PublicProject {
    const parts = path.split(sep);
    const home = parts.findIndex((part) => part.includes('@'));
    const [, owner, name, commit] = /^([^+]+)\+([^@]+)@(\w+)$/.exec(parts[home] ?? '') ?? [];
    if (owner === undefined || name === undefined || commit === undefined) {
        throw new Error(`${path} has no folder that is named OWNER+NAME@COMMIT.`);
    }
    const project = `${owner}/${name}`;
    const folder = parts.slice(home + 1).join('/') || '.';
    const { files, findings } = lint(path);
    const counts = Map.groupBy(findings, ({ rule }) => rule);
    const falsePositives = known.find((entry) => entry.project === project && entry.folder === folder)?.falsePositives;
    return {
        project,
        commit,
        folder,
        files,
        findings: Object.fromEntries([...counts].map(([rule, list]) => [rule, list.length] as const).sort()),
        falsePositives: falsePositives ?? []
    };
}

const measured = process.argv.slice(2).map(measure);
const options = { ...(await resolveConfig(PUBLIC_PROJECTS_PATH)), filepath: PUBLIC_PROJECTS_PATH };
writeFileSync(PUBLIC_PROJECTS_PATH, await format(JSON.stringify(measured), options));
process.stdout.write(`${measured.length} projects, ${PUBLIC_PROJECTS_PATH}\n`);
