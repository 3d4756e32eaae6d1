/** An x402 version 1 offer, as the older sellers send it: in the body, with other names. */
import { addresses } from '../../chains/addresses.ts'
import { sellerPayees } from '../payees.ts'

/** The JSON body of a version 1 402; the amount is in µUSDC. */
export function offerV1(resource: string, amount: string) {
  return {
    x402Version: 1,
    error: 'X-PAYMENT header is required',
    accepts: [
      {
        scheme: 'exact',
        network: 'base',
        maxAmountRequired: amount,
        resource,
        description: 'Chat completions',
        mimeType: 'application/json',
        payTo: sellerPayees['eip155:8453'],
        maxTimeoutSeconds: 120,
        asset: addresses.baseUsdc,
        outputSchema: null,
        extra: { name: 'USD Coin', version: '2' },
      },
    ],
  }
}
