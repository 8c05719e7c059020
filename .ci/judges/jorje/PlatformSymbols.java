import apex.common.base.Initializer;
import apex.jorje.semantic.ast.modifier.ModifierGroups;
import apex.jorje.semantic.bcl.ExceptionMethods;
import apex.jorje.semantic.common.TestSymbolProvider;
import apex.jorje.semantic.compiler.Namespace;
import apex.jorje.semantic.compiler.Namespaces;
import apex.jorje.semantic.compiler.SourceFile;
import apex.jorje.semantic.symbol.member.method.MethodInfo;
import apex.jorje.semantic.symbol.member.method.MethodTable;
import apex.jorje.semantic.symbol.member.method.StandardMethodInfo;
import apex.jorje.semantic.symbol.member.method.StandardMethodTable;
import apex.jorje.semantic.symbol.member.variable.FieldTable;
import apex.jorje.semantic.symbol.resolver.SymbolResolver;
import apex.jorje.semantic.symbol.type.InternalTypeInfo;
import apex.jorje.semantic.symbol.type.InternalTypeInfos;
import apex.jorje.semantic.symbol.type.ReifiedTypeInfos;
import apex.jorje.semantic.symbol.type.StandardTypeInfoImpl;
import apex.jorje.semantic.symbol.type.TypeInfo;
import apex.jorje.semantic.symbol.type.TypeInfos;
import apex.jorje.semantic.symbol.type.parent.ParentTable;
import apex.jorje.services.Version;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the compiler asks its host for: platform classes, objects, labels, pages. */
final class PlatformSymbols extends TestSymbolProvider {
    /** A platform class as source. Own name and reserved names carry marks that are taken out here. */
    static final class Stub {
        String name;
        String namespace;
        boolean isException;
        String body;
    }

    private static final String API = "com/salesforce/api/";
    private static final String EXCEPTION_BASE = "system/apexbaseexception";
    private static final String OWN_NAME = "%NAME%";
    /** Stands before names of methods that no source may declare: `insert`, `merge`, ... */
    private static final String RESERVED = "reserved_";

    /** Types the compiler itself knows under another binary name, by lower-case Apex name. */
    private static final Map<String, InternalTypeInfo> INTERNAL = internalTypes();

    /** Names of objects that are names of classes, too. */
    private static final Set<String> BOTH_OBJECT_AND_CLASS = Set.of("approval", "businesshours", "domain", "network", "site");

    private final Map<String, Stub> stubs;
    private final ObjectSymbols objects;
    private final Map<String, TypeInfo> built = new HashMap<>();
    /** What the compiler calls the source of a stub, by the stub's key. */
    private final Map<String, String> sourceNames = new HashMap<>();
    private final Set<String> labels = new HashSet<>();
    private final Set<String> pages = new HashSet<>();
    private SymbolResolver resolver;

    PlatformSymbols(JorjeDriver.Input input, JorjeDriver.Program program) {
        stubs = input.types;
        objects = new ObjectSymbols(this, input.objects, program.objects);
        addLowerCase(labels, program.labels);
        addLowerCase(pages, program.pages);
    }

    private static void addLowerCase(Set<String> to, List<String> names) {
        if (names == null) return;
        for (String name : names) to.add(name.toLowerCase(Locale.ROOT));
    }

    private static Map<String, InternalTypeInfo> internalTypes() {
        Map<String, InternalTypeInfo> types = new HashMap<>();
        for (Field field : InternalTypeInfos.class.getFields()) {
            try {
                if (!(field.get(null) instanceof InternalTypeInfo)) continue;
                InternalTypeInfo type = (InternalTypeInfo) field.get(null);
                if (!type.getBytecodeName().startsWith(API)) continue;
                String name = type.getApexName().toLowerCase(Locale.ROOT);
                types.put(name.contains(".") ? name : "system." + name, type);
            } catch (IllegalAccessException error) {
                throw new IllegalStateException(error);
            }
        }
        return types;
    }

    @Override
    public TypeInfo find(SymbolResolver asking, TypeInfo referencing, String name) {
        resolver = asking;
        String key = key(name);
        if (isHidden(name, key)) return null;
        TypeInfo type = built.get(key);
        if (type == null && key.equals(EXCEPTION_BASE)) {
            type = exceptionBase(super.find(asking, referencing, name));
            built.put(key, type);
        }
        if (type == null && stubs.containsKey(key)) {
            type = build(stubs.get(key), key, name);
            built.put(key, type);
        }
        if (type == null && key.indexOf('$') > 0) type = innerType(asking, referencing, key);
        return type == null ? super.find(asking, referencing, name) : type;
    }

    /**
     * The compiler looks for its own types, then for objects, then for platform classes: `BusinessHours` is the object in a
     * declaration and the class before a method.
     */
    private boolean isHidden(String name, String key) {
        String simple = key.substring(key.indexOf('/') + 1);
        return name.startsWith(API) && BOTH_OBJECT_AND_CLASS.contains(simple);
    }

    /** `Messaging/InboundEmail$Header`: the compiler knows it once it has the outer class. */
    private TypeInfo innerType(SymbolResolver asking, TypeInfo referencing, String key) {
        int mark = key.indexOf('$');
        String outer = key.substring(0, mark);
        if (!stubs.containsKey(outer)) return null;
        find(asking, referencing, outer);
        return asking.get(sourceNames.get(outer) + key.substring(mark));
    }

    /** The compiler tries several folders for one class: `System/X`, `com/salesforce/api/System/X`, `…/exception/X`. */
    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String key = lower.startsWith(API) ? lower.substring(API.length()) : lower;
        if (key.equals("system") || key.equals("database")) return "system/" + key;
        return key.startsWith("exception/") ? "system/" + key.substring("exception/".length()) : key;
    }

    /** A platform class by lower-case `namespace/name`. */
    TypeInfo platformType(String key) {
        return find(resolver, null, key);
    }

    /** What every exception class of the org derives from: the compiler's own has only what it overrides. */
    private static TypeInfo exceptionBase(TypeInfo own) {
        return StandardTypeInfoImpl.builder()
            .setApexName(own.getApexName())
            .setBytecodeName(own.getBytecodeName())
            .setNamespace(own.getNamespace())
            .setParents(own.parents())
            .setModifiers(own.getModifiers())
            .setUnitType(own.getUnitType())
            .setMethods((Initializer<MethodTable, TypeInfo>) self -> {
                MethodTable table = new StandardMethodTable();
                Set<String> names = new HashSet<>();
                for (MethodInfo method : own.methods().all()) {
                    table.addDuplicatesAllowed(method);
                    names.add(method.getName());
                }
                for (MethodInfo method : ExceptionMethods.methodsWithNoConstructors().get(self).all()) {
                    if (!names.contains(method.getName())) table.addDuplicatesAllowed(method);
                }
                return table.resolve();
            })
            .buildResolved();
    }

    private TypeInfo build(Stub stub, String key, String name) {
        Namespace namespace = Namespaces.create(stub.namespace);
        String simpleName = stub.name.substring(stub.name.indexOf('.') + 1);
        if (stub.isException) {
            return StandardTypeInfoImpl.builder()
                .setApexName(stub.name)
                .setBytecodeName(API + "exception/" + simpleName)
                .setNamespace(namespace)
                .setParents(TypeInfos.EXCEPTION)
                .setModifiers(ModifierGroups.GLOBAL_VIRTUAL)
                .setMethods((Initializer<MethodTable, TypeInfo>) PlatformSymbols::exceptionMethods)
                .buildResolved();
        }
        InternalTypeInfo internal = INTERNAL.get(stub.name.toLowerCase(Locale.ROOT));
        boolean isWrapped = internal != null || stub.body.contains(RESERVED);
        String suffix = isWrapped ? "Members" : "";
        SourceFile file = SourceFile.builder()
            .setBody(stub.body.replace(OWN_NAME, simpleName + suffix))
            .setVersion(Version.V254)
            .setNamespace(namespace)
            .setKnownName(key)
            .setTrusted(true)
            .build();
        TypeInfo members = resolver.getCompilerService().attachSource(resolver, file, name + suffix);
        sourceNames.put(key, members.getBytecodeName().toLowerCase(Locale.ROOT));
        return isWrapped ? wrap(stub, internal, members) : members;
    }

    /** Of a class that extends Exception; the compiler's own table gives `initCause` the class itself as its parameter. */
    private static MethodTable exceptionMethods(TypeInfo self) {
        MethodTable table = new StandardMethodTable();
        for (MethodInfo method : ExceptionMethods.methodsWithConstructors().get(self).all()) {
            table.addDuplicatesAllowed(method.getName().equals("initCause") ? initCause(self, method) : method);
        }
        return table.resolve();
    }

    private static MethodInfo initCause(TypeInfo self, MethodInfo method) {
        return StandardMethodInfo.builder()
            .setDefiningType(self)
            .setName(method.getName())
            .setModifiers(method.getModifiers())
            .setNamedParameterTypes(TypeInfos.EXCEPTION)
            .setReturnType(method.getReturnType())
            .setGenerated(method.getGenerated())
            .build();
    }

    /** The members of a stub under the names the compiler knows the class by. */
    private TypeInfo wrap(Stub stub, InternalTypeInfo internal, TypeInfo members) {
        boolean isObjectTokens = stub.name.equalsIgnoreCase("Schema.SObjectType");
        return StandardTypeInfoImpl.builder()
            .setApexName(internal == null ? stub.name : internal.getApexName())
            .setBytecodeName(internal == null ? stub.name.replace('.', '/') : internal.getBytecodeName())
            .setNamespace(Namespaces.create(stub.namespace))
            .setModifiers(members.getModifiers())
            .setUnitType(members.getUnitType())
            .setParents((Initializer<ParentTable, TypeInfo>) self -> members.parents())
            .setMethods((Initializer<MethodTable, TypeInfo>) self -> methods(self, members))
            .setFields((Initializer<FieldTable, TypeInfo>) self ->
                isObjectTokens ? objects.describeResults(self, members.fields()) : members.fields()
            )
            .setCodeUnitDetails(members.getCodeUnitDetails())
            .buildResolved();
    }

    private MethodTable methods(TypeInfo self, TypeInfo members) {
        MethodTable table = new StandardMethodTable();
        for (MethodInfo method : members.methods().all()) {
            boolean isReserved = method.getName().startsWith(RESERVED);
            String name = isReserved ? method.getName().substring(RESERVED.length()) : method.getName();
            table.addDuplicatesAllowed(
                StandardMethodInfo.builder()
                    .setDefiningType(self)
                    .setName(name)
                    .setConstructor(method.isConstructor())
                    .setModifiers(method.getModifiers())
                    .copyParameters(method.getParameters())
                    .setReturnType(returnType(self, name, method.getReturnType()))
                    .setGenerated(method.getGenerated())
                    .build()
            );
        }
        return table.resolve();
    }

    /** A dynamic query may be assigned to a list of any object and to one record; no source can declare that type. */
    private static TypeInfo returnType(TypeInfo self, String method, TypeInfo declared) {
        boolean isQuery = method.equalsIgnoreCase("query") || method.equalsIgnoreCase("queryWithBinds");
        return isQuery && self.getApexName().equals("Database") ? ReifiedTypeInfos.SOBJECT_QUERY_RESULT_LIST : declared;
    }

    @Override
    public TypeInfo getSObjectType(TypeInfo referencing, String name) {
        return objects.type(name);
    }

    @Override
    public TypeInfo getAggregateResultType(TypeInfo referencing) {
        return objects.type("AggregateResult");
    }

    @Override
    public boolean hasLabelField(TypeInfo referencing, Namespace namespace, String name) {
        return labels.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public String getPageReference(TypeInfo referencing, String name) {
        return pages.contains(name.toLowerCase(Locale.ROOT)) ? name : null;
    }
}
