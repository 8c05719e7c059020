import type { HttpRequest } from '../../http/request.ts';
import type { WireResponse } from '../../http/types.ts';
import type { PathParameters } from '../../http/router.ts';
import { executeTraced } from '../tooling/trace.ts';
import { openRoute, type Surface, type SurfaceContext } from '../surface.ts';
import { childText, parseCall, SoapFault, soapResponse } from './envelope.ts';
import { METADATA_OPERATIONS } from './metadata-operations.ts';
import { PARTNER_OPERATIONS } from './partner-operations.ts';
import { sessionOf } from './soap-session.ts';

const METADATA = 'http://soap.sforce.com/2006/04/metadata';
const PARTNER = 'urn:partner.soap.sforce.com';
const APEX = 'http://soap.sforce.com/2006/08/apex';

/** SOAP: the Metadata API (`m`), anonymous Apex (`s`) and the partner API (`u`). The session is in the body. */
export const soapSurface: Surface = {
    name: 'soap',
    routes: [
        openRoute(['POST'], '/services/Soap/m/:release', metadataCall),
        openRoute(['POST'], '/services/Soap/m/:release/:orgId', metadataCall),
        openRoute(['POST'], '/services/Soap/s/:release', apexCall),
        openRoute(['POST'], '/services/Soap/s/:release/:orgId', apexCall),
        openRoute(['POST'], '/services/Soap/u/:release', partnerCall),
        openRoute(['POST'], '/services/Soap/u/:release/:orgId', partnerCall)
    ]
};

function metadataCall(request: HttpRequest, _parameters: PathParameters, context: SurfaceContext): WireResponse {
    const call = parseCall(request.text());
    const session = sessionOf(call, context);
    const operation = METADATA_OPERATIONS.get(call.operation);
    if (!operation) {
        throw notSupported(`the Metadata API call ${call.operation}`);
    }
    const { org } = context;
    const mayUse = ['ModifyMetadata', 'ModifyAllData'].some((name) => org.access.userPermission(session.userId, name));
    if (!mayUse) {
        const detail = 'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions';
        throw new SoapFault('INSUFFICIENT_ACCESS', detail);
    }
    return soapResponse(METADATA, call.operation, operation(call.arguments, org, session));
}

function partnerCall(request: HttpRequest, _parameters: PathParameters, context: SurfaceContext): WireResponse {
    const call = parseCall(request.text());
    const session = sessionOf(call, context);
    const operation = PARTNER_OPERATIONS.get(call.operation);
    if (!operation) {
        throw notSupported(`the partner API call ${call.operation}`);
    }
    return soapResponse(PARTNER, call.operation, operation(call.arguments, context.org, session));
}

function apexCall(request: HttpRequest, _parameters: PathParameters, context: SurfaceContext): WireResponse {
    const call = parseCall(request.text());
    const session = sessionOf(call, context);
    if (call.operation !== 'executeAnonymous') {
        throw notSupported(`the Apex API call ${call.operation}`);
    }
    const code = childText(call.arguments, 'apexcode') ?? '';
    const result = executeTraced(context.org, code, session.userId, 'Api');
    const { column, compiled, compileProblem, exceptionMessage, exceptionStackTrace, line, success } = result;
    return soapResponse(
        APEX,
        call.operation,
        { result: { column, compileProblem, compiled, exceptionMessage, exceptionStackTrace, line, success } },
        { DebuggingInfo: { debugLog: result.debugLog } }
    );
}

function notSupported(what: string): SoapFault {
    return new SoapFault('NOT_SUPPORTED_LOCALLY', `The local org does not support ${what}`);
}
