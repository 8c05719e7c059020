import { appOf, filesOfApp } from '../credentials.ts';
import type { MetadataFile } from '../project.ts';
import { problemAt, type Rule } from '../rule.ts';
import { child, isTrue, type XmlElement } from '../xml.ts';

const FLAG = 'isClientCredentialsFlowEnabled';

interface Flow {
    /** The part of the file that describes the flow. */
    readonly part: XmlElement;
    readonly enabled: boolean;
    readonly user: XmlElement | undefined;
}

function flowOf(file: MetadataFile): Flow | undefined {
    const legacy = file.kind === 'ConnectedApp';
    const part = legacy ? child(file.root, 'oauthConfig') : file.root;
    return (
        part && {
            part,
            enabled: isTrue(part, legacy ? 'isClientCredentialEnabled' : FLAG),
            user: child(part, legacy ? 'oauthClientCredentialUser' : 'clientCredentialsFlowUser')
        }
    );
}

const halfEnabled: Rule = {
    id: 'client-credentials-half-enabled',
    severity: 'error',
    title: 'Client credentials flow on in the settings or in the policy only',
    why: 'The org gives tokens only where both the settings (developer) and the policy (administrator) allow the flow.',
    fix: 'Set isClientCredentialsFlowEnabled to the same value in the .ecaGlblOauth and the .ecaOauthPlcy file.',
    kinds: ['ExtlClntAppGlobalOauthSettings', 'ExtlClntAppOauthConfigurablePolicies'],
    *check(file, project) {
        const isPolicy = file.kind === 'ExtlClntAppOauthConfigurablePolicies';
        const otherKind = isPolicy ? 'ExtlClntAppGlobalOauthSettings' : 'ExtlClntAppOauthConfigurablePolicies';
        const others = project.nearest(file, filesOfApp(project, otherKind, appOf(file)));
        if (!isTrue(file.root, FLAG) && others.some(({ root }) => isTrue(root, FLAG))) {
            const [here, there] = isPolicy ? ['policy', 'settings'] : ['settings', 'policy'];
            yield problemAt(child(file.root, FLAG) ?? file.root, `The flow is on in the ${there}, not in the ${here}.`);
        }
    }
};

const runAsUserMissing: Rule = {
    id: 'run-as-user-missing',
    severity: 'error',
    title: 'Client credentials flow without the user it runs as',
    why: 'Token requests fail with "no client credentials user enabled".',
    fix: 'Name the integration user in clientCredentialsFlowUser (connected app: oauthClientCredentialUser).',
    kinds: ['ConnectedApp', 'ExtlClntAppOauthConfigurablePolicies'],
    *check(file) {
        const flow = flowOf(file);
        if (flow?.enabled && !flow.user?.text) {
            yield problemAt(flow.user ?? flow.part, 'The flow is on and has no user to run as.');
        }
    }
};

const runAsUserNotAUsername: Rule = {
    id: 'run-as-user-not-a-username',
    severity: 'error',
    title: 'Run-as user that is not a user name',
    why: 'User names have the form of an e-mail address; a full name, an alias or an id is not found, and token requests fail with "no client credentials user enabled".',
    fix: 'Write the user name (not the e-mail address of the person), or a placeholder that the deploy replaces.',
    kinds: ['ConnectedApp', 'ExtlClntAppOauthConfigurablePolicies'],
    *check(file) {
        const user = flowOf(file)?.user;
        if (user?.text && !/^[^\s@]+@[^\s@]+$/.test(user.text) && !file.placeholders.isIn(user.text)) {
            yield problemAt(user, `"${user.text}" is not a user name.`);
        }
    }
};

export const clientCredentialsRules = [halfEnabled, runAsUserMissing, runAsUserNotAUsername];
