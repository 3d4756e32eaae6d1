/** Contracts that are read, with their selectors (first four bytes of keccak256 of the signature) and topics. */

/** Uniswap's Permit2, the same address on every chain. Source: docs.uniswap.org, deployments. */
export const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
/** Multicall3, the same address on every chain. Source: multicall3.com. */
export const MULTICALL3 = '0xcA11bde05977b3631167028862bE2a173976CA11'
/** OP Stack's GasPriceOracle predeploy. Source: specs.optimism.io, predeploys. */
export const GAS_PRICE_ORACLE = '0x420000000000000000000000000000000000000F'
/** TEERegistry on chain 10740, newest first. Source: OpenGradient's published code. */
export const TEE_REGISTRIES = [
  '0x703cB174AEadB35D611858369B4b1111dC9Abda6',
  '0x4e72238852f3c918f4E4e57AeC9280dDB0c80248',
] as const

export const SELECTORS = {
  'balanceOf(address)': '0x70a08231',
  'allowance(address,address)': '0xdd62ed3e',
  'transfer(address,uint256)': '0xa9059cbb',
  'approve(address,uint256)': '0x095ea7b3',
  'authorizationState(address,bytes32)': '0xe94a0102',
  'nonceBitmap(address,uint256)': '0x4fe02b44',
  'aggregate3((address,bool,bytes)[])': '0x82ad56cb',
  'getEthBalance(address)': '0x4d2301cc',
  'getL1Fee(bytes)': '0x49948e0e',
  'getTEE(bytes32)': '0x418b207d',
  'isTEEActive(bytes32)': '0xa3bf31f1',
} as const

export const TOPICS = {
  /** ERC-20. */
  'Transfer(address,address,uint256)': '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
  /** EIP-3009. */
  'AuthorizationUsed(address,bytes32)': '0x98de503528ee59b575ef0c0a2576a82497bfc029a5685b209e9ec333479b10a5',
  /** EIP-3009. */
  'AuthorizationCanceled(address,bytes32)':
    '0x1cdd46ff242716cdaa72d159d339a485b3438398348d68f09d7c8c0a59353d81',
} as const
