import { describe, test } from 'node:test';
import { apex } from './support/apex.ts';

describe('paths over relationships', () => {
    test('read null when a parent is missing, however long they are', () => {
        apex`return new Contact().Account.Name;`.returns(null);
        apex`return new Contact().Account.Owner.Email;`.returns(null);
        apex`Savepoint before = Database.setSavepoint();
             insert new Contact(LastName = 'L');
             Contact found = [SELECT Account.Name, Account.Owner.Email FROM Contact];
             Database.rollback(before);
             return found.Account.Name == null && found.Account.Owner.Email == null;`.returns(true);
    });

    test('do not excuse a variable that is null, or a write', () => {
        apex`Account parent = new Contact().Account; return parent.Name;`.throws('System.NullPointerException');
        apex`Contact c; return c.Account.Name;`.throws('System.NullPointerException');
        apex`new Contact().Account.Name = 'x'; return null;`.throws('System.NullPointerException');
    });
});

describe('exceptions as text', () => {
    test('are their type and message', () => {
        apex`return '' + new IllegalArgumentException('bad');`.returns('System.IllegalArgumentException: bad');
        apex`return String.valueOf(new OwnException());`
            .with('public class OwnException extends Exception { private Integer count = 1; }')
            .returns('OwnException');
        apex`return '' + new OwnException('bad');`
            .with("public class OwnException extends Exception { public override String toString() { return 'own'; } }")
            .returns('own');
    });
});

describe('files', () => {
    test('have the type their extension stands for', () => {
        apex`Savepoint before = Database.setSavepoint();
             List<ContentVersion> versions = new List<ContentVersion>();
             for (String path : new List<String>{ 'a.docx', 'b.PDF', 'c.txt', 'd' }) {
                 versions.add(new ContentVersion(Title = path, PathOnClient = path, VersionData = Blob.valueOf('x')));
             }
             insert versions;
             List<String> types = new List<String>();
             for (ContentDocument file : [SELECT FileType FROM ContentDocument ORDER BY Title]) {
                 types.add(file.FileType);
             }
             Database.rollback(before);
             return types;`.returns(['WORD_X', 'PDF', 'TEXT', 'UNKNOWN']);
    });
});
