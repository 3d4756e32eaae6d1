import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { makeApproveTransaction } from '../src/payment/approve-transaction.ts'
import { createSignPayment } from '../src/payment/create-sign-payment.ts'
import { providePart } from '../src/platform/parts.ts'
import { evmSigning } from '../src/wallet/evm-signing.ts'

export default defineUnlistedScript(() =>
  providePart('signing', { evmSigning, createSignPayment, makeApproveTransaction }),
)
