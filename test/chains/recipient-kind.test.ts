import { type Address, generateKeyPairSigner } from '@solana/kit'
import { describe, expect, it } from 'vitest'
import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from '../../src/chains/solana/programs.ts'
import { recipientKind } from '../../src/chains/solana/recipient-kind.ts'
import { findTokenAccount } from '../../src/chains/solana/token-account.ts'
import { SOLANA_USDC } from '../lab/chains/solana-chain.ts'

const owned = (owner: Address) => ({ owner })

describe('a recipient on Solana', () => {
  it('with a key is plain, with an account or without', async () => {
    const { address } = await generateKeyPairSigner()
    expect(recipientKind(address, null)).toBe('plain')
    expect(recipientKind(address, owned(SYSTEM_PROGRAM))).toBe('plain')
  })

  it('off the curve is a program’s, also where no account exists yet: nobody has its key', async () => {
    const { address } = await generateKeyPairSigner()
    const derived = await findTokenAccount(address, SOLANA_USDC)
    expect(recipientKind(derived, null)).toBe('contract')
    expect(recipientKind(derived, owned(SYSTEM_PROGRAM))).toBe('contract')
  })

  it('that is a token account is refused', async () => {
    const { address } = await generateKeyPairSigner()
    expect(() => recipientKind(address, owned(TOKEN_PROGRAM))).toThrow(
      expect.objectContaining({ facts: { field: 'to', problem: 'token-account' } }),
    )
  })
})
