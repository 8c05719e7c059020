import { appOf, filesOfApp, isPackaged } from '../credentials.ts';
import { problemAt, type Rule } from '../rule.ts';
import { child, textOf } from '../xml.ts';

const danglingOauthLink: Rule = {
    id: 'dangling-oauth-link',
    severity: 'error',
    title: 'oauthLink of a retrieved app',
    why: 'The element names a consumer of the org it was retrieved from; in any other org the link leads nowhere.',
    fix: 'Remove oauthLink before committing; the org makes its own.',
    kinds: ['ExtlClntAppOauthSettings'],
    *check(file) {
        const element = child(file.root, 'oauthLink');
        if (element && !file.placeholders.isIn(element.text)) {
            yield problemAt(element, 'oauthLink ties the settings to one org.');
        }
    }
};

const orgScopedApp: Rule = {
    id: 'org-scoped-app',
    severity: 'error',
    title: 'orgScopedExternalApp of a retrieved app',
    why: 'The element carries the id of the org it was retrieved from, so that a deploy to another org does not find the app.',
    fix: 'Remove orgScopedExternalApp before committing; the org writes its own.',
    kinds: ['ExternalClientApplication'],
    *check(file) {
        const element = child(file.root, 'orgScopedExternalApp');
        if (element && !file.placeholders.isIn(element.text)) {
            yield problemAt(element, 'orgScopedExternalApp ties the app to one org.');
        }
    }
};

const unknownApp: Rule = {
    id: 'unknown-app',
    severity: 'error',
    title: 'Settings or policy of an app that the project does not have',
    why: 'The link between the files of an app is the element externalClientApplication, not their names; a wrong one fails with INVALID_CROSS_REFERENCE_KEY.',
    fix: 'Write the name of the .eca file.',
    kinds: [
        'ExtlClntAppConfigurablePolicies',
        'ExtlClntAppGlobalOauthSettings',
        'ExtlClntAppOauthConfigurablePolicies',
        'ExtlClntAppOauthSecuritySettings',
        'ExtlClntAppOauthSettings'
    ],
    *check(file, project) {
        const element = child(file.root, 'externalClientApplication');
        const app = appOf(file);
        // Policies may live in a project of their own, without any app.
        const apps = project.ofKind('ExternalClientApplication');
        if (!element || app === undefined || apps.length === 0 || isPackaged(app) || file.placeholders.isIn(app)) {
            return;
        }
        if (!apps.some(({ name }) => name === app)) {
            yield problemAt(element, `The project has no External Client App ${app}.`);
        }
    }
};

const policyName: Rule = {
    id: 'policy-name',
    severity: 'warning',
    title: 'OAuth policy whose name makes a second policy',
    why: 'Where only the settings exist, the org has already made the policy <settings>_defaultPolicy; a policy of another name is a second one, and an app takes one.',
    fix: 'Name the file <name of the .ecaOauth file>_defaultPolicy.ecaOauthPlcy-meta.xml.',
    kinds: ['ExtlClntAppOauthConfigurablePolicies'],
    *check(file, project) {
        const settings = project.nearest(file, filesOfApp(project, 'ExtlClntAppOauthSettings', appOf(file)));
        const names = settings.map(({ name }) => `${name}_defaultPolicy`);
        // The name that Setup gives; such a policy is the app's only one where it comes from.
        const fromSetup = `${appOf(file)}_oauthPlcy`;
        if (names.length > 0 && ![...names, fromSetup].includes(file.name)) {
            yield problemAt(file.root, `${file.name} is not ${names[0]}, the policy that the org makes by itself.`);
        }
    }
};

const policyMissing: Rule = {
    id: 'policy-missing',
    severity: 'warning',
    title: 'App without an OAuth policy',
    why: 'The org makes a policy by itself in which every user may authorize the app, refresh tokens last a year and no server flow is on.',
    fix: 'Add <name of the .ecaOauth file>_defaultPolicy.ecaOauthPlcy-meta.xml with AdminApprovedPreAuthorized.',
    kinds: ['ExternalClientApplication'],
    *check(file, project) {
        const settings = filesOfApp(project, 'ExtlClntAppOauthSettings', file.name);
        const policies = filesOfApp(project, 'ExtlClntAppOauthConfigurablePolicies', file.name);
        if (settings.length > 0 && policies.length === 0) {
            yield problemAt(file.root, `${file.name} has OAuth settings and no OAuth policy.`);
        }
    }
};

const appDisabled: Rule = {
    id: 'app-disabled',
    severity: 'warning',
    title: 'App or its OAuth plugin switched off',
    why: 'While the app or its OAuth plugin is off, the org refuses every token request of the app.',
    fix: 'Set isEnabled and isOauthPluginEnabled to true, or remove the OAuth settings.',
    kinds: ['ExtlClntAppConfigurablePolicies'],
    *check(file, project) {
        if (filesOfApp(project, 'ExtlClntAppOauthSettings', appOf(file)).length === 0) {
            return;
        }
        for (const name of ['isEnabled', 'isOauthPluginEnabled']) {
            const element = child(file.root, name);
            if (element?.text === 'false') {
                yield problemAt(element, `${name} is false for an app with OAuth settings.`);
            }
        }
    }
};

const newConnectedApp: Rule = {
    id: 'new-connected-app',
    severity: 'warning',
    title: 'Connected app in source',
    why: "Since Spring '26 orgs refuse to create connected apps, through the Metadata API too; the file deploys only where the app exists already.",
    fix: 'Move to an External Client App (externalClientApps, extlClntApp…); keep the file only for orgs that have the app.',
    kinds: ['ConnectedApp'],
    *check(file) {
        yield problemAt(file.root, `${file.name} cannot be created in a new org.`);
    }
};

const legacyFlowAllowed: Rule = {
    id: 'legacy-flow-allowed',
    severity: 'warning',
    title: 'User name and password flow, or implicit flow, allowed in the org',
    why: 'The first hands passwords to programs, the second puts tokens into URLs; RFC 9700 rules the first out and advises against the second.',
    fix: 'Set blockOAuthUnPwFlow and blockOAuthUsrAgtFlow to true.',
    kinds: ['OauthOidcSettings'],
    *check(file) {
        for (const name of ['blockOAuthUnPwFlow', 'blockOAuthUsrAgtFlow']) {
            const element = child(file.root, name);
            if (element && textOf(file.root, name) === 'false') {
                yield problemAt(element, `${name} is false.`);
            }
        }
    }
};

export const appRules = [
    danglingOauthLink,
    orgScopedApp,
    unknownApp,
    policyName,
    policyMissing,
    appDisabled,
    newConnectedApp,
    legacyFlowAllowed
];
