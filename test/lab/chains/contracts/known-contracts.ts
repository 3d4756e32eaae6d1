/** The contracts that the lab puts on its chains, ready to be placed. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Hex } from 'viem'
import { addresses } from '../addresses.ts'
import type { PlacedContract } from '../evm-chain.ts'
import { compileContract } from './compile.ts'

const require = createRequire(import.meta.url)

/** Multicall3's code as viem ships it. */
export function multicall3(): PlacedContract {
  const file = join(dirname(require.resolve('viem')), 'constants/contracts.js')
  const found = /multicall3Bytecode = '(0x[0-9a-f]+)'/.exec(readFileSync(file, 'utf8'))
  if (!found?.[1]) throw new Error('viem no longer ships Multicall3')
  return { address: addresses.multicall3, creation: found[1] as Hex }
}

/** USDC on Base: EIP-712 name "USD Coin", version "2". */
export function baseUsdc(): PlacedContract {
  const { bytecode } = compileContract({ file: 'LabUsdc.sol', contract: 'BaseUsdc' })
  return { address: addresses.baseUsdc, creation: bytecode }
}

/** Test USDC on Base Sepolia: EIP-712 name "USDC", version "2". */
export function sepoliaUsdc(): PlacedContract {
  const { bytecode } = compileContract({ file: 'LabUsdc.sol', contract: 'SepoliaUsdc' })
  return { address: addresses.sepoliaUsdc, creation: bytecode }
}

/** OPG at either of its addresses. */
export function opg(address: string): PlacedContract {
  const { bytecode } = compileContract({ file: 'LabOpg.sol', contract: 'LabOpg' })
  return { address, creation: bytecode }
}
