import type { Runtime } from '../../runtime/runtime.ts';
import type { ApexList } from '../collections/apex-list.ts';
import type { ApexMap } from '../collections/apex-map.ts';
import { noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { notImplemented } from '../not-implemented.ts';
import { TestState } from '../test/test-state.ts';
import { beginCallout } from './begin-callout.ts';

/**
 * What a class generated from a WSDL calls. `info` is endpoint, SOAP action, request namespace and name, response
 * namespace, name and type (Apex Developer Guide, "Testing Web Service Callouts").
 */
function invoke(rt: Runtime, stub: object, request: object, response: ApexMap, info: ApexList): void {
    beginCallout(rt);
    if (!rt.tx.isTest) {
        notImplemented(rt, 'WebServiceCallout.invoke outside tests');
    }
    const mock = rt.tx.state(TestState).mocks.get('system.webservicemock');
    if (mock === undefined) {
        rt.throwNew('System.TypeException', 'Methods defined as TestMethod do not support Web service callouts');
    }
    const [endpoint, soapAction, , requestName, responseNs, responseName, responseType] = info.items;
    rt.invoke(mock, 'doInvoke', [
        stub,
        request,
        response,
        endpoint,
        soapAction,
        requestName,
        responseNs,
        responseName,
        responseType
    ]);
}

/** WebServiceCallout (Apex Reference, System.WebServiceCallout). In tests the mock of `Test.setMock` answers. */
export const webServiceCalloutClass: NativeClass = nativeClass({
    name: 'System.WebServiceCallout',
    statics: { 'invoke(Object,Object,Map,List)': noNulls(invoke) }
});
