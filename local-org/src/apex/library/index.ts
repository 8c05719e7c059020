import { approvalClass } from './approval/approval.ts';
import { interviewClass } from './flow/interview.ts';
import { invocableActionClasses } from './invocable/invocable-action.ts';
import { jwtClasses } from './auth/jwt.ts';
import { authSessionClasses } from './auth/session.ts';
import { cursorClasses } from './database/cursor.ts';
import { triggerContextClass } from './events/trigger-context.ts';
import { continuationClass } from './http/continuation.ts';
import { webServiceCalloutClass } from './http/web-service.ts';
import { notificationClasses } from './messaging/notifications.ts';
import { metadataClasses } from './metadata/operations.ts';
import { standardSetControllerClass } from './page/standard-set-controller.ts';
import { collatorClass } from './system/collator.ts';
import { labelClass } from './system/label.ts';
import { locationClasses } from './system/location.ts';
import { orgLimitClasses } from './system/org-limits.ts';
import { siteClasses } from './system/site.ts';
import { resetPasswordResultClass } from './system/user-management.ts';
import { packageContextClasses } from './test/package-tests.ts';
import { visualEditorClasses } from './visual-editor/visual-editor.ts';
import { asyncOptionClasses } from './async/async-options.ts';
import { contextClasses } from './async/contexts.ts';
import { asyncInterfaces } from './async/queueable.ts';
import { compressionClasses } from './compression/zip.ts';
import { businessHoursClass } from './system/business-hours.ts';
import { flexQueueClass } from './async/flex-queue.ts';
import { cacheClasses } from './cache/cache.ts';
import { iteratorClass } from './collections/native-iterator.ts';
import { listClass } from './collections/list.ts';
import { mapClass } from './collections/map.ts';
import { setClass } from './collections/set.ts';
import { customDataClass } from './custom-data/custom-data.ts';
import { accessLevelClass } from './database/access-level.ts';
import { databaseClass } from './database/database.ts';
import { convertLeadClasses } from './database/convert-lead.ts';
import { dmlOptionClasses } from './database/dml-options.ts';
import { mergeResultClass } from './database/merge.ts';
import { queryLocatorClasses } from './database/query-locator.ts';
import { recycleBinClasses } from './database/recycle-bin.ts';
import { resultClasses } from './database/results.ts';
import { savepointClass } from './database/savepoints.ts';
import { eventBusClasses } from './events/event-bus.ts';
import { formulaClasses } from './formula/formula.ts';
import { httpCalloutMockClass, httpClass } from './http/http.ts';
import { httpRequestClass } from './http/http-request.ts';
import { httpResponseClass } from './http/http-response.ts';
import { restContextClass, restRequestClass, restResponseClass } from './http/rest-context.ts';
import { staticResourceMockClasses } from './http/static-resource-mock.ts';
import { jsonClass } from './json/json.ts';
import { jsonGeneratorClass } from './json/json-generator.ts';
import { jsonParserClass } from './json/json-parser.ts';
import { messagingClasses } from './messaging/messaging.ts';
import type { NativeClass } from './native.ts';
import { apexPagesClasses } from './page/apex-pages.ts';
import { pageReferenceClasses } from './page/page-reference.ts';
import { fieldDescribeClasses } from './schema/describe-field.ts';
import { fieldSetByNameClass, fieldSetClasses } from './schema/field-set.ts';
import { objectDescribeClasses } from './schema/describe-object.ts';
import { schemaClasses } from './schema/schema.ts';
import { inlineSearchClass, searchClasses } from './search/search.ts';
import { featureManagementClass } from './security/feature-management.ts';
import { securityClasses } from './security/security.ts';
import { sObjectClass } from './sobject/sobject.ts';
import { assertClass } from './system/assertions.ts';
import { auraHandledExceptionClass } from './system/aura-handled-exception.ts';
import { blobClass } from './system/blob.ts';
import { booleanClass } from './system/boolean.ts';
import { cryptoClass } from './system/crypto.ts';
import { dateClass } from './system/date.ts';
import { datetimeClass } from './system/datetime.ts';
import { decimalClass, doubleClass } from './system/decimal.ts';
import { encodingUtilClass } from './system/encoding-util.ts';
import { exceptionClasses } from './system/exception.ts';
import { idClass } from './system/id.ts';
import { integerClass, longClass } from './system/integer.ts';
import { interfaceClasses } from './system/interfaces.ts';
import { limitsClass } from './system/limits.ts';
import { matcherClass } from './system/matcher.ts';
import { mathClass } from './system/math.ts';
import { patternClass } from './system/pattern.ts';
import { requestClass } from './system/request.ts';
import { stringClass } from './system/string/index.ts';
import { systemClass } from './system/system.ts';
import { timeClass } from './system/time.ts';
import { timeZoneClass } from './system/time-zone.ts';
import { triggerClass } from './system/trigger.ts';
import { typeClass } from './system/type.ts';
import { domainClasses } from './system/domain.ts';
import { urlClass } from './system/url.ts';
import { userInfoClass } from './system/user-info.ts';
import { uuidClass } from './system/uuid.ts';
import { versionClass } from './system/version.ts';
import { testClass } from './test/test.ts';
import { domClasses } from './xml/dom.ts';
import { xmlStreamReaderClass } from './xml/stream-reader.ts';
import { xmlStreamWriterClass } from './xml/stream-writer.ts';

/** What the compiler calls for constructs that are no class of the platform. */
export const COMPILER_CLASSES: readonly NativeClass[] = [customDataClass, fieldSetByNameClass, inlineSearchClass];

/** Every platform class that runs here. */
export const NATIVE_CLASSES: readonly NativeClass[] = [
    accessLevelClass,
    approvalClass,
    ...authSessionClasses,
    collatorClass,
    continuationClass,
    ...cursorClasses,
    interviewClass,
    ...invocableActionClasses,
    ...jwtClasses,
    labelClass,
    ...locationClasses,
    ...metadataClasses,
    ...notificationClasses,
    ...orgLimitClasses,
    ...packageContextClasses,
    resetPasswordResultClass,
    ...siteClasses,
    standardSetControllerClass,
    triggerContextClass,
    ...visualEditorClasses,
    webServiceCalloutClass,
    ...apexPagesClasses,
    assertClass,
    ...asyncInterfaces,
    ...asyncOptionClasses,
    auraHandledExceptionClass,
    blobClass,
    booleanClass,
    businessHoursClass,
    ...cacheClasses,
    ...compressionClasses,
    ...domainClasses,
    ...convertLeadClasses,
    cryptoClass,
    databaseClass,
    dateClass,
    datetimeClass,
    decimalClass,
    ...dmlOptionClasses,
    ...domClasses,
    doubleClass,
    encodingUtilClass,
    ...contextClasses,
    ...eventBusClasses,
    ...exceptionClasses,
    featureManagementClass,
    flexQueueClass,
    ...fieldDescribeClasses,
    ...fieldSetClasses,
    ...formulaClasses,
    httpCalloutMockClass,
    httpClass,
    httpRequestClass,
    httpResponseClass,
    idClass,
    integerClass,
    ...interfaceClasses,
    iteratorClass,
    jsonClass,
    jsonGeneratorClass,
    jsonParserClass,
    limitsClass,
    listClass,
    longClass,
    mapClass,
    matcherClass,
    mathClass,
    mergeResultClass,
    ...messagingClasses,
    ...objectDescribeClasses,
    ...pageReferenceClasses,
    patternClass,
    ...queryLocatorClasses,
    ...recycleBinClasses,
    requestClass,
    restContextClass,
    restRequestClass,
    restResponseClass,
    ...resultClasses,
    savepointClass,
    ...schemaClasses,
    ...searchClasses,
    ...securityClasses,
    setClass,
    sObjectClass,
    ...staticResourceMockClasses,
    stringClass,
    systemClass,
    testClass,
    timeClass,
    timeZoneClass,
    triggerClass,
    typeClass,
    urlClass,
    userInfoClass,
    uuidClass,
    versionClass,
    xmlStreamReaderClass,
    xmlStreamWriterClass
];
