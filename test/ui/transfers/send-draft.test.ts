import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import { BASE, SOLANA } from '../../../src/domain/network.ts'
import { UiError } from '../../../src/protocol/ui-client.ts'
import { parseSendDraft, reviewErrors, type SendDraft } from '../../../src/ui/transfers/send-draft.ts'
import { unitOf } from '../../../src/ui/transfers/send-units.ts'
import { EVM, SOLANA_ADDRESS } from '../samples.ts'

const USDC = unitOf(BASE, '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913')
const ETH = unitOf(BASE, 'native')
const SOL = unitOf(SOLANA, 'native')

function draft(part: Partial<SendDraft> = {}): SendDraft {
  return { unit: USDC, to: EVM, amount: '2.5', all: false, ...part }
}

function errorsOf(part: Partial<SendDraft>) {
  const parsed = parseSendDraft(draft(part))
  if (parsed.kind === 'ok') throw new Error('It was accepted')
  return parsed.errors
}

describe('a draft that can be reviewed', () => {
  it('is asked for in atomic units of the asset', () => {
    expect(parseSendDraft(draft())).toEqual({
      kind: 'ok',
      request: { kind: 'send', network: BASE, asset: USDC.asset, to: EVM, amount: '2500000' },
    })
  })
  it('counts ETH in wei and SOL in lamports', () => {
    const wei = parseSendDraft(draft({ unit: ETH, amount: '0.000000000000000001' }))
    const lamports = parseSendDraft(draft({ unit: SOL, to: SOLANA_ADDRESS, amount: '1.5' }))
    expect(wei).toMatchObject({ request: { amount: '1' } })
    expect(lamports).toMatchObject({ request: { amount: '1500000000' } })
  })
  it('leaves the sum to the review where everything is sent', () => {
    expect(parseSendDraft(draft({ all: true, amount: '' }))).toMatchObject({ request: { amount: 'all' } })
  })
  it('trims a pasted address', () => {
    expect(parseSendDraft(draft({ to: `  ${EVM}\n` }))).toMatchObject({ request: { to: EVM } })
  })
})

describe('a draft that cannot', () => {
  it.each([
    ['nothing', ''],
    ['a name', 'vitalik.eth'],
    ['one digit too few', EVM.slice(0, -1)],
    ['one digit too many', `${EVM}0`],
    ['no prefix', EVM.slice(2)],
    ['a link', `ethereum:${EVM}`],
  ])('has %s for an EVM address', (_, to) => {
    expect(errorsOf({ to })).toEqual({ to: expect.any(String) })
  })
  it('says that an address belongs to the other kind of network', () => {
    expect(errorsOf({ to: SOLANA_ADDRESS }).to).toMatch(/Solana address/)
    expect(errorsOf({ unit: SOL, to: EVM }).to).toMatch(/Base or Ethereum/)
  })
  it('refuses letters that base58 does not have', () => {
    expect(errorsOf({ unit: SOL, to: `0${SOLANA_ADDRESS.slice(1)}` })).toEqual({ to: expect.any(String) })
  })
  it.each([
    ['empty', ''],
    ['nothing', '0'],
    ['nothing, written long', '0.000000'],
    ['grouped', '1,000.5'],
    ['negative', '-1'],
    ['a power', '1e3'],
    ['finer than a USDC has', '0.0000001'],
  ])('has an amount that is %s', (_, amount) => {
    expect(errorsOf({ amount })).toEqual({ amount: expect.any(String) })
  })
  it('names both where both are wrong', () => {
    expect(Object.keys(errorsOf({ to: '', amount: '' }))).toEqual(['to', 'amount'])
  })
})

describe('a review that was refused', () => {
  it('says at the amount how much is missing, rounded up', () => {
    const error = new UiError('insufficient-funds', { what: USDC.asset, missing: '1500001' })
    expect(reviewErrors(error, USDC)).toEqual({ amount: '1.500001 USDC is missing.' })
  })
  it('puts an address that cannot be sent to at the address', () => {
    const error = new UiError('invalid-body', { field: 'to', problem: 'checksum' })
    expect(reviewErrors(error, USDC)?.to).toMatch(/capital letters/)
  })
  it('puts an amount that the chain refuses at the amount', () => {
    const error = new UiError('invalid-body', { field: 'amount', problem: 'leaves-dust' })
    expect(reviewErrors(error, SOL)?.amount).toMatch(/send all instead/)
  })
  it('is about no field where the chain cannot be reached', () => {
    expect(reviewErrors(new UiError('rpc-failed'), USDC)).toBeNull()
    expect(reviewErrors(new Error('gone'), USDC)).toBeNull()
  })
})
