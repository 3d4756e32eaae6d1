/** Where the contracts live on the real chains, and so on the local ones too. */
export const addresses = {
  /** https://www.multicall3.com, the same on every chain. */
  multicall3: '0xcA11bde05977b3631167028862bE2a173976CA11',
  /** https://docs.uniswap.org/contracts/v4/deployments, the same on every chain. */
  permit2: '0x000000000022D473030F116dDEE9F6B43aC78BA3',
  /** Circle's USDC on Base. */
  baseUsdc: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
  /** OpenGradient's token on Base. */
  baseOpg: '0xFbC2051AE2265686a469421b2C5A2D5462FbF5eB',
  /** The x402 upto proxy, the Permit2 spender of OpenGradient's newer deployment. */
  baseUptoSpender: '0x4020A4f3b7b90ccA423B9fabCc0CE57C6C240002',
  /** Circle's test USDC on Base Sepolia. */
  sepoliaUsdc: '0x036CbD53842c5426634e7929541eC2318f3dCF7e',
  /** OpenGradient's test token on Base Sepolia. */
  sepoliaOpg: '0x240b09731D96979f50B2C649C9CE10FcF9C7987F',
  /** The Permit2 spender of OpenGradient's documented deployment. */
  sepoliaUptoSpender: '0xBe08D629cc799E6C17200F454F68A61E017038C8',
  /** OpenGradient's TEE registry on its own chain, 10740. */
  teeRegistry: '0x703cB174AEadB35D611858369B4b1111dC9Abda6',
} as const
