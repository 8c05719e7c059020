import apex.jorje.semantic.common.TestAccessEvaluator;
import apex.jorje.semantic.common.TestQueryValidators;
import apex.jorje.semantic.compiler.ApexCompiler;
import apex.jorje.semantic.compiler.CodeUnit;
import apex.jorje.semantic.compiler.CompilationInput;
import apex.jorje.semantic.compiler.CompilerStage;
import apex.jorje.semantic.compiler.Namespaces;
import apex.jorje.semantic.compiler.SourceFile;
import apex.jorje.semantic.compiler.ValidationSettings;
import apex.jorje.semantic.compiler.sfdc.NoopCompilerProgressCallback;
import apex.jorje.semantic.symbol.type.SObjectTypeInfo;
import apex.jorje.semantic.symbol.type.TypeInfo;
import apex.jorje.services.Version;
import apex.jorje.services.exception.CompilationException;
import com.google.gson.Gson;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles Apex with the compiler of Salesforce Code Analyzer (jorje) up to its VALIDATE stage. Reads one JSON document
 * from standard input and writes one JSON line for each program: its id and its problems.
 */
public final class JorjeDriver {
    /** With V256 and above this build of the compiler resolves no type at all. */
    private static final Version NEWEST = Version.V254;

    /** Settings and custom metadata types of a project are of the same namespace as its code. */
    private static final class ProjectAccess extends TestAccessEvaluator {
        @Override
        public boolean isSetupEntityVisibleToType(SObjectTypeInfo entity, TypeInfo type) {
            return true;
        }
    }

    static final class Input {
        /** Platform classes as Apex source, by lower-case `namespace/name`. */
        Map<String, PlatformSymbols.Stub> types;
        List<ObjectSymbols.ObjectShape> objects;
        List<Program> programs;
        /** Reports the problems of the stubs, too. */
        boolean stubProblems;
    }

    static final class Program {
        String id;
        List<Source> sources;
        List<ObjectSymbols.ObjectShape> objects;
        List<String> labels;
        List<String> pages;
    }

    static final class Source {
        String name;
        String body;
        double apiVersion;
    }

    static final class Problem {
        String source;
        int line;
        int column;
        String message;
    }

    public static void main(String[] args) throws Exception {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
        System.setOut(System.err);
        Gson gson = new Gson();
        Input input = gson.fromJson(new InputStreamReader(System.in, StandardCharsets.UTF_8), Input.class);
        for (Program program : input.programs) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("id", program.id);
            try {
                answer.put("problems", compile(input, program));
            } catch (Throwable error) {
                StringWriter trace = new StringWriter();
                error.printStackTrace(new PrintWriter(trace));
                answer.put("crash", trace.toString());
            }
            answers.println(gson.toJson(answer));
        }
    }

    private static List<Problem> compile(Input input, Program program) {
        List<SourceFile> files = new ArrayList<>();
        for (Source source : program.sources) {
            files.add(
                SourceFile.builder()
                    .setBody(source.body)
                    .setVersion(version(source.apiVersion))
                    .setNamespace(Namespaces.EMPTY)
                    .setKnownName(source.name)
                    .build()
            );
        }
        CompilationInput compilation = new CompilationInput(
            files,
            new PlatformSymbols(input, program),
            new ProjectAccess(),
            new TestQueryValidators.Noop(),
            null,
            NoopCompilerProgressCallback.get()
        );
        ValidationSettings settings = ValidationSettings.builder()
            .setValidationBehavior(ValidationSettings.ValidationBehavior.COLLECT_MULTIPLE_ERRORS)
            .build();
        ApexCompiler compiler = ApexCompiler.builder().setInput(compilation).setValidationSettings(settings).build();
        List<Problem> problems = new ArrayList<>();
        for (CodeUnit unit : compiler.compile(CompilerStage.VALIDATE)) {
            boolean isStub = !files.contains(unit.getSourceFile());
            if (isStub && !input.stubProblems) continue;
            for (CompilationException error : unit.getErrors().get()) {
                problems.add(problem(isStub, unit.getSourceFile().getKnownName(), error));
            }
        }
        return problems;
    }

    private static Problem problem(boolean isStub, String name, CompilationException error) {
        Problem problem = new Problem();
        problem.source = isStub ? "stub " + name : name;
        problem.line = error.getLoc() == null ? 0 : error.getLoc().getLine();
        problem.column = error.getLoc() == null ? 0 : error.getLoc().getColumn();
        problem.message = error.getError();
        return problem;
    }

    private static Version version(double external) {
        for (Version version : Version.values()) {
            if (version.getExternal() == external && version.isLessThanOrEqual(NEWEST)) return version;
        }
        return NEWEST;
    }
}
