import { createUiClient } from '../../src/platform/ui-client.ts'
import { mountPage } from '../../src/ui/app/mount-page.tsx'
import { Onboarding } from '../../src/ui/onboarding/onboarding.tsx'
import { createShell } from '../popup/shell.ts'

mountPage(createUiClient(), createShell(), <Onboarding />)
