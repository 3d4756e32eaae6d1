/** Locks secrets into a vault and opens them again: password → wrapping key → data key → secrets. */
import { wipe } from './bytes.ts'
import { importAesKey, open, seal } from './cipher.ts'
import { type DeriveKey, type KdfCost, SALT_LENGTH } from './kdf-cost.ts'
import type { Bytes, RandomBytes } from './ports.ts'
import { packSecrets, parseSecrets, type WalletSecrets } from './secrets.ts'
import { boundToKey, boundToSecrets, type Identity, VAULT_ID_LENGTH, type VaultFile } from './vault-file.ts'

export interface VaultTools {
  readonly random: RandomBytes
  readonly deriveKey: DeriveKey
  readonly cost: KdfCost
}

/** A vault with the raw data key (32 bytes, secret, to be wiped by the caller). */
export interface OpenedVault {
  readonly file: VaultFile
  readonly dataKey: Bytes
}

/** A fresh vault under a fresh data key, at revision 1. */
export async function createVault(
  content: { readonly secrets: WalletSecrets; readonly identity: Identity; readonly phraseChecked: boolean },
  password: string,
  tools: VaultTools,
): Promise<OpenedVault> {
  const dataKey = tools.random(32)
  const base = {
    revision: 1,
    phraseChecked: content.phraseChecked,
    id: tools.random(VAULT_ID_LENGTH),
    identity: content.identity,
  }
  const plain = packSecrets(content.secrets)
  try {
    const bound = boundToSecrets(base)
    const secrets = await seal(await importAesKey(dataKey), plain, { bound, random: tools.random })
    const file = await wrapKey({ ...base, secrets }, dataKey, { password, tools })
    return { file, dataKey }
  } finally {
    wipe(plain)
  }
}

/** Null for a wrong password, and for a vault whose bound parts were changed. Runs the KDF once. */
export async function openVault(
  file: VaultFile,
  password: string,
  deriveKey: DeriveKey,
): Promise<OpenedVault | null> {
  const wrappingKey = await deriveKey(password, file.kdf)
  const dataKey = await open(wrappingKey, file.wrappedKey, boundToKey(file))
  if (dataKey === null) return null
  const secrets = await openSecrets(file, dataKey)
  if (secrets === null) {
    wipe(dataKey)
    return null
  }
  wipe(secrets.entropy, secrets.evmKey, secrets.solanaKey)
  return { file, dataKey }
}

/** The secrets (to be wiped by the caller); null where the data key is another vault's. */
export async function openSecrets(file: VaultFile, dataKey: Bytes): Promise<WalletSecrets | null> {
  const plain = await open(await importAesKey(dataKey), file.secrets, boundToSecrets(file))
  if (plain === null) return null
  const secrets = parseSecrets(plain)
  wipe(plain)
  return secrets
}

/** The same vault under another password: a new salt and today's cost; secrets and data key stay. */
export function rewrapVault(opened: OpenedVault, password: string, tools: VaultTools): Promise<VaultFile> {
  return wrapKey(opened.file, opened.dataKey, { password, tools })
}

async function wrapKey(
  file: Omit<VaultFile, 'kdf' | 'wrappedKey'>,
  dataKey: Bytes,
  under: { readonly password: string; readonly tools: VaultTools },
): Promise<VaultFile> {
  const { random, deriveKey, cost } = under.tools
  const kdf = { ...cost, salt: random(SALT_LENGTH) }
  const wrappingKey = await deriveKey(under.password, kdf)
  const wrappedKey = await seal(wrappingKey, dataKey, { bound: boundToKey({ id: file.id, kdf }), random })
  return { ...file, kdf, wrappedKey }
}
