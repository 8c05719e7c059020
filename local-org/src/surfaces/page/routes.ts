import { redirect } from '../../http/responses.ts';
import { MODULES_URL } from '../../lwc/import-map.ts';
import { ASSETS_URL } from '../../lwc/static-files.ts';
import { callApex } from './apex-route.ts';
import { pageRoute, switchUser } from './browser-session.ts';
import { blockConnectedApp, CONNECTED_APPS_PAGE, connectedAppsPage } from './connected-apps-page.ts';
import { appPage, homePage } from './home-page.ts';
import { LABORATORY_PAGE } from '../../lab/page-address.ts';
import { laboratoryPage } from './laboratory-page.ts';
import { listPage } from './list-page.ts';
import { moduleFile } from './modules-route.ts';
import { recordPage } from './record-page.ts';
import { openRoute, type Surface } from '../surface.ts';

/** Lightning Experience in small: record pages with the deployed components, lists, home, and what they load. */
export const pageSurface: Surface = {
    name: 'page',
    routes: [
        pageRoute('/', homePage),
        pageRoute('/lightning', homePage),
        pageRoute('/lightning/page/home', homePage),
        pageRoute('/lightning/r/:object/:id/view', recordPage),
        pageRoute('/lightning/r/:id/view', recordPage),
        pageRoute('/lightning/o/:object/list', listPage),
        pageRoute('/lightning/n/:page', appPage),
        pageRoute(LABORATORY_PAGE, laboratoryPage),
        pageRoute(CONNECTED_APPS_PAGE, connectedAppsPage),
        openRoute(['POST'], CONNECTED_APPS_PAGE, blockConnectedApp),
        openRoute(['POST'], '/lightning/session', switchUser),
        openRoute(['GET'], `${MODULES_URL}/*`, moduleFile),
        openRoute(['POST'], '/lwc/apex/:class/:method', callApex),
        openRoute(['GET'], '/favicon.ico', () => redirect(`${ASSETS_URL}/favicon.svg`))
    ]
};
