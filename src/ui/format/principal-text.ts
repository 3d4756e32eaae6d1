import { PANEL } from '../../domain/principal.ts'
import { t } from '../words.ts'

/** One line: `app.example.com`, `http://localhost:3000`, or the panel's name. */
export function principalText(principal: string): string {
  if (principal === PANEL) return t('principal.panel')
  return principal.replace(/^https:\/\//, '')
}
