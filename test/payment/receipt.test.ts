import { encodePaymentResponseHeader } from '@x402/core/http'
import { describe, expect, it } from 'vitest'
import { parseReceipt } from '../../src/payment/receipt.ts'
import { account, header } from './orders.ts'

const TRANSACTION = `0x${'ab'.repeat(32)}`

describe('parseReceipt', () => {
  it('reads what the official codec writes', () => {
    const encoded = encodePaymentResponseHeader({
      success: true,
      transaction: TRANSACTION,
      network: 'eip155:8453',
      payer: account.address,
    })
    expect(parseReceipt(encoded)).toEqual({
      success: true,
      transaction: TRANSACTION,
      network: 'eip155:8453',
      payer: account.address,
      amount: null,
      errorReason: null,
    })
  })

  it('reads a failure with its reason and an amount', () => {
    const failed = {
      success: false,
      transaction: '',
      network: 'eip155:8453',
      errorReason: 'settlement_pending',
      amount: '0',
    }
    expect(parseReceipt(header(failed))).toEqual({
      success: false,
      transaction: null,
      network: 'eip155:8453',
      payer: null,
      amount: 0n,
      errorReason: 'settlement_pending',
    })
  })

  it.each([
    null,
    '',
    '%%%',
    header('not json'),
    header('[]'),
    header('null'),
    header({}),
    header({ success: 'true' }),
    header({ success: 1 }),
    header('{"success":true,"success":false}'),
    header({ success: true, padding: 'x'.repeat(40_000) }),
  ])('says nothing for %s', (value) => {
    expect(parseReceipt(value)).toBeNull()
  })

  it('leaves out what is no id, no amount, and control characters', () => {
    const odd = {
      success: true,
      transaction: '<script>',
      network: 7,
      payer: 'a b',
      amount: 4424,
      errorReason: 'x\u202e\n\u0000y',
    }
    expect(parseReceipt(header(odd))).toEqual({
      success: true,
      transaction: null,
      network: null,
      payer: null,
      amount: null,
      errorReason: 'x y',
    })
  })
})
