import { createHash } from 'node:crypto';
import { html } from '../../http/responses.ts';
import { importMap, moduleUrls } from '../../lwc/import-map.ts';
import { ASSETS_URL } from '../../lwc/static-files.ts';
import { vendorBundleIsBuilt } from '../../lwc/vendor/vendor-bundle.ts';
import { utilityIcon } from './icons.ts';
import { markup, Markup } from './markup.ts';
import { navigationItems } from './navigation.ts';
import { themeLink, themeOf, THEMES } from './theme.ts';
import { activeUsers } from './users.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SessionContext } from '../surface.ts';

export interface Page {
    readonly title: string;
    /** Content of `<main>`; holds the `<h1>`. */
    readonly body: Markup;
    readonly status?: number;
}

/** The document around a page: style sheet of the theme, header, navigation, import map and start script. */
export function pageResponse(request: HttpRequest, context: SessionContext, page: Page): WireResponse {
    const theme = themeOf(request);
    const imports = JSON.stringify(importMap(context.org.metadata)).replaceAll('<', '\\u003c');
    const { vendor, host } = moduleUrls();
    const isBuilt = vendorBundleIsBuilt();
    const scripts = markup`<script type="importmap">${new Markup(imports)}</script>
        <link rel="modulepreload" href="${vendor}/lwc.js" />
        <script type="module" src="${vendor}/synthetic-shadow.js"></script>
        <script type="module" src="${host}/boot.js"></script>`;
    const document = markup`<!doctype html>
<html lang="en" data-api-version="${context.org.apiVersion}">
    <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${!isBuilt && markup`<meta http-equiv="refresh" content="3" />`}
        <title>${page.title} | ${orgLabel(context)}</title>
        <link rel="icon" href="${ASSETS_URL}/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${theme.styleSheet}" />
        <link rel="stylesheet" href="${ASSETS_URL}/page.css" />
        <link rel="stylesheet" href="${ASSETS_URL}/header.css" />
        ${isBuilt && scripts}
    </head>
    <body class="host-page host-page_${context.org.name} ${theme.bodyClass}" data-theme="${theme.name}">
        <a class="slds-assistive-text slds-assistive-text_focus" href="#main">Skip to content</a>
        ${header(request, context)}
        <main id="main" class="host-main">${!isBuilt && buildNotice()}${page.body}</main>
    </body>
</html>`;
    return html(page.status ?? 200, document.html, {
        'cache-control': 'no-store',
        'content-security-policy': contentSecurityPolicy(imports),
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff'
    });
}

/** `Source Org` */
export function orgLabel({ org }: SessionContext): string {
    return `${org.name.charAt(0).toUpperCase()}${org.name.slice(1)} Org`;
}

/** Scripts of this org only; the import map is allowed by its hash. The engine of LWC adds style elements. */
function contentSecurityPolicy(imports: string): string {
    const digest = createHash('sha256').update(imports).digest('base64');
    return [
        "default-src 'none'",
        `script-src 'self' 'sha256-${digest}'`,
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'"
    ].join('; ');
}

function header(request: HttpRequest, context: SessionContext): Markup {
    const items = navigationItems(context).map((item) => {
        const current = request.path === item.url || request.path.startsWith(`${item.prefix}/`);
        return markup`<li class="host-nav__item">
            <a class="host-nav__link" href="${item.url}" ${current && markup`aria-current="page"`}>${item.label}</a>
        </li>`;
    });
    return markup`<header class="host-header">
            <a class="host-brand" href="/">
                <span class="host-brand__mark" aria-hidden="true"></span>
                <span class="host-brand__name">${orgLabel(context)}</span>
            </a>
            <span class="host-header__note">Local org, API ${context.org.apiVersion}</span>
            <div class="host-header__actions">${themeMenu(request)}${userMenu(request, context)}</div>
        </header>
        <nav class="host-nav" aria-label="Main"><ul class="host-nav__list">${items}</ul></nav>`;
}

function themeMenu(request: HttpRequest): Markup {
    const selected = themeOf(request);
    const links = THEMES.map(
        (theme) => markup`<li>
            <a class="host-menu__item" href="${themeLink(request, theme)}" ${theme === selected && markup`aria-current="true"`}>
                ${theme.label}
            </a>
        </li>`
    );
    return markup`<details class="host-menu">
        <summary class="host-menu__button">
            ${utilityIcon('color_swatch')}<span>Theme</span>${utilityIcon('chevrondown', 'xx-small')}
        </summary>
        <ul class="host-menu__list">${links}</ul>
    </details>`;
}

function userMenu(request: HttpRequest, context: SessionContext): Markup {
    const users = activeUsers(context);
    const current = users.find((user) => user.id === context.session.userId);
    const name = current?.name ?? 'Unknown user';
    const address = request.query.size === 0 ? request.path : `${request.path}?${request.query}`;
    const choices = users.map(
        (user) => markup`<li>
            <button class="host-menu__item" name="user" value="${user.id}" ${user === current && markup`aria-current="true"`}>
                <span class="host-menu__title">${user.name}</span>
                <span class="host-menu__detail">${user.username}</span>
            </button>
        </li>`
    );
    return markup`<details class="host-menu">
        <summary class="host-menu__button">
            <span class="host-avatar" aria-hidden="true">${initials(name)}</span>
            <span>${name}</span>${utilityIcon('chevrondown', 'xx-small')}
        </summary>
        <form class="host-menu__list" method="post" action="/lightning/session">
            <input type="hidden" name="return" value="${address}" />
            <p class="host-menu__heading">Continue as</p>
            <ul>${choices}</ul>
        </form>
    </details>`;
}

function initials(name: string): string {
    const words = name.split(' ').filter((word) => word !== '');
    return [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => word?.charAt(0).toUpperCase()).join('');
}

function buildNotice(): Markup {
    return markup`<div class="host-notice" role="status">
        <h2 class="slds-text-heading_small">The Lightning components are being built</h2>
        <p>This happens once for each version and takes some seconds. The page loads again by itself.</p>
    </div>`;
}
