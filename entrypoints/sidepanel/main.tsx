import { createUiClient } from '../../src/platform/ui-client.ts'
import { mountPage } from '../../src/ui/app/mount-page.tsx'
import { SidePanel } from '../../src/ui/sidepanel/side-panel.tsx'
import { createPanelHost } from './panel-host.ts'

createPanelHost().then((host) => mountPage(createUiClient(), host, <SidePanel host={host} />))
