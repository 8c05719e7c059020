import { platformTypes } from '../../../platform/signatures.ts';
import { OBJECT, platformType, STRING } from '../../types/apex-types.ts';
import { mapFrom } from '../arguments.ts';
import { beanClass, BeanObject, type BeanOptions } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import type { NativeClass } from '../native.ts';

/** Namespaces of which every class only holds values, but for those named. */
const NAMESPACES: Readonly<Record<string, readonly string[]>> = {
    metadata: ['Metadata.DeployContainer', 'Metadata.Operations'],
    process: [],
    reports: ['reports.ReportManager'],
    quickaction: ['QuickAction.QuickActionDefaultsHandler'],
    datacloud: ['Datacloud.FindDuplicates', 'Datacloud.FindDuplicatesByIds']
};

/** Values that constructors take, by class. Source: Apex Reference, the page of each class. */
const PARAMETERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
    'Auth.AuthProviderCallbackState': [['headers', 'body', 'queryParameters']],
    'Auth.AuthProviderTokenResponse': [
        ['provider', 'oauthToken', 'oauthSecretOrRefreshToken', 'state'],
        ['provider', 'oauthToken', 'oauthSecretOrRefreshToken', 'state', 'idToken']
    ],
    'Auth.GeneratedUserData': [
        [
            'username',
            'email',
            'lastName',
            'firstName',
            'alias',
            'languageLocaleKey',
            'localesIdKey',
            'emailEncodingKey',
            'timeZoneSidKey'
        ]
    ],
    'Auth.HeadlessUserDiscoveryResponse': [['userIds', 'customErrorMessage']],
    'Auth.JsonValueOutput': [
        ['stringValue', 'booleanValue', 'integerValue', 'doubleValue', 'jsonStringValue', 'jsonArrayValue']
    ],
    'Auth.OAuthRefreshResult': [
        ['accessToken', 'refreshToken'],
        ['accessToken', 'refreshToken', 'error']
    ],
    'Auth.TokenValidationResult': [
        ['isValid'],
        ['isValid', 'data', 'userData', 'token', 'tokenType', 'customErrorMsg']
    ],
    'Auth.UserData': [
        [
            'identifier',
            'firstName',
            'lastName',
            'fullName',
            'email',
            'link',
            'username',
            'locale',
            'provider',
            'siteLoginUrl',
            'attributeMap'
        ],
        [
            'identifier',
            'firstName',
            'lastName',
            'fullName',
            'email',
            'link',
            'username',
            'locale',
            'provider',
            'siteLoginUrl',
            'attributeMap',
            'userInfoJSONString',
            'idTokenJSONString'
        ]
    ],
    'Auth.VerificationResult': [['redirect', 'success', 'message']],
    'Process.PluginDescribeResult.InputParameter': [
        ['name', 'parameterType', 'required'],
        ['name', 'description', 'parameterType', 'required']
    ],
    'Process.PluginDescribeResult.OutputParameter': [
        ['name', 'parameterType'],
        ['name', 'description', 'parameterType']
    ],
    'Process.PluginRequest': [['inputParameters']],
    'Process.PluginResult': [['outputParameters']]
};

/** Classes of other namespaces that only hold values. */
const CLASSES: readonly string[] = [
    ...Object.keys(PARAMETERS).filter((name) => name.startsWith('Auth.')),
    'Approval.ProcessRequest',
    'Approval.ProcessSubmitRequest',
    'Approval.ProcessWorkitemRequest',
    'Approval.ProcessResult',
    'Approval.LockResult',
    'Approval.UnlockResult',
    'Database.MergeRequest',
    'Messaging.RenderEmailTemplateBodyResult',
    'Messaging.RenderEmailTemplateError',
    'VisualEditor.DesignTimePageContext',
    'eventbus.ChangeEventHeader'
];

const NAMES: ReadonlySet<string> = new Set(CLASSES.map((name) => name.toLowerCase()));

/** Lists that a new object has empty, not null. */
const DEFAULTS: Readonly<Record<string, BeanOptions['defaults']>> = {
    'eventbus.ChangeEventHeader': () => ({
        changedFields: new ApexList(STRING, []),
        diffFields: new ApexList(STRING, []),
        nulledFields: new ApexList(STRING, []),
        recordIds: new ApexList(STRING, [])
    }),
    'Metadata.DeployDetails': () => ({
        componentFailures: new ApexList(platformType('Metadata.DeployMessage'), []),
        componentSuccesses: new ApexList(platformType('Metadata.DeployMessage'), [])
    }),
    'Metadata.CustomMetadata': () => ({ values: new ApexList(platformType('Metadata.CustomMetadataValue'), []) }),
    'Process.PluginDescribeResult': () => ({
        inputParameters: new ApexList(platformType('Process.PluginDescribeResult.InputParameter'), []),
        outputParameters: new ApexList(platformType('Process.PluginDescribeResult.OutputParameter'), [])
    })
};

/** Members that are more than a value. */
const EXTRA: Readonly<Record<string, BeanOptions['extra']>> = {
    'Process.PluginResult': {
        constructors: {
            '(String,Object)': (rt, _type, name: string, value: unknown) =>
                new BeanObject('Process.PluginResult', {
                    outputParameters: mapFrom(rt, STRING, OBJECT, [[name, value]])
                })
        }
    }
};

/** A class that only holds values; undefined for any other. Each is made when it is first used. */
export function holderClass(className: string): NativeClass | undefined {
    const namespace = className.slice(0, className.indexOf('.')).toLowerCase();
    const excluded = NAMESPACES[namespace];
    if (excluded === undefined && !NAMES.has(className.toLowerCase())) return undefined;
    const info = platformTypes().type(className);
    if (info?.kind !== 'class' || info.superclass === 'System.Exception' || excluded?.includes(info.name) === true) {
        return undefined;
    }
    const defaults = DEFAULTS[info.name];
    const extra = EXTRA[info.name];
    return beanClass(info.name, {
        readOnly: info.constructors.length > 0 && info.constructors.every((one) => one.parameters.length > 0),
        parameters: PARAMETERS[info.name] ?? [],
        ...(defaults !== undefined && { defaults }),
        ...(extra !== undefined && { extra })
    });
}
