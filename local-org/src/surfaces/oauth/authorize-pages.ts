import { html } from '../../http/responses.ts';
import { ASSETS_URL } from '../../lwc/static-files.ts';
import { markup, type Markup } from '../page/markup.ts';
import { THEMES } from '../page/theme.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import type { OauthError } from './oauth-error.ts';
import type { WireResponse } from '../../http/types.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { OrgUser } from '../../org/users.ts';

/** What a scope lets an app do, as the platform's consent page says it. */
const SCOPE_TEXTS: Readonly<Record<string, string>> = {
    api: 'Manage user data via APIs',
    chatter_api: 'Access Chatter',
    custom_permissions: 'Access custom permissions',
    full: 'Full access',
    id: 'Access the identity URL service',
    lightning: 'Access Lightning applications',
    offline_access: 'Perform requests at any time',
    refresh_token: 'Perform requests at any time',
    web: 'Manage user data via Web browsers'
};

export function loginPage(org: LocalOrg, ticket: string, asked: AuthorizationRequest, problem?: string): WireResponse {
    const username = asked.loginHint ?? org.admin.username;
    return page(org, 200, asked, {
        title: 'Log In',
        body: markup`<p class="host-login__note">to continue to ${asked.app.label}</p>
        ${problem !== undefined && markup`<p class="host-login__problem" role="alert">${problem}</p>`}
        <form method="post" action="/services/oauth2/authorize/login">
            <input type="hidden" name="request" value="${ticket}" />
            <label class="host-login__label" for="username">Username</label>
            <input class="slds-input" id="username" name="username" value="${username}" autocomplete="username" required autofocus />
            <label class="host-login__label" for="password">Password</label>
            <input class="slds-input" id="password" name="password" type="password" autocomplete="current-password" />
            <p class="host-login__note">A user of this local org needs no password until one is set.</p>
            <button class="slds-button slds-button_brand host-login__button" name="Login">Log In</button>
        </form>`
    });
}

export function consentPage(org: LocalOrg, ticket: string, asked: AuthorizationRequest, user: OrgUser): WireResponse {
    const texts = new Set([...asked.scopes].map((scope) => SCOPE_TEXTS[scope] ?? scope));
    return page(org, 200, asked, {
        title: 'Allow Access?',
        body: markup`<p>${asked.app.label} is asking to:</p>
        <ul class="slds-list_dotted">${[...texts].map((text) => markup`<li>${text}</li>`)}</ul>
        <p>Do you want to allow access for ${user.username}?</p>
        <form method="post" action="/services/oauth2/authorize/consent" class="host-login__choices">
            <input type="hidden" name="request" value="${ticket}" />
            <button class="slds-button slds-button_neutral" name="decision" value="deny">Deny</button>
            <button class="slds-button slds-button_brand" name="decision" value="allow">Allow</button>
        </form>
        <p class="host-login__note">To revoke access at any time, send the token to /services/oauth2/revoke.</p>`
    });
}

/** For errors that must not be sent to an address that is not the app's. */
export function errorPage(org: LocalOrg, { error, message, status }: OauthError): WireResponse {
    const title = 'There was a problem with this login';
    return page(org, status, undefined, {
        title,
        body: markup`<p role="alert">error=${error}&amp;error_description=${encodeURIComponent(message)}</p>
        <p>${message}</p>`
    });
}

interface Content {
    readonly title: string;
    readonly body: Markup;
}

/** No script runs here. A form may lead to the app's address: browsers check the redirect behind it too. */
function page(
    org: LocalOrg,
    status: number,
    asked: AuthorizationRequest | undefined,
    { title, body }: Content
): WireResponse {
    const [theme] = THEMES;
    const label = `${org.name.charAt(0).toUpperCase()}${org.name.slice(1)} Org`;
    const document = markup`<!doctype html>
<html lang="en">
    <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} | ${label}</title>
        <link rel="icon" href="${ASSETS_URL}/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${theme.styleSheet}" />
        <link rel="stylesheet" href="${ASSETS_URL}/page.css" />
        <link rel="stylesheet" href="${ASSETS_URL}/login.css" />
    </head>
    <body class="host-page host-page_${org.name} ${theme.bodyClass}" data-theme="${theme.name}">
        <main class="host-login host-card">
            <p class="host-login__org">${label}</p>
            <h1 class="slds-text-heading_medium">${title}</h1>
            ${body}
        </main>
    </body>
</html>`;
    const callback = asked === undefined ? '' : ` ${new URL(asked.redirectUri).origin}`;
    return html(status, document.html, {
        'cache-control': 'no-store',
        'content-security-policy': `default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'${callback}; base-uri 'none'; frame-ancestors 'none'`,
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY'
    });
}
