import { DeployOptionError, readDeployOptions } from '../../deploy/deploy-options.ts';
import { DeployRefusal } from '../../deploy/deploy-refusal.ts';
import type { DeployOptions, DeployResult } from '../../deploy/deploy-types.ts';
import { deploymentsOf } from '../../deploy/deployments.ts';
import { describeDeployResult } from '../../deploy/describe-result.ts';
import { insufficientAccess, invalidInput, notFound, platformError } from '../../http/api-error.ts';
import { parseJson } from '../../http/json-body.ts';
import type { HttpRequest } from '../../http/request.ts';
import { json } from '../../http/responses.ts';
import type { WireResponse } from '../../http/types.ts';
import type { PathParameters } from '../../http/router.ts';
import { sessionRoute, type SessionContext, type Surface } from '../surface.ts';
import { parseMultipart } from './multipart.ts';

const RESOURCE = '/services/data/:version/metadata/deployRequest';

/** Deploys over REST. Source: Metadata API Developer Guide, Deploying with REST. */
export const metadataRestSurface: Surface = {
    name: 'metadata-rest',
    routes: [
        sessionRoute(['POST'], RESOURCE, startDeploy),
        sessionRoute(['GET'], `${RESOURCE}/:id`, deployStatus),
        sessionRoute(['PATCH'], `${RESOURCE}/:id`, cancelDeploy)
    ]
};

function startDeploy(request: HttpRequest, _parameters: PathParameters, context: SessionContext): WireResponse {
    checkPermission(context);
    const deployments = deploymentsOf(context.org);
    const { userId } = context.session;
    if (request.contentType === 'application/json') {
        const { validatedDeployRequestId } = request.json() as { validatedDeployRequestId?: string };
        const id = begun(() => deployments.deployRecentValidation(validatedDeployRequestId ?? '', userId));
        return json(201, { validatedDeployRequestId, ...describe(id, deployments.result(id), false) });
    }
    const parts = parseMultipart(request.headers['content-type'] ?? '', request.body);
    const zip = parts.find((part) => part.name === 'file')?.body;
    const entity = parts.find((part) => part.name === 'entity_content' || part.name === 'json')?.body;
    if (!zip) {
        throw invalidInput('The request has no part with the name file');
    }
    const options = readOptions(entity);
    const id = begun(() => deployments.deploy({ zip, options, userId }));
    const { testLevelGiven: _given, ...deployOptions } = options;
    return json(201, { ...describe(id, deployments.result(id), false), deployOptions });
}

function begun(deploy: () => string): string {
    try {
        return deploy();
    } catch (error) {
        throw error instanceof DeployRefusal ? platformError(400, error.code, error.message) : error;
    }
}

function readOptions(entity: Uint8Array | undefined): DeployOptions {
    const content = entity ? (parseJson(new TextDecoder().decode(entity)) as { deployOptions?: JsonOptions }) : {};
    const given = content.deployOptions ?? {};
    try {
        return readDeployOptions({
            flag: (name) => given[name] as boolean | undefined,
            testLevel: given.testLevel,
            runTests: given.runTests ?? []
        });
    } catch (error) {
        if (error instanceof DeployOptionError) {
            throw platformError(501, 'NOT_SUPPORTED_LOCALLY', error.message);
        }
        throw error;
    }
}

type JsonOptions = { readonly [Name in keyof DeployOptions]?: DeployOptions[Name] | null };

function deployStatus(request: HttpRequest, { id = '' }: PathParameters, { org }: SessionContext): WireResponse {
    const result = deploymentsOf(org).result(id);
    if (!result) {
        throw notFound();
    }
    return json(200, describe(id, result, request.query.get('includeDetails') === 'true'));
}

/** A deploy is done before anyone can ask to cancel it. */
function cancelDeploy(_request: HttpRequest, { id = '' }: PathParameters, { org }: SessionContext): WireResponse {
    if (!deploymentsOf(org).result(id)) {
        throw notFound();
    }
    throw invalidInput(`Deployment already completed: ${id}`);
}

function describe(id: string, result: DeployResult | undefined, includeDetails: boolean): Record<string, unknown> {
    return { id, deployResult: result && describeDeployResult(result, includeDetails) };
}

function checkPermission({ org, session }: SessionContext): void {
    const mayUse = ['ModifyMetadata', 'ModifyAllData'].some((name) => org.access.userPermission(session.userId, name));
    if (!mayUse) {
        throw insufficientAccess(
            'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions'
        );
    }
}
