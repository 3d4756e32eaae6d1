import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import { ASSETS } from '../../../src/domain/asset.ts'
import { BASE, BASE_SEPOLIA, SOLANA } from '../../../src/domain/network.ts'
import { sendUnits, unitName, unitOf } from '../../../src/ui/transfers/send-units.ts'
import { EVM, SOLANA_ADDRESS } from '../samples.ts'

describe('what can be sent', () => {
  it('is every known asset and the coin of every network, real money first', () => {
    const units = sendUnits({ evm: EVM, solana: SOLANA_ADDRESS })
    expect(units.map(({ network, symbol }) => [network, symbol])).toEqual([
      [BASE, 'USDC'],
      [BASE, 'OPG'],
      [BASE, 'ETH'],
      [SOLANA, 'USDC'],
      [SOLANA, 'SOL'],
      [BASE_SEPOLIA, 'USDC'],
      [BASE_SEPOLIA, 'OPG'],
      [BASE_SEPOLIA, 'ETH'],
    ])
    expect(units.map(({ test }) => test)).toEqual([false, false, false, false, false, true, true, true])
  })
  it('is only what there is an account for', () => {
    expect(sendUnits({ evm: null, solana: SOLANA_ADDRESS }).map(({ network }) => network)).toEqual([
      SOLANA,
      SOLANA,
    ])
    expect(sendUnits({ evm: EVM, solana: null }).some(({ network }) => network === SOLANA)).toBe(false)
  })
  it('has a key for each', () => {
    const units = sendUnits({ evm: EVM, solana: SOLANA_ADDRESS })
    expect(new Set(units.map(({ key }) => key)).size).toBe(ASSETS.length + 3)
  })
  it('names test money as such, also the coin of the test network', () => {
    expect(unitName(unitOf(BASE_SEPOLIA, 'native'))).toBe('ETH on Base Sepolia (test network), test money')
    expect(unitName(unitOf(BASE, 'native'))).toBe('ETH on Base')
  })
})
