import { address, createSolanaRpc, generateKeyPairSigner, mainnet } from '@solana/kit'
import type { SolanaChain } from '../solana-chain.ts'
import { makeTokenTransfer } from './make-token-transfer.ts'

/** Pays as somebody else: true transactions for a gateway that shows another's payment as the payer's. */
export interface StrangerPayer {
  readonly address: string
  /** Transfers tokens, in atomic units, to an owner that has an account for them; the id once it has landed. */
  pay(payment: { payTo: string; mint: string; amount: bigint }): Promise<string>
}

/** Makes a payer with a new key and an RPC endpoint of its own. */
export async function createStrangerPayer(chain: SolanaChain): Promise<StrangerPayer> {
  const { url } = await chain.openRpc()
  const rpc = createSolanaRpc(mainnet(url))
  const signer = await generateKeyPairSigner()
  await chain.fund(signer.address, 'native', 1_000_000_000n)
  return {
    address: signer.address,
    async pay({ payTo, mint, amount }) {
      await chain.fund(signer.address, mint, amount)
      const [{ value: life }, supply] = await Promise.all([
        rpc.getLatestBlockhash().send(),
        rpc.getTokenSupply(address(mint)).send(),
      ])
      const { decimals } = supply.value
      const memo = crypto.randomUUID()
      const said = { from: signer, to: payTo, mint, amount, decimals, blockhash: life.blockhash, memo }
      const { wire } = await makeTokenTransfer(said)
      return await rpc.sendTransaction(wire, { encoding: 'base64' }).send()
    },
  }
}
