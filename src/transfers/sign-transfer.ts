/** Signs what was reviewed, and compares what comes back with it byte by byte. */
import {
  type Address,
  assertIsTransactionWithinSizeLimit,
  type Blockhash,
  getCompiledTransactionMessageDecoder,
  getPublicKeyFromAddress,
  getTransactionDecoder,
  getTransactionEncoder,
  verifySignature,
} from '@solana/kit'
import { fromRlp, type Hex, hexToBigInt, keccak256, recoverAddress, serializeTransaction } from 'viem'
import type { PreparedTransfer } from '../chains/chains.ts'
import { readWireSignatures } from '../chains/solana/read-wire-signatures.ts'
import {
  formatUnsignedSolana,
  parseUnsignedEvm,
  parseUnsignedSolana,
  type UnsignedEvm,
} from '../chains/unsigned-transfer.ts'
import { ChatError } from '../domain/errors.ts'
import type { SolanaSigner, Wallet } from '../wallet/wallet.ts'

export interface SignedTransfer {
  /** Hex for EVM, base64 for Solana. */
  readonly signed: string
  readonly transaction: string
}

/** Throws ChatError: wallet-locked and the like from the wallet, 'signature-mismatch' on any difference. */
export async function signTransfer(
  prepared: Pick<PreparedTransfer, 'from' | 'unsigned' | 'lifetime'>,
  wallet: Pick<Wallet, 'evmSigner' | 'solanaSigner'>,
): Promise<SignedTransfer> {
  if (prepared.lifetime.kind === 'solana') {
    return await signSolana(prepared, await wallet.solanaSigner(), prepared.lifetime.lastValidBlockHeight)
  }
  const signer = await wallet.evmSigner()
  const unsigned = parseUnsignedEvm(prepared.unsigned)
  if (signer.address !== prepared.from) throw mismatch('account')
  const signed = await signer.signTransaction(unsigned)
  await requireSignedEvm(signed, unsigned, prepared.from)
  return { signed, transaction: keccak256(signed) }
}

/** The signed bytes are the reviewed transaction with a signature of the reviewed account, and nothing else. */
async function requireSignedEvm(signed: Hex, unsigned: UnsignedEvm, from: string): Promise<void> {
  // EIP-1559: 0x02 ‖ rlp([nine fields, yParity, r, s]).
  const fields = fromRlp(`0x${signed.slice(4)}`, 'hex')
  const [yParity, r, s] = Array.isArray(fields) ? fields.slice(9) : []
  if (typeof yParity !== 'string' || typeof r !== 'string' || typeof s !== 'string') throw mismatch('form')
  const signature = { r: toWord(r), s: toWord(s), yParity: yParity === '0x' ? 0 : 1 }
  if (serializeTransaction(unsigned, signature) !== signed) throw mismatch('bytes')
  const recovered = await recoverAddress({ hash: keccak256(serializeTransaction(unsigned)), signature })
  if (recovered !== from) throw mismatch('signer')
}

async function signSolana(
  prepared: Pick<PreparedTransfer, 'from' | 'unsigned'>,
  signer: SolanaSigner,
  lastValidBlockHeight: number,
): Promise<SignedTransfer> {
  if (signer.address !== prepared.from) throw mismatch('account')
  const transaction = getTransactionDecoder().decode(parseUnsignedSolana(prepared.unsigned).wire)
  const message = getCompiledTransactionMessageDecoder().decode(transaction.messageBytes)
  const dated = {
    ...transaction,
    lifetimeConstraint: {
      blockhash: message.lifetimeToken as Blockhash,
      lastValidBlockHeight: BigInt(lastValidBlockHeight),
    },
  }
  assertIsTransactionWithinSizeLimit(dated)
  const [signatures] = await signer.signTransactions([dated])
  const signature = signatures?.[signer.address]
  if (!signature) throw mismatch('form')
  const key = await getPublicKeyFromAddress(signer.address)
  if (!(await verifySignature(key, signature, transaction.messageBytes))) throw mismatch('signer')
  const from: Address = signer.address
  const wire = getTransactionEncoder().encode({ ...transaction, signatures: { [from]: signature } })
  const [id] = readWireSignatures(Uint8Array.from(wire))
  if (!id) throw mismatch('form')
  return { signed: formatUnsignedSolana(Uint8Array.from(wire)), transaction: id }
}

function toWord(value: string): Hex {
  return `0x${hexToBigInt(`0x${value.slice(2) || '0'}`)
    .toString(16)
    .padStart(64, '0')}`
}

function mismatch(what: 'account' | 'form' | 'bytes' | 'signer'): ChatError {
  return new ChatError('signature-mismatch', { what })
}
