import { describe, test } from 'node:test';
import { apex } from './support/apex.ts';

const LIST = "Malformed JSON: Expected '[' at the beginning of List/Set at [line:1, column:1]";

describe('JSON that begins wrongly', () => {
    test('is told before what is wrong further on', () => {
        apex`return JSON.deserialize('"}]', List<Account>.class);`.throws('System.JSONException', LIST);
        apex`return JSON.deserialize('{"Name":', Set<String>.class);`.throws('System.JSONException', LIST);
        apex`return JSON.deserialize('[1', Account.class);`.throws(
            'System.JSONException',
            "Malformed JSON: Expected '{' at the beginning of object at [line:1, column:1]"
        );
    });

    test('is judged by the type that is wanted', () => {
        apex`return JSON.deserialize('null', List<Account>.class);`.returns(null);
        apex`return JSON.deserialize('"HIGH"', Level.class);`.with('public enum Level { HIGH }').returns('HIGH');
        apex`return JSON.deserialize(' [1]', List<Integer>.class);`.returns([1]);
    });
});
