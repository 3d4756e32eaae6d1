/** Settings and gateways as a backup takes and gives them; what comes back is checked as if it were typed. */
import { z } from 'zod'
import type { GatewaysPort, SavedGateways, SettingsPort } from '../backup/ports.ts'
import { ChatError } from '../domain/errors.ts'
import { parseBaseUrl } from '../gateways/openai-compatible/base-url.ts'
import { type Settings, settingsSchema } from '../protocol/settings.ts'
import { isServerUrl } from './is-server-url.ts'
import { readExtraHeaders } from './read-extra-headers.ts'
import { type StoredGateways, storedGatewaysSchema } from './stored-gateways.ts'

interface Store<T> {
  get(): Promise<T>
  set(value: T): Promise<void>
}

export function settingsForBackup(store: Store<Settings>, allowLoopback: boolean): SettingsPort {
  /** The file's own endpoints where all may be asked, else those here. */
  const rpcOf = (inside: Settings, here: Settings): Settings['rpc'] =>
    serversOf(inside).every((url) => isServerUrl(url, allowLoopback)) ? inside.rpc : here.rpc
  return {
    exportAll: () => store.get(),
    async compare(settings) {
      const parsed = settingsSchema.safeParse(settings)
      if (!parsed.success) return { differs: false, servers: [] }
      const here = await store.get()
      const used = serversOf(here)
      const inside = { ...parsed.data, rpc: rpcOf(parsed.data, here) }
      const differs = JSON.stringify({ ...inside, rpc: null }) !== JSON.stringify({ ...here, rpc: null })
      return { differs, servers: serversOf(inside).filter((url) => !used.includes(url)) }
    },
    async restore(settings, servers) {
      const parsed = settingsSchema.safeParse(settings)
      if (!parsed.success) throw new ChatError('invalid-body', { problem: 'settings' })
      const here = await store.get()
      await store.set({ ...parsed.data, rpc: servers ? rpcOf(parsed.data, here) : here.rpc })
    },
  }
}

function serversOf({ rpc }: Settings): readonly string[] {
  return Object.values(rpc ?? {}).flat()
}

const builtInsSchema = z.object({ disabled: z.array(z.string()), baseUrls: z.record(z.string(), z.string()) })

export interface GatewayRules {
  readonly builtInIds: () => Promise<readonly string[]>
  /** A lab build also takes loopback http. */
  readonly allowLoopback: boolean
}

/** Those that could not have been saved by hand (plain http, a reserved header, the id of a shipped one) stay out. */
export function gatewaysForBackup(store: Store<StoredGateways>, rules: GatewayRules): GatewaysPort {
  /** What is not here yet, and may be. */
  async function readMissing(saved: SavedGateways) {
    const [stored, builtInIds] = await Promise.all([store.get(), rules.builtInIds()])
    const own = storedGatewaysSchema.shape.own.safeParse(saved.own)
    if (!own.success) throw new ChatError('invalid-body', { problem: 'gateways' })
    const taken = new Set([...builtInIds, ...stored.own.map(({ id }) => id)])
    const builtIns = builtInsSchema.safeParse(saved.builtIns)
    const { disabled, baseUrls } = builtIns.success ? builtIns.data : { disabled: [], baseUrls: {} }
    const moved = Object.entries(baseUrls).flatMap(([id, url]) => {
      const checked = attempt(() => parseBaseUrl(url, rules))
      const isWanted = builtInIds.includes(id) && !Object.hasOwn(stored.baseUrls, id)
      return checked === null || !isWanted ? [] : [[id, checked] as const]
    })
    return {
      stored,
      own: own.data.filter(({ id }) => !taken.has(id)).flatMap((gateway) => check(gateway) ?? []),
      disabled: disabled.filter((id) => builtInIds.includes(id)),
      moved,
    }
  }

  function check(gateway: StoredGateways['own'][number]): StoredGateways['own'][number] | null {
    return attempt(() => ({
      ...gateway,
      baseUrl: parseBaseUrl(gateway.baseUrl, rules),
      extraHeaders: readExtraHeaders(gateway.extraHeaders, {}),
    }))
  }

  return {
    async exportAll() {
      const { own, disabledBuiltIns, baseUrls } = await store.get()
      return { own, builtIns: { disabled: disabledBuiltIns, baseUrls } }
    },
    async compare(saved) {
      const { stored, own, disabled, moved } = await readMissing(saved)
      const servers = [...own.map(({ baseUrl }) => baseUrl), ...moved.map(([, url]) => url)]
      const switchesOff = disabled.some((id) => !stored.disabledBuiltIns.includes(id))
      return { differs: switchesOff, servers }
    },
    async merge(saved, servers) {
      const { stored, own, disabled, moved } = await readMissing(saved)
      const added = servers ? own : []
      await store.set({
        ...stored,
        own: [...stored.own, ...added],
        disabledBuiltIns: [...new Set([...stored.disabledBuiltIns, ...disabled])],
        baseUrls: servers ? { ...stored.baseUrls, ...Object.fromEntries(moved) } : stored.baseUrls,
      })
      return added.length
    },
  }
}

/** Null for what the checks refuse. */
function attempt<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
