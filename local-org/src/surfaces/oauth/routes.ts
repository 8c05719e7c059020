import { authorize, consent, logIn } from './authorize.ts';
import { frontdoor, singleAccess } from './browser-login.ts';
import { openidConfiguration } from './discovery.ts';
import { identity, userinfo } from './identity.ts';
import { token, tokenByGet } from './token.ts';
import { introspect, revoke } from './tokens.ts';
import { openRoute, type Surface } from '../surface.ts';

/** Logins and tokens. */
export const oauthSurface: Surface = {
    name: 'oauth',
    routes: [
        openRoute(['GET', 'POST'], '/services/oauth2/authorize', authorize),
        openRoute(['POST'], '/services/oauth2/authorize/login', logIn),
        openRoute(['POST'], '/services/oauth2/authorize/consent', consent),
        openRoute(['POST'], '/services/oauth2/token', token),
        openRoute(['GET'], '/services/oauth2/token', tokenByGet),
        openRoute(['POST'], '/services/oauth2/revoke', revoke),
        openRoute(['POST'], '/services/oauth2/introspect', introspect),
        openRoute(['GET', 'POST'], '/services/oauth2/userinfo', userinfo),
        openRoute(['GET', 'POST'], '/services/oauth2/singleaccess', singleAccess),
        openRoute(['GET'], '/id/:organization/:user', identity),
        openRoute(['GET'], '/.well-known/openid-configuration', openidConfiguration),
        openRoute(['GET'], '/secur/frontdoor.jsp', frontdoor)
    ]
};
