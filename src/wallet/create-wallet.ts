import { assembleWallet } from './assemble-wallet.ts'
import { evmSigning } from './evm-signing.ts'
import type { WalletPorts } from './ports.ts'
import { solanaSigning } from './solana-signing.ts'
import type { Wallet } from './wallet.ts'
import { walletTools } from './wallet-tools.ts'

/** The wallet with all its tools in one bundle. Where code is loaded late, use `assembleWallet`. */
export function createWallet(ports: WalletPorts): Wallet {
  return assembleWallet({
    ...ports,
    tools: () => walletTools,
    evmSigning: () => evmSigning,
    solanaSigning: () => solanaSigning,
  })
}
