import { BASE, BASE_SEPOLIA, SOLANA } from '../../src/domain/network.ts'
import type { Shell } from '../../src/ui/app/shell.ts'

export interface FakeShell extends Shell {
  readonly done: string[]
}

/** Endpoints as a build ships them. */
const SHIPPED_RPC: Shell['shippedRpc'] = {
  [BASE]: ['https://mainnet.base.org', 'https://base-rpc.publicnode.com'],
  [BASE_SEPOLIA]: ['https://sepolia.base.org', 'https://base-sepolia-rpc.publicnode.com'],
  [SOLANA]: ['https://api.mainnet-beta.solana.com', 'https://solana-rpc.publicnode.com'],
  'og-registry': ['https://ogevmdevnet.opengradient.ai'],
}

/** A browser that only notes what it was asked for. */
export function createFakeShell(part: Partial<Shell> = {}): FakeShell {
  const done: string[] = []
  return {
    done,
    surface: 'popup',
    version: '0.1.0',
    tabUrl: async () => 'https://reader.example.com/article',
    openPanel: async () => void done.push('openPanel'),
    openPage: (path) => void done.push(`openPage ${path}`),
    requestHost: async (...urls) => {
      done.push(`requestHost ${urls.join(' ')}`)
      return true
    },
    releaseHost: async (url) => void done.push(`releaseHost ${url}`),
    shippedRpc: SHIPPED_RPC,
    saveFile: (name) => void done.push(`saveFile ${name}`),
    showApproval: async () => void done.push('showApproval'),
    closeWindow: () => void done.push('closeWindow'),
    ...part,
  }
}
