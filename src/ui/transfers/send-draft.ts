/** Money to be sent while a person writes it: text as typed, checked before any chain is asked. */
import { isEvmNetwork } from '../../domain/network.ts'
import { UiError } from '../../protocol/ui-client.ts'
import type { UiParams } from '../../protocol/ui-protocol.ts'
import { amountError } from '../budget/budget-draft.ts'
import { formatCoin } from '../format/coin.ts'
import { thrownWords } from '../format/error-words.ts'
import { parseMoneyInput } from '../format/money-input.ts'
import { t } from '../words.ts'
import type { SendUnit } from './send-units.ts'

export interface SendDraft {
  readonly unit: SendUnit
  readonly to: string
  /** Whole units, as typed; unused with `all`. */
  readonly amount: string
  readonly all: boolean
}

export type TransferInput = UiParams<'transfers.review'>['request']

export interface SendErrors {
  readonly to?: string
  readonly amount?: string
}

export type SendDraftResult =
  | { readonly kind: 'ok'; readonly request: TransferInput }
  | { readonly kind: 'wrong'; readonly errors: SendErrors }

const EVM_ADDRESS = /^0x[0-9a-fA-F]{40}$/
/** base58 of 32 bytes has 32 to 44 digits. */
const SOLANA_ADDRESS = /^[1-9A-HJ-NP-Za-km-z]{32,44}$/

/** Checks the form of an address and an amount; checksums and what stands behind the address are the review's. */
export function parseSendDraft({ unit, to, amount, all }: SendDraft): SendDraftResult {
  const address = to.trim()
  const wrongAddress = addressError(address, isEvmNetwork(unit.network))
  const typed = parseMoneyInput(amount, unit.decimals)
  const wrongAmount = all ? undefined : inputError(typed)
  if (wrongAddress !== undefined || wrongAmount !== undefined) {
    return {
      kind: 'wrong',
      errors: {
        ...(wrongAddress === undefined ? {} : { to: wrongAddress }),
        ...(wrongAmount === undefined ? {} : { amount: wrongAmount }),
      },
    }
  }
  const given = all || typed.kind !== 'amount' ? 'all' : typed.amount.toString()
  return {
    kind: 'ok',
    request: { kind: 'send', network: unit.network, asset: unit.asset, to: address, amount: given },
  }
}

/** A review's refusal, at the field that it is about; null where it is about none. */
export function reviewErrors(error: unknown, unit: SendUnit): SendErrors | null {
  if (!(error instanceof UiError)) return null
  const { reason, facts } = error
  if (reason === 'insufficient-funds' && facts.missing !== undefined) {
    const missing = formatCoin(facts.missing, unit, { rounding: 'up' }).short
    return { amount: t('send.errors.insufficient', { missing }) }
  }
  if (reason !== 'invalid-body') return null
  if (facts.field === 'to') return { to: thrownWords(error).what }
  if (facts.field === 'amount') return { amount: thrownWords(error).what }
  return null
}

function addressError(address: string, onEvm: boolean): string | undefined {
  if (address === '') return t('send.errors.noAddress')
  if (/\.(eth|sol|base)$/i.test(address)) return t('send.errors.name')
  if (onEvm) {
    if (EVM_ADDRESS.test(address)) return undefined
    return SOLANA_ADDRESS.test(address) ? t('send.errors.isSolana') : t('send.errors.notEvm')
  }
  if (SOLANA_ADDRESS.test(address)) return undefined
  return EVM_ADDRESS.test(address) ? t('send.errors.isEvm') : t('send.errors.notSolana')
}

function inputError(input: ReturnType<typeof parseMoneyInput>): string | undefined {
  if (input.kind !== 'amount') return amountError(input)
  return input.amount === 0n ? t('budget.errors.zero') : undefined
}
