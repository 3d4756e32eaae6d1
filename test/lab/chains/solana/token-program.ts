import {
  type Address,
  address,
  type EncodedAccount,
  getAddressDecoder,
  getAddressEncoder,
  getProgramDerivedAddress,
  getU32Encoder,
  getU64Encoder,
} from '@solana/kit'

/** The program that owns plain wallets. */
export const SYSTEM_PROGRAM = address('11111111111111111111111111111111')
/** SPL Token. */
export const TOKEN_PROGRAM = address('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA')
/** SPL Token-2022. */
export const TOKEN_2022_PROGRAM = address('TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb')
/** SPL Associated Token Account. */
export const ASSOCIATED_TOKEN_PROGRAM = address('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL')

/** Size of a mint in bytes (spl-token, state.rs). */
export const MINT_BYTES = 82
/** Size of a token account in bytes (spl-token, state.rs). */
export const TOKEN_ACCOUNT_BYTES = 165

/** A mint as the token program stores it. */
export interface Mint {
  supply: bigint
  decimals: number
  mintAuthority: Address | null
  freezeAuthority: Address | null
}

/** A token account as the token program stores it. */
export interface TokenAccount {
  mint: Address
  owner: Address
  amount: bigint
  state: 'uninitialized' | 'initialized' | 'frozen'
}

const STATES = ['uninitialized', 'initialized', 'frozen'] as const

/** Whether a program is one of the two token programs. */
export function isTokenProgram(program: Address): boolean {
  return program === TOKEN_PROGRAM || program === TOKEN_2022_PROGRAM
}

/** Address of the associated token account of an owner, of SPL Token. */
export async function findTokenAddress(owner: Address, mint: Address): Promise<Address> {
  const encoder = getAddressEncoder()
  const [found] = await getProgramDerivedAddress({
    programAddress: ASSOCIATED_TOKEN_PROGRAM,
    seeds: [encoder.encode(owner), encoder.encode(TOKEN_PROGRAM), encoder.encode(mint)],
  })
  return found
}

/** Reads a mint, or null where the account is not one. */
export function readMint(account: EncodedAccount): Mint | null {
  const data = Uint8Array.from(account.data)
  if (!isTokenProgram(account.programAddress) || data.length < MINT_BYTES || data[45] !== 1) return null
  if (data.length > MINT_BYTES && data[TOKEN_ACCOUNT_BYTES] !== 1) return null
  const view = viewOf(data)
  return {
    mintAuthority: view.getUint32(0, true) === 1 ? addressAt(data, 4) : null,
    supply: view.getBigUint64(36, true),
    decimals: view.getUint8(44),
    freezeAuthority: view.getUint32(46, true) === 1 ? addressAt(data, 50) : null,
  }
}

/** Reads a token account, or null where the account is not one. */
export function readTokenAccount(account: EncodedAccount): TokenAccount | null {
  const data = Uint8Array.from(account.data)
  if (!isTokenProgram(account.programAddress) || data.length < TOKEN_ACCOUNT_BYTES) return null
  if (data.length > TOKEN_ACCOUNT_BYTES && data[TOKEN_ACCOUNT_BYTES] !== 2) return null
  const state = STATES[data[108] ?? 0]
  if (state === undefined || state === 'uninitialized') return null
  return {
    mint: addressAt(data, 0),
    owner: addressAt(data, 32),
    amount: viewOf(data).getBigUint64(64, true),
    state,
  }
}

/** Bytes of an initialized mint of SPL Token. */
export function encodeMint(mint: Mint): Uint8Array {
  const data = new Uint8Array(MINT_BYTES)
  writeOptionalAddress(data, 0, mint.mintAuthority)
  data.set(getU64Encoder().encode(mint.supply), 36)
  data[44] = mint.decimals
  data[45] = 1
  writeOptionalAddress(data, 46, mint.freezeAuthority)
  return data
}

/** Bytes of an initialized token account of SPL Token without delegate or close authority. */
export function encodeTokenAccount(account: TokenAccount): Uint8Array {
  const data = new Uint8Array(TOKEN_ACCOUNT_BYTES)
  data.set(getAddressEncoder().encode(account.mint), 0)
  data.set(getAddressEncoder().encode(account.owner), 32)
  data.set(getU64Encoder().encode(account.amount), 64)
  data[108] = STATES.indexOf(account.state)
  return data
}

function writeOptionalAddress(data: Uint8Array, offset: number, value: Address | null): void {
  if (value === null) return
  data.set(getU32Encoder().encode(1), offset)
  data.set(getAddressEncoder().encode(value), offset + 4)
}

function addressAt(data: Uint8Array, offset: number): Address {
  return getAddressDecoder().decode(data, offset)
}

function viewOf(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength)
}
