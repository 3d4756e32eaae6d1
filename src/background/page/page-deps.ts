import type { Inference } from '../../inference/inference.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { Settings } from '../../protocol/settings.ts'
import type { GatewayBook } from '../gateway-book.ts'
import type { SleepingPages } from './sleeping-pages.ts'

/** What the page API is served from. */
export interface PageDeps {
  readonly inference: Pick<Inference, 'run' | 'quote' | 'requestBudget' | 'availability'>
  readonly ledger: Pick<
    Ledger,
    'getGrant' | 'budgetUse' | 'revoke' | 'history' | 'getRequest' | 'requestsOf' | 'onChange'
  >
  readonly gateways: Pick<GatewayBook, 'models' | 'configs' | 'all'>
  readonly settings: { get(): Promise<Settings> }
  readonly clock: { nowMs(): number; monotonicMs(): number }
  /** A call was refused for want of a click: a hint to the person that the site would ask. */
  readonly onActivationMissing?: (tabId: number) => void
  /** Without it pages hear of changes only while their port is open. */
  readonly sleeping?: SleepingPages
}
