import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { createSolanaPayments } from '../src/payment/sign-exact-solana.ts'
import { providePart } from '../src/platform/parts.ts'
import { solanaSigning } from '../src/wallet/solana-signing.ts'

export default defineUnlistedScript(() => providePart('solana', { solanaSigning, createSolanaPayments }))
