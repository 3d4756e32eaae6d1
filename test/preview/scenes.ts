import type { Scene } from './scene.ts'
import { APPROVAL_SCENES } from './scenes/approval.tsx'
import { BACKUP_SCENES } from './scenes/backup.tsx'
import { COMPONENT_SCENES } from './scenes/components.tsx'
import { HISTORY_SCENES } from './scenes/history.tsx'
import { HOME_SCENES } from './scenes/home.tsx'
import { INSIGHT_SCENES } from './scenes/insights.tsx'
import { ONBOARDING_SCENES } from './scenes/onboarding.tsx'
import { OPG_SCENES } from './scenes/opg.tsx'
import { SECRET_SCENES } from './scenes/secrets.tsx'
import { SETTING_SCENES } from './scenes/settings.tsx'
import { SIDEPANEL_SCENES } from './scenes/sidepanel.tsx'
import { SITES_SCENES } from './scenes/sites.tsx'
import { TRANSFER_SCENES } from './scenes/transfers.tsx'

export const SCENES: readonly Scene[] = [
  ...COMPONENT_SCENES,
  ...APPROVAL_SCENES,
  ...HOME_SCENES,
  ...ONBOARDING_SCENES,
  ...SITES_SCENES,
  ...HISTORY_SCENES,
  ...SIDEPANEL_SCENES,
  ...BACKUP_SCENES,
  ...INSIGHT_SCENES,
  ...OPG_SCENES,
  ...SECRET_SCENES,
  ...SETTING_SCENES,
  ...TRANSFER_SCENES,
]
