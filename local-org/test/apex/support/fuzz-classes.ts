/** Classes called Fuzzed whose method `run` uses a corner of the language each; seeds of mutated sources. */
export const RUNNABLE: readonly string[] = [
    `public class Fuzzed {
    @AuraEnabled public static Object run() {
        Integer total = 0; Long big = 3000000000L; Decimal price = 12.50; Double ratio = 0.25;
        for (Integer i = 0; i < 10; i++) { total += Math.mod(i, 3) * 2; if (i > 7) break; else continue; }
        while (total > 3) { total -= 2; }
        do { total++; } while (total < 5);
        total = total << 2 | 1 & 7 ^ 2; big = big * total - 1; price = price / 3 + total; ratio = ratio * 2;
        Boolean flag = total > 1 && !(price < 2) || big == 5; String text = flag ? 'yes ' + total : 'no' + price;
        return text + big + ratio + (total >>> 1) + (~total) + -total;
    }
}`,
    `public class Fuzzed {
    @AuraEnabled public static Object run() {
        List<String> words = new List<String>{ 'b', 'a', 'C' }; words.sort(); words.add(0, 'z');
        Map<String, List<Integer>> counts = new Map<String, List<Integer>>();
        for (String word : words) {
            if (!counts.containsKey(word)) { counts.put(word, new List<Integer>()); }
            counts.get(word).add(word.length());
        }
        Set<String> names = new Set<String>(counts.keySet()); names.retainAll(words);
        Integer[] numbers = new Integer[3]; numbers[0] = 1; numbers[1] = numbers[0]++; words.remove(1);
        return String.join(words, ',') + names + counts + numbers;
    }
}`,
    `public with sharing class Fuzzed {
    @AuraEnabled public static Object run() {
        Account parent = new Account(Name = 'Parent', NumberOfEmployees = 3); insert as system parent;
        Contact child = new Contact(LastName = 'Child', AccountId = parent.Id); insert as system child;
        List<Account> found = [SELECT Id, Name, (SELECT LastName FROM Contacts) FROM Account
            WHERE Name = :parent.Name AND CreatedDate = TODAY WITH SYSTEM_MODE ORDER BY Name LIMIT 5];
        for (Account one : found) { one.Name += '!'; one.put('Phone', '1'); }
        update as system found; Database.SaveResult[] saved = Database.insert(found, false, AccessLevel.SYSTEM_MODE);
        Integer size = [SELECT COUNT() FROM Contact WHERE Account.Name LIKE 'P%' WITH SYSTEM_MODE];
        delete as system child; return found[0].Contacts.size() + size + saved.size() + child.Account?.Name;
    }
}`,
    `public class Fuzzed {
    public virtual class Shape { protected Integer size = 1; public virtual Integer area() { return size; } }
    public class Square extends Shape implements Comparable {
        public Square(Integer side) { super(); this.size = side; }
        public override Integer area() { return size * super.area(); }
        public Integer compareTo(Object other) { return area() - ((Square) other).area(); }
    }
    public enum Kind { SMALL, LARGE }
    static final Map<Kind, Integer> LIMITS = new Map<Kind, Integer>{ Kind.SMALL => 4, Kind.LARGE => 9 };
    @AuraEnabled public static Object run() {
        List<Square> squares = new List<Square>{ new Square(3), new Square(2) }; squares.sort();
        Shape first = squares[0]; Kind kind = first instanceof Square ? Kind.LARGE : Kind.SMALL;
        switch on kind { when SMALL { return 1; } when LARGE { return LIMITS.get(kind) + first.area(); } }
        return null;
    }
}`,
    `public class Fuzzed {
    public class Bad extends Exception { public Integer code { get; set; } }
    public Integer level { get { return level == null ? 7 : level; } private set; }
    static Integer calls = 0;
    static Integer risky(Integer n) {
        calls++;
        try { if (n > 2) { Bad bad = new Bad('too much'); bad.code = n; throw bad; } return 10 / n; }
        catch (MathException e) { return -1; } finally { calls += 100; }
    }
    @AuraEnabled public static Object run() {
        Integer sum = risky(0) + risky(2);
        try { risky(3); } catch (Bad e) { sum += e.code; System.debug(e.getStackTraceString()); }
        Fuzzed self = new Fuzzed(); self.level = self.level + sum; String none; Integer size = none?.length() ?? 4;
        return self.level + calls + size;
    }
}`,
    `public class Fuzzed {
    @AuraEnabled public static Object run() {
        Date day = Date.newInstance(2026, 2, 28).addDays(1); Datetime now = Datetime.newInstanceGmt(day, Time.newInstance(1, 2, 3, 4));
        Matcher found = Pattern.compile('(\\\\d+)-(\\\\w*)').matcher('12-ab 3-c'); String text = '';
        while (found.find()) { text += found.group(1) + '/' + found.group(2); }
        Map<String, Object> parsed = (Map<String, Object>) JSON.deserializeUntyped('{"a":[1,2.5,null,true]}');
        Object first = ((List<Object>) parsed.get('a'))[0]; Blob data = Blob.valueOf(text); Type kind = Type.forName('Fuzzed');
        Fuzzed self = (Fuzzed) kind.newInstance(); SObject row = Account.SObjectType.newSObject(); row.put('Name', text);
        String code = EncodingUtil.base64Encode(data) + EncodingUtil.convertToHex(Crypto.generateDigest('SHA-256', data));
        return JSON.serialize(new List<Object>{ day, now.formatGmt('yyyy-MM-dd'), first, row, code.left(9), String.format('{0}', new List<Object>{ self == null }) });
    }
}`
];
