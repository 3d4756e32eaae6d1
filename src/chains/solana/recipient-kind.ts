import { isAddress, isOffCurveAddress } from '@solana/kit'
import { ChatError } from '../../domain/errors.ts'
import type { RecipientKind } from '../chains.ts'
import { SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM } from './programs.ts'
import type { Account } from './solana-reads.ts'

/**
 * Who stands behind an address. Off the curve nobody has its key: only a program can move what is sent there, also where
 * no account exists yet. Throws ChatError 'invalid-body' for a token account or a mint: tokens sent there, as if it were
 * somebody's wallet, would be lost.
 */
export function recipientKind(to: string, account: Pick<Account, 'owner'> | null): RecipientKind {
  if (account?.owner === TOKEN_PROGRAM || account?.owner === TOKEN_2022_PROGRAM) {
    throw new ChatError('invalid-body', { field: 'to', problem: 'token-account' })
  }
  if (account !== null && account.owner !== SYSTEM_PROGRAM) return 'contract'
  return isAddress(to) && isOffCurveAddress(to) ? 'contract' : 'plain'
}
