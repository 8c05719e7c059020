import '../lib/client-environment.ts';
import { text } from 'node:stream/consumers';
import { AuthInfo } from '@salesforce/core';

/** What `sf org login access-token` does: stores a session under an alias in the home folder. Reads it from stdin. */
const { url, accessToken, alias } = JSON.parse(await text(process.stdin)) as {
    url: string;
    accessToken: string;
    alias: string;
};
const authInfo = await AuthInfo.create({
    username: alias,
    accessTokenOptions: { accessToken, instanceUrl: url, loginUrl: url }
});
await authInfo.save();
await authInfo.setAlias(alias);
