import { createUiClient } from '../../src/platform/ui-client.ts'
import { mountPage } from '../../src/ui/app/mount-page.tsx'
import { Popup } from '../../src/ui/popup/popup.tsx'
import { createShell } from './shell.ts'

mountPage(createUiClient(), createShell(), <Popup />)
