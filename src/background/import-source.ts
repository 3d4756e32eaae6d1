import { z } from 'zod'

/** What a person may import, as it comes out of its sealed box. Lengths bound what a mistake can paste. */
export const importSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phrase'), phrase: z.string().max(1_000) }),
  z.object({ kind: z.literal('evm-key'), key: z.string().max(200) }),
  z.object({ kind: z.literal('solana-key'), key: z.string().max(1_000) }),
])
