import { describe, expect, it } from 'vitest'
import { newNonce } from '../../src/payment/nonce.ts'

const counting = (length: number) => Uint8Array.from({ length }, (_, index) => index + 1)
const HEX = '0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20'

describe('newNonce', () => {
  it('is 32 random bytes in hex for EIP-3009', () => {
    expect(newNonce('eip3009', counting)).toBe(`0x${HEX}`)
  })
  it('is the same bytes as a decimal for Permit2', () => {
    expect(newNonce('permit2', counting)).toBe(BigInt(`0x${HEX}`).toString(10))
    expect(newNonce('permit2', (length) => new Uint8Array(length))).toBe('0')
  })
  it('does not exist on Solana, and draws nothing', () => {
    const unused = () => {
      throw new Error('drawn')
    }
    expect(newNonce('solana', unused)).toBeNull()
  })
})
