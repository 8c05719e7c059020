import apex.common.base.Initializer;
import apex.common.base.Result;
import apex.jorje.semantic.ast.modifier.ModifierGroups;
import apex.jorje.semantic.bcl.DmlOperation;
import apex.jorje.semantic.compiler.Namespaces;
import apex.jorje.semantic.symbol.member.variable.DynamicFieldInfoFactory;
import apex.jorje.semantic.symbol.member.variable.FieldInfo;
import apex.jorje.semantic.symbol.member.variable.FieldTable;
import apex.jorje.semantic.symbol.member.variable.MultipleFieldTable;
import apex.jorje.semantic.symbol.member.variable.SObjectFieldInfo;
import apex.jorje.semantic.symbol.resolver.SymbolResolver;
import apex.jorje.semantic.symbol.type.GenericTypeInfoFactory;
import apex.jorje.semantic.symbol.type.SObjectMetadata;
import apex.jorje.semantic.symbol.type.SObjectTypeInfo;
import apex.jorje.semantic.symbol.type.StandardTypeInfoImpl;
import apex.jorje.semantic.symbol.type.TypeInfo;
import apex.jorje.semantic.symbol.type.TypeInfos;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Objects with their fields, and the tokens that code names them by: `Account.SObjectType`, `Account.Name`. */
final class ObjectSymbols {
    static final class ObjectShape {
        String name;
        /** standard, custom, customMetadata, listSetting, hierarchySetting or platformEvent. */
        String kind;
        List<FieldShape> fields;
        List<String> fieldSets;
    }

    static final class FieldShape {
        String name;
        /** `String`, `Id`, … or an object; `List<X>` for children. */
        String type;
        /** field, parent, children or compound. */
        String role;
        /** Whether upsert may use it as the key. */
        boolean isKey;
    }

    private static final Map<String, TypeInfo> SCALARS = Map.ofEntries(
        Map.entry("Id", TypeInfos.ID),
        Map.entry("String", TypeInfos.STRING),
        Map.entry("Boolean", TypeInfos.BOOLEAN),
        Map.entry("Integer", TypeInfos.INTEGER),
        Map.entry("Long", TypeInfos.LONG),
        Map.entry("Double", TypeInfos.DOUBLE),
        Map.entry("Decimal", TypeInfos.DECIMAL),
        Map.entry("Date", TypeInfos.DATE),
        Map.entry("Datetime", TypeInfos.DATE_TIME),
        Map.entry("Time", TypeInfos.TIME),
        Map.entry("Blob", TypeInfos.BLOB),
        Map.entry("Object", TypeInfos.OBJECT),
        Map.entry("SObject", TypeInfos.SOBJECT)
    );

    /** Some objects have a field of that name, too: `ObjectPermissions`. */
    private static final String OBJECT_TOKEN = "SObjectType";

    private final PlatformSymbols platform;
    private final Map<String, ObjectShape> shapes = new HashMap<>();
    private final Map<String, SObjectTypeInfo> types = new HashMap<>();

    ObjectSymbols(PlatformSymbols platform, List<ObjectShape> standard, List<ObjectShape> ofProgram) {
        this.platform = platform;
        for (ObjectShape shape : standard) shapes.put(lower(shape.name), shape);
        if (ofProgram != null) for (ObjectShape shape : ofProgram) shapes.put(lower(shape.name), shape);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The type of an object; null when there is none of the name. */
    SObjectTypeInfo type(String name) {
        ObjectShape shape = shapes.get(lower(name));
        if (shape == null) return null;
        return types.computeIfAbsent(lower(name), key ->
            SObjectTypeInfo.builder()
                .setApexName(shape.name)
                .setBytecodeName(shape.name)
                .setNamespace(Namespaces.EMPTY)
                .setMetadata(metadata(shape))
                .setFields((Initializer<FieldTable, TypeInfo>) self -> fields(self, shape))
                .buildResolved()
        );
    }

    private static SObjectMetadata metadata(ObjectShape shape) {
        Set<String> keys = new HashSet<>();
        for (FieldShape field : shape.fields) if (field.isKey) keys.add(lower(field.name));
        return SObjectMetadata.builder()
            .setSupportedDml(DmlOperation.ALL)
            .setEditable(true)
            .setTriggerable(true)
            .setPlatformEvent("platformEvent".equals(shape.kind))
            .setCustomEntitySObjectType(entityType(shape.kind))
            .setLookupFieldPredicate((field, type) -> keys.contains(lower(field)))
            .build();
    }

    private static SObjectMetadata.CustomEntitySObjectType entityType(String kind) {
        switch (kind) {
            case "customMetadata":
                return SObjectMetadata.CustomEntitySObjectType.CUSTOM_METADATA_TYPE;
            case "listSetting":
                return SObjectMetadata.CustomEntitySObjectType.LIST_CUSTOM_SETTING;
            case "hierarchySetting":
                return SObjectMetadata.CustomEntitySObjectType.HIERARCHY_CUSTOM_SETTING;
            default:
                return SObjectMetadata.CustomEntitySObjectType.OTHER;
        }
    }

    private FieldTable fields(TypeInfo self, ObjectShape shape) {
        MultipleFieldTable table = new MultipleFieldTable();
        TypeInfo objectToken = platform.platformType("schema/sobjecttype");
        TypeInfo fieldToken = platform.platformType("schema/sobjectfield");
        for (FieldShape field : shape.fields) {
            TypeInfo type = fieldType(field.type);
            if (type == null) continue;
            SObjectFieldInfo.Category category = category(field.role);
            table.add(
                SObjectFieldInfo.builder()
                    .setName(field.name)
                    .setModifiers(ModifierGroups.ONLY_GLOBAL)
                    .setDefiningType(self)
                    .setType(type)
                    .setCategory(category)
                    .setColumnInfo(category == SObjectFieldInfo.Category.REGULAR)
                    .setPrimaryKey(field.name.equalsIgnoreCase("Id"))
                    .build()
            );
            boolean isObjectToken = field.name.equalsIgnoreCase(OBJECT_TOKEN);
            if (!isObjectToken) table.add(token(self, fieldToken, shape, field));
        }
        table.add(DynamicFieldInfoFactory.createSObjectTypeDescribe(self, objectToken, OBJECT_TOKEN, shape.name));
        return table.resolve();
    }

    private static FieldInfo token(TypeInfo self, TypeInfo type, ObjectShape shape, FieldShape field) {
        return DynamicFieldInfoFactory.createSObjectFieldDescribe(
            self,
            type,
            ModifierGroups.GLOBAL_STATIC,
            field.name,
            shape.name,
            field.name,
            field.name
        );
    }

    private static SObjectFieldInfo.Category category(String role) {
        switch (role) {
            case "parent":
                return SObjectFieldInfo.Category.FOREIGN_KEY;
            case "children":
                return SObjectFieldInfo.Category.AGGREGATE;
            default:
                return SObjectFieldInfo.Category.REGULAR;
        }
    }

    private TypeInfo fieldType(String name) {
        if (name.startsWith("List<")) {
            TypeInfo child = type(name.substring("List<".length(), name.length() - 1));
            return child == null ? null : GenericTypeInfoFactory.createQueryResultList(child);
        }
        if (SCALARS.containsKey(name)) return SCALARS.get(name);
        if (name.equals("Address") || name.equals("Location")) return platform.platformType("system/" + lower(name));
        if (name.indexOf('.') > 0) return platform.platformType(lower(name).replace('.', '/'));
        return type(name);
    }

    /** `Schema.SObjectType.Account` and what may follow it: `.fields.Name`, `.fieldSets.Some_Set`. */
    FieldTable describeResults(TypeInfo self, FieldTable declared) {
        Map<String, FieldInfo> known = new HashMap<>();
        return new NamedFields(declared, name -> {
            ObjectShape shape = shapes.get(lower(name));
            return shape == null ? null : known.computeIfAbsent(lower(name), key -> describeResult(self, shape));
        });
    }

    private FieldInfo describeResult(TypeInfo self, ObjectShape shape) {
        TypeInfo result = platform.platformType("schema/describesobjectresult");
        TypeInfo type = like(result, own -> new NamedFields(result.fields(), name -> {
            if (name.equalsIgnoreCase("fields")) {
                return instanceField(own, fieldTokens(shape), name);
            }
            return name.equalsIgnoreCase("fieldSets") ? instanceField(own, fieldSetTokens(shape), name) : null;
        }));
        return DynamicFieldInfoFactory.createSObjectTypeDescribeResult(self, type, shape.name, shape.name);
    }

    private TypeInfo fieldTokens(ObjectShape shape) {
        TypeInfo result = platform.platformType("schema/describefieldresult");
        Set<String> names = new HashSet<>();
        for (FieldShape field : shape.fields) names.add(lower(field.name));
        TypeInfo base = platform.platformType("schema/sobjecttypefields");
        return like(base, own -> new NamedFields(base.fields(), name ->
            names.contains(lower(name)) ? instanceField(own, result, name) : null
        ));
    }

    private TypeInfo fieldSetTokens(ObjectShape shape) {
        TypeInfo result = platform.platformType("schema/fieldset");
        Set<String> names = new HashSet<>();
        if (shape.fieldSets != null) for (String name : shape.fieldSets) names.add(lower(name));
        TypeInfo base = platform.platformType("schema/sobjecttypefieldsets");
        return like(base, own -> new NamedFields(base.fields(), name ->
            names.contains(lower(name)) ? instanceField(own, result, name) : null
        ));
    }

    private static FieldInfo instanceField(TypeInfo definingType, TypeInfo type, String name) {
        return DynamicFieldInfoFactory.createSchemaSObjectTypeFieldDescribe(definingType, type, name);
    }

    /** The same type to the compiler, with other fields. */
    private static TypeInfo like(TypeInfo type, Function<TypeInfo, FieldTable> fields) {
        return StandardTypeInfoImpl.builder()
            .setApexName(type.getApexName())
            .setBytecodeName(type.getBytecodeName())
            .setNamespace(type.getNamespace())
            .setModifiers(type.getModifiers())
            .setUnitType(type.getUnitType())
            .setParents(type.parents())
            .setMethods(type.methods())
            .setFields((Initializer<FieldTable, TypeInfo>) fields::apply)
            .setCodeUnitDetails(type.getCodeUnitDetails())
            .buildResolved();
    }

    /** Fields found by name, before those declared. */
    private static final class NamedFields implements FieldTable {
        private final FieldTable declared;
        private final Function<String, FieldInfo> find;

        NamedFields(FieldTable declared, Function<String, FieldInfo> find) {
            this.declared = declared;
            this.find = find;
        }

        @Override
        public Result<Void> add(FieldInfo field) {
            return declared.add(field);
        }

        @Override
        public FieldInfo get(SymbolResolver resolver, TypeInfo referencing, String name, LookupMode mode) {
            FieldInfo found = find.apply(name);
            return found == null ? declared.get(resolver, referencing, name, mode) : found;
        }

        @Override
        public FieldTable resolve() {
            return this;
        }

        @Override
        public boolean isResolved() {
            return true;
        }

        @Override
        public Collection<FieldInfo> all() {
            return declared.all();
        }
    }
}
