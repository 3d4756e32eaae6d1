import { ChatError } from '../domain/errors.ts'
import type { PaymentSigners, SigningOrder, SignPayment } from './payment.ts'
import { signExactEvm } from './sign-exact-evm.ts'
import { signUptoEvm } from './sign-upto-evm.ts'

type SolanaSigner = NonNullable<PaymentSigners['solana']>
export type SignExactSolana = (order: SigningOrder, signer: SolanaSigner) => ReturnType<SignPayment>

/**
 * Signs by the offer's method. Solana comes from outside, so that its packages can be loaded when they are first needed.
 * Throws ChatError 'wallet-missing' where the account for the network is missing.
 */
export function createSignPayment(solana: SignExactSolana): SignPayment {
  return async (order, signers) => {
    switch (order.offer.asset.method) {
      case 'eip3009':
        return signExactEvm(order, requireSigner(signers.evm))
      case 'permit2':
        return signUptoEvm(order, requireSigner(signers.evm))
      case 'solana':
        return solana(order, requireSigner(signers.solana))
    }
  }
}

function requireSigner<Signer>(signer: Signer | null): Signer {
  if (signer === null) throw new ChatError('wallet-missing')
  return signer
}
