import '../lib/client-environment.ts';
import { text } from 'node:stream/consumers';
import { AuthInfo } from '@salesforce/core';

/**
 * What `sf org login access-token` and `sf org login jwt` do: stores a session, or a login by a key, under an alias in the
 * home folder. Reads it from stdin.
 */
interface Login {
    readonly url: string;
    readonly alias: string;
    readonly accessToken?: string;
    readonly username?: string;
    readonly clientId?: string;
    readonly keyFile?: string;
}

const { url, alias, accessToken, username, clientId, keyFile } = JSON.parse(await text(process.stdin)) as Login;
const authInfo =
    accessToken === undefined
        ? await AuthInfo.create({
              username,
              oauth2Options: { clientId, privateKeyFile: keyFile, loginUrl: url }
          })
        : await AuthInfo.create({
              username: alias,
              accessTokenOptions: { accessToken, instanceUrl: url, loginUrl: url }
          });
await authInfo.save();
await authInfo.setAlias(alias);
