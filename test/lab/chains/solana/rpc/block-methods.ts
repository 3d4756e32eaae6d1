import { readMessage, transactionFee } from '../transaction-reader.ts'
import { API_VERSION, type RpcMethod, readSlot, withContext } from './rpc-context.ts'
import { RpcError } from './rpc-error.ts'
import {
  parseBlockhash,
  parseBytes,
  parseConfig,
  parseCount,
  parseList,
  parsePubkey,
  requireParam,
} from './rpc-params.ts'

/** Genesis hash of mainnet-beta; its first 32 characters are the CAIP-2 reference. */
export const MAINNET_GENESIS_HASH = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d'

/** Blocks that `getRecentPrioritizationFees` looks back. */
const FEE_BLOCKS = 150
/** Most accounts that it is asked about. */
const MAX_FEE_ACCOUNTS = 128

/** Methods that read blocks, time and fees. */
export const blockMethods: Record<string, RpcMethod> = {
  getHealth: () => 'ok',
  getVersion: () => ({ 'solana-core': API_VERSION, 'feature-set': 3_604_001_754 }),
  getGenesisHash: () => MAINNET_GENESIS_HASH,
  getSlot: (ledger, params) => readSlot(ledger, parseConfig(params[0])),
  getBlockHeight: (ledger, params) => ledger.clock.blockHeight(readSlot(ledger, parseConfig(params[0]))),

  /** Nothing is forgotten here. */
  getFirstAvailableBlock: () => 0,

  getBlockTime(ledger, params) {
    const slot = parseCount(requireParam(params, 0))
    if (slot > ledger.clock.slot('confirmed'))
      throw new RpcError('blockNotAvailable', `Block not available for slot ${slot}`)
    if (slot < ledger.clock.firstSlot) {
      throw new RpcError(
        'slotSkipped',
        `Slot ${slot} was skipped, or missing due to ledger jump to recent snapshot`,
      )
    }
    return ledger.clock.blockTime(slot)
  },

  getLatestBlockhash(ledger, params) {
    const slot = readSlot(ledger, parseConfig(params[0]))
    const height = ledger.clock.blockHeight(slot)
    return withContext(slot, {
      blockhash: ledger.blockhashes.at(height),
      lastValidBlockHeight: ledger.blockhashes.lastValidHeight(height),
    })
  },

  isBlockhashValid(ledger, params) {
    const hash = parseBlockhash(requireParam(params, 0))
    const slot = readSlot(ledger, parseConfig(params[1]))
    return withContext(slot, ledger.blockhashes.isValid(hash, ledger.clock.blockHeight(slot)))
  },

  getFeeForMessage(ledger, params) {
    const message = readMessage(parseBytes(requireParam(params, 0), 'base64'))
    const slot = readSlot(ledger, parseConfig(params[1]))
    const valid = ledger.blockhashes.isValid(message.blockhash, ledger.clock.blockHeight(slot))
    return withContext(slot, valid ? transactionFee(message) : null)
  },

  getRecentPrioritizationFees(ledger, params) {
    parseList(params[0] ?? [], MAX_FEE_ACCOUNTS).map(parsePubkey)
    const newest = ledger.clock.slot('confirmed')
    return Array.from({ length: FEE_BLOCKS }, (_, index) => ({
      slot: newest - FEE_BLOCKS + 1 + index,
      prioritizationFee: 0,
    }))
  },

  getEpochInfo(ledger, params) {
    const slot = readSlot(ledger, parseConfig(params[0]))
    const epoch = ledger.clock.epoch(slot)
    const slotsInEpoch = 432_000
    return {
      absoluteSlot: slot,
      blockHeight: ledger.clock.blockHeight(slot),
      epoch,
      slotIndex: slot - epoch * slotsInEpoch,
      slotsInEpoch,
      transactionCount: null,
    }
  },
}
