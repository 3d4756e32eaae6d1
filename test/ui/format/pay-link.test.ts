import { describe, expect, it } from 'vitest'
import { BASE, BASE_SEPOLIA, SOLANA } from '../../../src/domain/network.ts'
import { payLink } from '../../../src/ui/format/pay-link.ts'

const EVM = '0x8e23ee67d1332ad560396262c48ffbb01f93d052'
const SOL = 'mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN'

describe('payLink', () => {
  it('is an EIP-681 transfer call for a token', () => {
    expect(payLink(BASE, 'USDC', EVM)).toBe(
      `ethereum:0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913@8453/transfer?address=${EVM}`,
    )
  })
  it('is an EIP-681 payment for the native coin', () => {
    expect(payLink(BASE_SEPOLIA, null, EVM)).toBe(`ethereum:${EVM}@84532`)
  })
  it('is a Solana Pay transfer for a token and for SOL', () => {
    expect(payLink(SOLANA, 'USDC', SOL)).toBe(
      `solana:${SOL}?spl-token=EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v`,
    )
    expect(payLink(SOLANA, null, SOL)).toBe(`solana:${SOL}`)
  })
})
