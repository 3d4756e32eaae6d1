import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Hex } from 'viem'
import { compileContract } from './compile.ts'

const require = createRequire(import.meta.url)

/**
 * Runtime code of Uniswap's Permit2, built from the source that ships in `@uniswap/v4-periphery` with the
 * settings of its own foundry.toml. Its immutables are zero, so that it computes the domain separator of the
 * chain that it is set on. Takes ten seconds the first time, and is cached from then on.
 */
export function compilePermit2(): Hex {
  const compiled = compileContract({
    root: join(dirname(require.resolve('@uniswap/v4-periphery/package.json')), 'lib/permit2'),
    file: 'src/Permit2.sol',
    contract: 'Permit2',
    compiler: 'solc0817',
    viaIR: true,
    runs: 1_000_000,
    remappings: ['solmate/=lib/solmate/'],
  })
  return compiled.deployedBytecode
}
