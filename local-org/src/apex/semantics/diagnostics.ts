import type { ApexType } from '../types/types.ts';

/** Every message of the checker, in the wording of the platform's compiler. Types print under their canonical names. */
export const diagnostics = {
    // Syntax that only the platform's parser refuses
    unexpectedToken: (text: string) => `Unexpected token '${text}'.`,
    expected: (expected: string, found: string) => `Expecting '${expected}' but was: '${found}'`,

    // Identifiers
    identifierCharacter: (name: string) => `Invalid character in identifier: ${name}`,
    reservedName: (name: string) => `Identifier name is reserved: ${name}`,
    reservedType: (name: string) => `Identifier type is reserved: ${name}`,
    longIdentifier: (name: string) => `Identifier name is too long: ${name}`,

    // Names
    unknownType: (name: string) => `Invalid type: ${name}`,
    unknownVariable: (name: string) => `Variable does not exist: ${name}`,
    unknownLabel: (name: string) => `External string does not exist: ${name}`,
    unknownField: (field: string, object: string) => `Field does not exist: ${field} on ${object}`,
    unknownMethod: (call: string, type: string) =>
        `Method does not exist or incorrect signature: void ${call} from the type ${type}`,
    unknownConstructor: (type: string, args: string) => `Constructor not defined: [${type}].<Constructor>(${args})`,
    ambiguousMethod: (call: string) => `Ambiguous method signature: ${call}`,
    noTypeArguments: (name: string) => `No type arguments provided for a parameterized type: ${name}`,
    notGeneric: (name: string) => `Type arguments provided for a non-parameterized type: ${name}`,
    typeArguments: (name: string, expected: number, found: number) =>
        `Invalid type argument count for ${name}: expected ${expected} but found ${found}`,
    typeTooDeep: (name: string, depth: number) => `Exceeded max parameterized type depth: ${name}, depth: ${depth}`,
    notImplemented: (member: string) => `Method not implemented in the local org: ${member}`,
    variableNotImplemented: (member: string) => `Variable not implemented in the local org: ${member}`,
    recalculateFormulas: () =>
        'SObject.recalculateFormulas() is deprecated as of API version 57.0. Use Formula.recalculateFormulas() instead',
    constructNotImplemented: (what: string) => `Not implemented in the local org: ${what}`,
    dependentInvalid: (name: string, reason: string) =>
        `Dependent class is invalid and needs recompilation:\n Class ${name} : ${reason}`,

    // Visibility and static
    methodNotVisible: (call: string) => `Method is not visible: ${call}`,
    variableNotVisible: (name: string) => `Variable is not visible: ${name}`,
    typeNotVisible: (name: string) => `Type is not visible: ${name}`,
    staticMethodViaInstance: (call: string) => `Static method cannot be referenced from a non static context: ${call}`,
    instanceMethodViaStatic: (call: string) => `Non static method cannot be referenced from a static context: ${call}`,
    staticFieldViaInstance: (name: string, type: string) =>
        `Static field cannot be referenced from a non static context: ${name} from the type ${type}`,
    instanceFieldViaStatic: (name: string, type: string) =>
        `Non static field cannot be referenced from a static context: ${name} from the type ${type}`,
    thisInStatic: () => 'This cannot be referenced in a static context',
    noSuperType: (type: string) => `No super type defined: ${type}`,
    abstractCalled: (method: string) => `Abstract method cannot be called directly: ${method}`,
    notReadable: (field: string, type: string) => `A value cannot be read from ${field} in type ${type}`,
    notWritable: (field: string, type: string) => `A value cannot be stored to ${field} in type ${type}`,
    finalAssigned: (name: string) =>
        `Final members can only be assigned in their declaration, init blocks, or constructors: ${name}`,
    fieldNotWriteable: (field: string) => `Field is not writeable: ${field}`,

    // Types and operators
    illegalAssignment: (from: ApexType, to: ApexType) => `Illegal assignment from ${from.name} to ${to.name}`,
    illegalConversion: (from: ApexType, to: ApexType) => `Illegal conversion from ${from.name} to ${to.name}`,
    incompatibleCast: (from: ApexType, to: ApexType) =>
        `Incompatible types since an instance of ${from.name} is never an instance of ${to.name}`,
    alwaysInstance: (from: ApexType, to: ApexType) =>
        `Operation instanceof is always true since an instance of ${from.name} is always an instance of ${to.name}`,
    neverInstance: (from: ApexType, to: ApexType) =>
        `Operation instanceof is always false since an instance of ${from.name} is never an instance of ${to.name}`,
    conditionNotBoolean: (type: ApexType) => `Condition expression must be of type Boolean: ${type.name}`,
    incompatibleTernary: (left: ApexType, right: ApexType) =>
        `Incompatible types in ternary operator: ${left.name}, ${right.name}`,
    incompatibleCoalescing: (left: ApexType, right: ApexType) =>
        `Incompatible types in null coalescing operator: ${left.name}, ${right.name}`,
    arithmeticOperands: () => 'Arithmetic expressions must use numeric arguments',
    voidArithmetic: () => 'Arithmetic expressions are not allowed on void types',
    timeOperands: () => 'Time expressions must use Integer or Long',
    dateOperands: () => 'Date expressions must use Integer or Long',
    datetimeOperands: () => 'Date/time expressions must use Integer or Double or Decimal',
    logicalOperands: () => 'Logical operator can only be applied to Boolean',
    bitwiseOperands: (operator: string) =>
        `${operator} operator can only be applied to Boolean expressions or to Integer or Long expressions`,
    shiftOperands: (operator: string) => `${operator} operation can only be applied to Integer or Long types`,
    notOperand: (operator: string) => `${operator} operator can only be applied to boolean expressions`,
    negateOperand: () => 'Unary negation must use a numeric argument',
    complementOperand: (type: ApexType) => `Invalid type for bitwise negate: ${type.name}`,
    stepOperand: (prefix: boolean, operator: string, type: ApexType) =>
        prefix
            ? `Unary prefix ${operator === '++' ? 'increment' : 'decrement'} can only be applied to numeric expressions: ${type.name}`
            : `Unary postfix increment/decrement can only be applied to numeric expressions: ${type.name}`,
    comparisonTypes: (left: ApexType, right: ApexType) =>
        `Comparison arguments must be compatible types: ${left.name}, ${right.name}`,
    inequalityType: (type: ApexType) => `Inequality operator not allowed for this type: ${type.name}`,
    exactEqualityType: (type: ApexType) => `Exact equality operator only allowed for reference types: ${type.name}`,
    notAssignable: () => 'Expression cannot be assigned',
    indexNotList: (type: ApexType) => `Expression must be a list type: ${type.name}`,
    indexNotInteger: (type: ApexType) => `List index must be of type Integer: ${type.name}`,
    integerRange: () => 'Illegal integer',
    longRange: () => 'Illegal long',
    voidParameter: () => 'Parameters cannot be of type void',

    bindType: (type: ApexType, column: ApexType) =>
        `Invalid bind expression type of ${type.name} for column of type ${column.name}`,
    bindNotIterable: () => 'IN operator must be used with an iterable expression',

    // Creation
    notConstructable: (name: string) => `Type cannot be constructed: ${name}`,
    abstractConstructed: (name: string) => `Abstract classes cannot be constructed: ${name}`,
    initialValue: (expected: ApexType, actual: ApexType) =>
        `Initial expression is of incorrect type, expected: ${expected.name} but was: ${actual.name}`,
    initialKey: (actual: ApexType, map: ApexType) => `Invalid key type ${actual.name} for ${map.name}`,
    initialMapValue: (actual: ApexType, map: ApexType) => `Invalid value type ${actual.name} for ${map.name}`,
    nameValuePairs: (name: string) =>
        `Invalid constructor syntax, name=value pairs can only be used for SObjects: ${name}`,
    needsNameValuePairs: (name: string) => `Type requires name=value pair construction: ${name}`,
    duplicateFieldInit: (field: string) => `Duplicate field initialization: ${field}`,

    // Statements
    notAStatement: () => 'Expression cannot be a statement.',
    unreachable: () => 'Unreachable statement',
    missingReturn: (type: ApexType) => `Missing return statement required return type: ${type.name}`,
    returnValueInVoid: () => 'Void method must not return a value',
    returnValueInConstructor: () => 'Constructors must not return a value',
    returnValueInTrigger: () => 'Trigger bodies must not return a value',
    returnOutsideMethod: () => 'Return must be called from a method',
    duplicateVariable: (name: string) => `Duplicate variable: ${name}`,
    breakOutsideLoop: () => 'Break statement must be in loop',
    continueOutsideLoop: () => 'Continue statement must be in loop',
    notIterable: (type: ApexType) => `Loop must iterate over collection: ${type.name}`,
    loopVariable: (element: ApexType, variable: ApexType) =>
        `Invalid loop variable type expected ${element.name} was ${variable.name}`,
    queryLoopNeedsStatement: () => 'Loop with query must provide a statement',
    notThrowable: (type: ApexType) => `Throw expression must be of type exception: ${type.name}`,
    notCatchable: (type: ApexType) => `Catch block variable must be of type exception: ${type.name}`,
    alreadyCaught: (type: ApexType) => `Exception type already caught: ${type.name}`,
    dmlType: (type: ApexType) => `DML requires SObject or SObject list type: ${type.name}`,
    upsertField: (field: string) =>
        `Invalid field for upsert, must be an External Id custom or standard indexed field: ${field}`,
    upsertConcreteType: () => 'Upsert with a field specification requires a concrete SObject type',
    mergeConcreteType: (type: ApexType) => `Merge requires a concrete SObject type: ${type.name}`,
    mergeUnsupported: (type: ApexType) => `Specified type ${type.name} cannot be merged`,
    mergeDuplicates: () => 'Invalid type for duplicate records',
    runAsArguments: () => "runAs requires a single argument of type 'User' or 'Version'",
    switchType: (type: ApexType) => `${type.name} is not a valid switch expression type`,
    whenMatchesAll: (type: ApexType) =>
        `${type.name} in the when expression is already matching the switch expression type`,
    whenType: (value: ApexType, type: ApexType) =>
        `${value.name} value in when expression cannot be implicitly converted to the ${type.name} type in switch expression`,
    whenSObject: () => "Switching on SObject types must be a 'when type variable' or 'when null'",
    whenVariableType: (type: ApexType) => `${type.name} cannot be a when type variable block`,
    whenEnumQualified: () => "Enum value used in 'when expression' should be unqualified",
    whenEnumField: () => 'Field must be an enum reference',
    whenConstant: (name: string) => `Field must be a static final constant: ${name}`,
    whenLiteral: () => "'when expression' must be a literal, a constant literal field or enum value",
    whenDuplicate: (text: string) => `${text} occurs as more than one when branch for this switch statement`,
    whenElseLast: () => "'when else' must be the last when block",
    noConstructor: (constructor_: string) => `No constructor defined: ${constructor_}`,
    instanceMethodInCall: (method: string) =>
        `Cannot reference instance methods in a constructor invocation: ${method}`,
    instanceVariableInCall: (name: string) =>
        `Cannot reference instance variables in a constructor invocation: ${name}`,
    superCallFirst: () => "Call to 'super()' must be the first statement in a constructor method",
    thisCallFirst: () => "Call to 'this()' must be the first statement in a constructor method",
    noDefaultSuperConstructor: (type: string) => `No default constructor available in super type: ${type}`,

    // Declarations
    duplicateField: (name: string) => `Duplicate field: ${name}`,
    duplicateMethod: (name: string, method: string, type: string) =>
        `Method already defined: ${name} ${method} from the type ${type}`,
    duplicateType: (name: string) => `Type name already in use: ${name}`,
    duplicateModifier: (word: string) => `Duplicate modifier: ${word}`,
    singleScope: () => 'Declarations can only have one scope',
    modifierNotAllowed: (word: string, plural: string) => `${word} is not allowed on ${plural}`,
    modifierByDefault: (plural: string, word: string) => `${plural} are by default ${word}`,
    modifierCannotBe: (word: string, plural: string, other: string) => `${word} ${plural} cannot be ${other}`,
    topLevelOnly: (word: string) => `${word} can only be used on a top level type`,
    enclosingType: (word: string, plural: string, as: string) =>
        `Enclosing type for ${word} ${plural} in apex classes must be declared as ${as}`,
    deprecatedReturn: (type: ApexType) =>
        `Global methods must be deprecated when return type is deprecated: ${type.name}`,
    deprecatedParameter: (type: ApexType) =>
        `Global methods must be deprecated when parameter type is deprecated: ${type.name}`,
    globalAbstract: () => 'global defined types requires that abstract methods must be declared as global',
    accessorScope: (scope: string, property: string) => `Cannot declare ${scope} accessor on ${property} property`,
    unsupportedField: (word: string, type: ApexType) => `${word} fields do not support type of ${type.name}`,
    tooManyEnumValues: (maximum: number) => `Maximum number of enum items exceeded: ${maximum}`,
    systemConstructor: (constructor_: string) => `System exception constructor already defined: ${constructor_}`,
    topLevelImplements: (type: string) => `Only top-level classes can implement ${type}`,
    voidVariable: () => 'Variables cannot be of type void',
    voidProperty: () => 'Properties cannot be of type void',
    wrongConstructorName: (name: string) => `Invalid constructor name: ${name}`,
    nestedTooDeep: () => 'Inner types are not allowed to have inner types',
    staticBlockInInner: () => 'Inner types are not allowed to have static blocks',
    staticInInner: (what: 'fields' | 'methods' | 'properties') =>
        `static can only be used on ${what} of a top level type`,
    topLevelVisibility: () => 'Top-level type must have public or global visibility',
    mustImplement: (type: string, method: string) => `Class ${type} must implement the method: ${method}`,
    mustImplementAbstract: (type: string, method: string) =>
        `Class ${type} must implement the abstract method: ${method}`,
    implementationNotVisible: (type: string, method: string) =>
        `${type}: Overriding implementations of global or public interface methods must be global or public: ${method}`,
    notOverriding: (method: string) => `@Override specified for non-overriding method: ${method}`,
    mustOverride: (method: string) => `Method must use the override keyword: ${method}`,
    overrideVisibility: (method: string) => `Cannot reduce the visibility of method: ${method}`,
    overrideNotVirtual: (method: string) => `Non-virtual, non-abstract methods cannot be overridden: ${method}`,
    overrideReturn: (own: string, base: string, type: string) =>
        `Method return types clash: ${own} vs ${base} from the type ${type}`,
    notExtensible: (name: string) => `Non-virtual and non-abstract type cannot be extended: ${name}`,
    invalidSuperType: (name: string) => `Invalid super type: ${name}`,
    invalidInterface: (name: string) => `Invalid interface: ${name}`,
    interfaceTwice: (name: string) => `Interface already implemented: ${name}`,
    exceptionName: (name: string) => `Classes extending Exception must have a name ending in Exception: ${name}`,
    exceptionBase: (name: string) => `Exception class must extend another Exception class: ${name}`,
    circular: (name: string) => `Circular definition: ${name}`,
    tooManyParameters: (maximum: number) => `Invalid number of parameters exceeds: ${maximum}`,
    protectedInClosedType: () => 'New protected methods cannot be defined in non-virtual classes',
    abstractBody: () => 'Abstract methods cannot have a body',
    missingBody: () => 'Method must have a body',
    abstractInConcrete: () => 'Defining type for abstract methods must be declared as abstract',

    // Annotations
    unknownAnnotation: (name: string) => `Annotation does not exist: ${name}`,
    annotationProperty: (property: string, name: string) =>
        `No such property, ${property}, defined on this annotation: ${name}`,
    annotationPropertyVersion: (property: string, name: string, version: number) =>
        `Annotation property, ${property} on ${name}, must be in version ${version.toFixed(1)} or higher`,
    annotationValue: (property: string, type: string) => `Invalid value for property ${property} expected type ${type}`,
    annotationUnknownValue: (property: string, name: string, value: string) =>
        `Annotation property, ${property} on ${name}, unknown value: ${value}`,
    annotationOrgValue: (property: string, name: string, value: string) =>
        `Annotation property, ${property} on ${name}, value is not valid in your org: ${value}`,
    annotationFormat: (property: string, name: string) =>
        `Annotation property, the format of ${property} on ${name} is invalid, please check if the ${property} has the correct formats `,
    annotationElement: (property: string, name: string, plural: string) =>
        `Annotation property, ${property} on ${name}, is not allowed on ${plural}`,
    annotationCombination: (one: string, other: string, name: string) =>
        `Invalid combination of values for properties ${one} and ${other} on ${name}`,
    annotationDefault: (property: string, variable: string, type: ApexType) =>
        `The data type of the value for the ${property} annotation property doesn't match the data type of the '${variable}' variable. Specify a value with a data type of ${type.name}`,
    editorMissing: (component: string) =>
        `Invalid value for property configurationEditor: ${component} is not a valid Lightning Web Component name`,
    iconMissing: (icon: string) =>
        `Invalid value for property iconName: We cannot find the icon ${icon}. Ensure that you uploaded the icon as a static resource`,
    missingProperty: (property: string) => `Required property is missing: ${property}`,
    mustBeDeclared: (what: string, plural: string, as: string) => `${what} ${plural} must be declared as ${as}`,
    requiresOneOf: (what: string, plural: string, words: string) =>
        `${what} ${plural} require at least one of the following ${words}`,
    definingTypeOneOf: (what: string, plural: string, words: string) =>
        `Defining type for ${what} ${plural} require at least one of the following ${words}`,
    modifierNotIn: (word: string, plural: string) => `${word} is not allowed in ${plural}`,
    definingType: (what: string, as: string) => `Defining type for ${what} methods must be declared as ${as}`,
    definingTypeOf: (what: string, plural: string, as: string) =>
        `Defining type for ${what} ${plural} must be declared as ${as}`,
    onlyOneMethod: (name: string) => `Only one method per type can be defined with: ${name}`,
    noParameters: (name: string) => `${name} methods do not support parameters`,
    unsupportedReturn: (name: string, type: ApexType) => `${name} methods do not support return type of ${type.name}`,
    unsupportedParameter: (name: string, type: ApexType) =>
        `${name} methods do not support parameter type of ${type.name}`,
    restUrlEmpty: () => 'Rest Resource url cannot be empty',
    restUrlLong: () => 'Rest Resource url cannot be longer than 255 characters',
    restUrlSlash: () => "Rest Resource url must begin with a forward slash, '/'",
    restUrlBeforeWildcard: () => "Rest Resource url wildcard, '*', must be preceded by a forward slash, '/'",
    restUrlAfterWildcard: () =>
        "Rest Resource url wildcard, '*', must be followed by a forward slash, '/', or be the last character",
    auraInstanceParameters: () => 'Non static AuraEnabled methods may not have parameters',
    auraInstanceName: () => "Non static AuraEnabled methods must be named with a prefix 'get'",
    auraField: (name: string) => `AuraEnabled method and variable cannot have the same name: ${name}`,
    jsonAccess: () => 'At least one JSON serialization control parameter must be specified',
    readOnlyMethod: () =>
        'Only WebService, RemoteAction or Schedulable.execute(SchedulableContext) methods can be marked ReadOnly',
    auraOverload: (name: string) => `Overload of AuraEnabled method: ${name} overload is not permitted`,
    testParameters: () => 'Test methods must have no arguments',
    setupWithAllData: () =>
        'Test class containing a test setup method cannot have any methods annotated with @isTest(SeeAllData=true)',
    parallelWithAllData: () =>
        'Test class annotated with @isTest(IsParallel=true) cannot also be annotated with @isTest(SeeAllData=true)',
    parallelMethodWithAllData: () =>
        'Test class annotated with @isTest(IsParallel=true) cannot have any methods annotated with @isTest(SeeAllData=true)',
    invocableAnnotations: () => 'The only annotation that can be used with InvocableMethod is Deprecated',
    remoteOverload: () =>
        'Remote Action does not support two remote action methods with the same name and same number of parameters',
    serviceOverload: (method: string) =>
        `Web Service does not support two web service methods with the same name: ${method}`,
    setupReturn: () => 'Test setup method must return void',
    setupSeeAllData: () => 'Test class cannot be annotated with @isTest(SeeAllData=true)',
    testClass: () => 'Only top-level non-exception class types can be marked as tests',
    invocableParameters: () => 'Only one parameter is supported on methods with @Invocable annotation',
    invocableList: (type: ApexType) =>
        `Unsupported parameter type ${type.name}. Valid invocable parameters must be List types like List<T> where T is a supported type`,

    // Triggers
    triggerObject: (name: string) => `Trigger type isn't an SObject: ${name}`,
    triggerUnsupported: (name: string) => `SObject type does not allow triggers: ${name}`,
    triggerBeforeUndelete: () => 'Trigger Usage Before Undelete is not supported',
    triggerDuplicate: (event: string) => `Duplicate Trigger Usage: ${event}`
} as const;
