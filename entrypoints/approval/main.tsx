import { createUiClient } from '../../src/platform/ui-client.ts'
import { mountPage } from '../../src/ui/app/mount-page.tsx'
import { ApprovalScreen } from '../../src/ui/approval/approval-screen.tsx'
import { createShell } from '../popup/shell.ts'

mountPage(createUiClient(), createShell(), <ApprovalScreen />)
