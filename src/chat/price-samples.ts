/** What earlier requests were quoted, per model: the ground of every estimate. */
import { z } from 'zod'
import { CURRENCIES } from '../domain/currency.ts'
import type { PriceSample } from '../protocol/chat-views.ts'
import { atomicText } from '../protocol/settings.ts'
import type { ConversationStore } from './ports.ts'

const KEY = 'price samples'
const PER_MODEL = 6
const IN_ALL = 200

const samplesSchema = z.array(
  z.object({
    model: z.string(),
    estimatedTokens: z.number(),
    inputTokens: z.number().nullable(),
    maxOutputTokens: z.number(),
    currency: z.enum(CURRENCIES),
    max: atomicText,
    atMs: z.number(),
  }),
)

export interface PriceSamples {
  all(): Promise<readonly PriceSample[]>
  /** The oldest of a model make room. */
  add(sample: PriceSample): Promise<void>
}

export function createPriceSamples(store: ConversationStore): PriceSamples {
  let known: Promise<readonly PriceSample[]> | undefined
  const all = () => {
    known ??= store.get(KEY).then((value) => samplesSchema.safeParse(value).data ?? [])
    return known
  }
  return {
    all,
    async add(sample) {
      const old = await all()
      const same = old.filter(({ model }) => model === sample.model).slice(-(PER_MODEL - 1))
      const others = old.filter(({ model }) => model !== sample.model)
      const next = [...others, ...same, sample].slice(-IN_ALL)
      known = Promise.resolve(next)
      await store.put([[KEY, next]])
    },
  }
}
