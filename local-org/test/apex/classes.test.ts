import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apex, problemsOf } from './support/apex.ts';

describe('classes', () => {
    test('initialisers run first, those of bases before others, then constructors chain', () => {
        const base = `public virtual class Base { public List<String> log = new List<String>{ 'field' };
            { log.add('block'); } public Base() { this('default'); } public Base(String s) { log.add(s); } }`;
        const sub = `public class Sub extends Base { String own = 'own'; public Sub() { super('given'); log.add(own); } }`;
        const plain = "public class Plain extends Base { { log.add('plain'); } }";
        apex`return new Base().log;`.with(base).returns(['field', 'block', 'default']);
        apex`return new Sub().log;`.with(base, sub).returns(['field', 'block', 'given', 'own']);
        apex`return new Plain().log;`.with(base, plain).returns(['field', 'block', 'plain', 'default']);
    });

    test('return in a constructor still gives the object', () => {
        apex`return new Early(true).n;`
            .with('public class Early { public Integer n = 1; public Early(Boolean b) { if (b) return; n = 2; } }')
            .returns(1);
    });

    test('virtual methods, super calls and abstract classes', () => {
        const shape = `public abstract class Shape { public abstract Integer area();
            public virtual String describe() { return 'area ' + area(); } }`;
        const square = `public class Square extends Shape { Integer side; public Square(Integer side) { this.side = side; }
            public override Integer area() { return side * side; }
            public override String describe() { return 'square ' + super.describe(); } }`;
        apex`Shape s = new Square(3); return s.describe();`.with(shape, square).returns('square area 9');
        apex`return new Shape();`.with(shape).refuses('Abstract classes cannot be constructed: Shape');
        assert.deepEqual(problemsOf(shape, 'public class Half extends Shape {}'), [
            'Class Half must implement the abstract method: Integer Shape.area()'
        ]);
    });

    test('interfaces, their inheritance and casts', () => {
        const named = 'public interface Named { String name(); }';
        const titled = 'public interface Titled extends Named { String title(); }';
        const person = `public class Person implements Titled { public String name() { return 'n'; }
            public String title() { return 't' + name(); } }`;
        apex`Named n = new Person(); return ((Titled) n).title() + (n instanceof Titled);`
            .with(named, titled, person)
            .returns('tntrue');
        assert.deepEqual(problemsOf(named, 'public class Nobody implements Named {}'), [
            'Class Nobody must implement the method: String Named.name()'
        ]);
    });

    test('overloads go by the static types of the arguments', () => {
        const picker = `public class Picker { public static String pick(Object o) { return 'object'; }
            public static String pick(Integer i) { return 'integer'; } public static String pick(Long l) { return 'long'; }
            public static String pick(String s) { return 'string'; } public static String pick(SObject s) { return 'sobject'; }
            public static String pick(List<Account> l) { return 'accounts'; } }`;
        apex`Object o = 1; return new List<String>{ Picker.pick(1), Picker.pick(1L), Picker.pick('a'), Picker.pick(o),
            Picker.pick(new Account()), Picker.pick(new List<Account>()), Picker.pick(true) };`
            .with(picker)
            .returns(['integer', 'long', 'string', 'object', 'sobject', 'accounts', 'object']);
    });

    test('properties with accessors, backing fields and visibility', () => {
        const thermo = `public class Thermo { public Integer reads = 0;
            public Integer celsius { get { reads++; return celsius; } set { celsius = value * 2; } }
            public Integer fahrenheit { get { return celsius + 32; } }
            public String label { get; private set; }
            public static Integer made { get { if (made == null) made = 0; return made; } set; }
            public Thermo() { label = 'l'; made++; } }`;
        apex`Thermo t = new Thermo(); t.celsius = 5; t.celsius += 1; Integer n = t.celsius; new Thermo();
            return new List<Object>{ n, t.fahrenheit, t.reads, t.label, Thermo.made };`
            .with(thermo)
            .returns([22, 54, 3, 'l', 2]);
        apex`new Thermo().label = 'x'; return 1;`.with(thermo).refuses('Variable is not visible: label');
        apex`new Thermo().fahrenheit = 1; return 1;`
            .with(thermo)
            .refuses('A value cannot be stored to fahrenheit in type Thermo');
    });

    test('static state is initialised at first use, in text order, once a transaction', () => {
        const counter = `public class Counter { public static List<String> log = new List<String>(); static { log.add('one'); }
            public static Integer n = next(); static { log.add('two'); } static Integer next() { log.add('next'); return 1; } }`;
        apex`Counter.n++; return new List<Object>{ Counter.n, Counter.log };`
            .with(counter)
            .returns([2, ['one', 'next', 'two']]);
        apex`return Counter.n;`.with(counter).returns(1);
    });

    test('inner classes see the statics of the outer class', () => {
        const outer = `public class Shelf { private static Integer secret = 4; public static Integer twice(Integer n) { return n * 2; }
            public class Slot { public Integer value() { return twice(secret); } } public Slot make() { return new Slot(); } }`;
        apex`Shelf.Slot i = new Shelf().make(); return i.value() + new Shelf.Slot().value();`.with(outer).returns(16);
    });

    test('enums have values, names and ordinals', () => {
        apex`return new List<Object>{ Size.values().size(), Size.valueOf('big').name(), Size.BIG.ordinal(), '' + Size.SMALL,
            Size.SMALL == Size.valueOf('SMALL'), Size.SMALL < Size.BIG };`
            .with('public enum Size { SMALL, BIG }')
            .returns([2, 'BIG', 1, 'SMALL', true, true]);
    });

    test('objects are compared by identity unless they say otherwise', () => {
        const point = `public class Point { Integer x; public Point(Integer x) { this.x = x; }
            public Boolean equals(Object o) { return o instanceof Point && ((Point) o).x == x; } public Integer hashCode() { return x; } }`;
        apex`return new List<Object>{ new Point(1) == new Point(1), new Set<Point>{ new Point(1), new Point(1) }.size(),
            new Map<Point, Integer>{ new Point(2) => 5 }.get(new Point(2)) };`
            .with(point)
            .returns([true, 1, 5]);
        apex`return new Thing() == new Thing();`.with('public class Thing {}').returns(false);
    });

    test('Comparable and Comparator order lists', () => {
        const version = `public class Version2 implements Comparable { public Integer n; public Version2(Integer n) { this.n = n; }
            public Integer compareTo(Object o) { return n - ((Version2) o).n; } }`;
        apex`List<Version2> v = new List<Version2>{ new Version2(2), new Version2(1) }; v.sort(); return v[0].n;`
            .with(version)
            .returns(1);
        apex`List<Integer> xs = new List<Integer>{ 1, 3, 2 }; xs.sort(new Down()); return xs;`
            .with(
                'public class Down implements Comparator<Integer> { public Integer compare(Integer a, Integer b) { return b - a; } }'
            )
            .returns([3, 2, 1]);
    });

    test('names ignore case', () => {
        apex`STRING S = 'a'; return s.TOUPPERCASE() + MIXED.Hello();`
            .with("public class Mixed { public static String HELLO() { return 'h'; } }")
            .returns('Ah');
    });

    test('a local variable hides a field, a field a type', () => {
        const hiding = `public class Hiding { public String name = 'field'; public String run() { String name = 'local'; return name + this.name; } }`;
        apex`return new Hiding().run();`.with(hiding).returns('localfield');
    });

    test('private fields of one name in base and subclass are two', () => {
        apex`return new Lower().both();`
            .with(
                "public virtual class Upper { private String s = 'u'; public String upper() { return s; } }",
                "public class Lower extends Upper { private String s = 'l'; public String both() { return s + upper(); } }"
            )
            .returns('lu');
    });
});

describe('collections', () => {
    test('literals, indexes and arrays', () => {
        apex`String[] a = new String[]{ 'x', 'y' }; Integer[] n = new Integer[2]; n[1] = 5; return new List<Object>{ a[1], n };`.returns(
            ['y', [null, 5]]
        );
        apex`List<List<Integer>> g = new List<List<Integer>>{ new List<Integer>{ 1 } }; g[0].add(2); return g[0][1];`.returns(
            2
        );
        apex`List<Integer> xs = new List<Integer>(); return xs[0];`.throws(
            'System.ListException',
            'List index out of bounds: 0'
        );
    });

    test('numbers become the element type', () => {
        apex`List<Decimal> ds = new List<Decimal>{ 1, 2L, 2.5 }; return ds[0] / 2;`.returns(0.5);
        apex`Map<String, Long> m = new Map<String, Long>(); m.put('a', 1); return m.get('a') * 4294967296L;`.returns(
            4294967296
        );
    });

    test('lists of a subtype pass for lists of the type', () => {
        apex`List<SObject> s = new List<Account>{ new Account(Name = 'x') }; List<Account> a = s; return a[0].Name;`.returns(
            'x'
        );
        apex`List<Object> o = new List<String>{ 'x' }; return o[0];`.returns('x');
        apex`List<Integer> i = new List<String>(); return i;`.refuses(
            'Illegal assignment from List<String> to List<Integer>'
        );
    });
});

describe('the class library', () => {
    test('Type, Callable and JSON reach the classes of the org', () => {
        apex`Callable c = (Callable) Type.forName('Adder').newInstance(); return c.call('add', new Map<String, Object>{ 'a' => 1 });`
            .with(
                "public class Adder implements Callable { public Object call(String a, Map<String, Object> m) { return a + m.get('a'); } }"
            )
            .returns('add1');
        apex`Dto d = (Dto) JSON.deserialize('{"n":5,"part":{"s":"x"}}', Dto.class); return d.n + d.part.s + JSON.serialize(d);`
            .with('public class Dto { public Integer n; public Sub part; public class Sub { public String s; } }')
            .returns('5x{"n":5,"part":{"s":"x"}}');
    });
});

describe('calls that public code makes', () => {
    test('an interface may have an equals of its own, and a class a clone with parameters', () => {
        apex`Filter one = new Filtering(); return one.equals(1).get(0);`
            .with(
                'public interface Filter { List<Object> equals(Object value); }',
                'public class Filtering implements Filter { public List<Object> equals(Object value) { return new List<Object>{ value }; } }'
            )
            .returns(1);
        apex`return new Copied().twice(2).size;`
            .with(
                `public class Copied {
                    public Integer size = 1;
                    public Copied clone(Integer size) { Copied copy = this.clone(); copy.size += size; return copy; }
                    public Copied twice(Integer size) { return this.clone(size); }
                }`
            )
            .returns(3);
    });

    test('a list of records fits a list of SObjects better than one of Objects', () => {
        apex`return Chooser.choose(new List<Account>());`
            .with(
                `public class Chooser {
                    public static String choose(List<Object> values) { return 'objects'; }
                    public static String choose(List<SObject> values) { return 'records'; }
                }`
            )
            .returns('records');
    });

    test('mocks from static resources are callout mocks, and a Datetime is no Date when it is cast', () => {
        apex`HttpCalloutMock mock = new StaticResourceCalloutMock(); return mock != null;`.returns(true);
        apex`Date day = (Date) Datetime.now(); return day;`.throws('System.TypeException');
    });
});
