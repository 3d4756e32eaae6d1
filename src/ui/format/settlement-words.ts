import type { SettlementMode } from '../../domain/budget.ts'
import { t } from '../words.ts'

/** What OpenGradient writes on chain about a request. */
export function settlementWords(mode: SettlementMode): string {
  switch (mode) {
    case 'private':
      return t('settlement.private')
    case 'batch':
      return t('settlement.batch')
    case 'individual':
      return t('settlement.individual')
  }
}
