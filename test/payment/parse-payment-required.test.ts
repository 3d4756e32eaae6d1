import { getBase58Decoder } from '@solana/kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChatError } from '../../src/domain/errors.ts'
import { BASE, BASE_SEPOLIA, SOLANA } from '../../src/domain/network.ts'
import { parsePaymentRequired } from '../../src/payment/parse-payment-required.ts'
import { account, ambient, header, offerOn, opengradient, parse, STRANGER } from './orders.ts'

const OUR_SOLANA = 'So11111111111111111111111111111111111111112'
const [SVM, EVM] = ambient.required.accepts
const [OPG] = opengradient.required.accepts
if (!SVM || !EVM || !OPG) throw new Error('vectors changed')

const USDC = EVM.asset
const LOWER_PAYEE = EVM.payTo.toLowerCase()
const WRONG_CHECKSUM = `0x${EVM.payTo.slice(2).replace(/[a-f]/, (letter) => letter.toUpperCase())}`

/** A 402 around one changed Base entry. */
const evm = (changes: Record<string, unknown>) => ({ ...ambient.required, accepts: [{ ...EVM, ...changes }] })
const svm = (changes: Record<string, unknown>) => ({ ...ambient.required, accepts: [{ ...SVM, ...changes }] })
const opg = (changes: Record<string, unknown>) => ({
  ...opengradient.required,
  accepts: [{ ...OPG, ...changes }],
})
const root = (changes: Record<string, unknown>) => ({ ...ambient.required, ...changes })
const without = (key: keyof typeof EVM) => {
  const { [key]: _, ...rest } = EVM
  return { ...ambient.required, accepts: [rest] }
}
const text = (json: string) => json
const entryText = (entry: string) => `{"x402Version":2,"accepts":[${entry}]}`
const nested = (depth: number) =>
  `{"x402Version":2,"accepts":[],"x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`

function refusal(encoded: string | null, body: string | null = null): ChatError {
  try {
    parsePaymentRequired(encoded, body, { ownAddresses: [account.address, OUR_SOLANA] })
  } catch (error) {
    if (error instanceof ChatError) return error
    throw error
  }
  throw new Error('It was accepted')
}

describe('parsePaymentRequired', () => {
  it("reads JumpGate's 402: both networks, checked figures, the entry as it came", () => {
    const set = parse(ambient.required)
    expect(set.offers).toHaveLength(2)
    expect(offerOn(set, BASE)).toEqual({
      scheme: 'exact',
      asset: expect.objectContaining({ currency: 'USDC', address: USDC }),
      amount: 4424n,
      payTo: EVM.payTo,
      maxTimeoutSeconds: 300,
      feePayer: null,
      facilitator: null,
      permit2: null,
      sponsorsApproval: false,
      accepted: EVM,
    })
    expect(offerOn(set, SOLANA)).toMatchObject({
      amount: 4424n,
      payTo: SVM.payTo,
      feePayer: SVM.extra.feePayer,
    })
    expect(set).toMatchObject({
      skipped: [],
      serverError: 'Payment-Signature header is required',
      resource: { url: 'https://jumpgate.ambient.xyz/paid/chat/v2' },
      extensions: null,
    })
  })

  it("reads the vectors' own headers", () => {
    for (const { requiredHeader, required } of [ambient, opengradient]) {
      expect(parsePaymentRequired(requiredHeader, null, { ownAddresses: [] })).toEqual(parse(required))
    }
  })

  it('reads both deployments of OpenGradient, told apart by the facilitator', () => {
    expect(offerOn(parse(opengradient.required), BASE)).toMatchObject({
      scheme: 'upto',
      permit2: 'x402-upto',
      facilitator: OPG.extra.facilitatorAddress,
      amount: 5_000_000_000_000_000_000n,
      sponsorsApproval: false,
    })
    const documented = opg({
      network: BASE_SEPOLIA,
      asset: '0x240b09731D96979f50B2C649C9CE10FcF9C7987F',
      amount: '100000000000000000',
      maxTimeoutSeconds: 300,
      extra: { name: 'OPG', version: '2', assetTransferMethod: 'permit2' },
    })
    expect(offerOn(parse(documented), BASE_SEPOLIA)).toMatchObject({
      permit2: 'documented',
      facilitator: null,
    })
  })

  it('notices the sponsoring of an approval', () => {
    const extensions = { erc20ApprovalGasSponsoring: { info: { version: '1' }, schema: {} } }
    expect(offerOn(parse({ ...opengradient.required, extensions }), BASE).sponsorsApproval).toBe(true)
    expect(offerOn(parse({ ...ambient.required, extensions }), BASE).sponsorsApproval).toBe(false)
  })

  it('takes an address in lower case and shows it with its checksum', () => {
    const offer = offerOn(parse(evm({ payTo: LOWER_PAYEE })), BASE)
    expect(offer.payTo).toBe(EVM.payTo)
    expect(offer.accepted.payTo).toBe(LOWER_PAYEE)
  })

  it('ignores keys that it does not know, at every level', () => {
    const odd = {
      ...evm({ mimeType: 'x', nested: { a: [1] } }),
      later: 1,
      accepts: [{ ...EVM, extra: { ...EVM.extra, memo: 1 } }],
    }
    expect(parse(odd).offers).toHaveLength(1)
  })

  it('cleans and shortens what the server says', () => {
    const error = `no\u0000\u202e way\n\n${'x'.repeat(500)}`
    const { serverError } = parse(root({ error }))
    expect(serverError).toHaveLength(200)
    expect(serverError).toMatch(/^no way x+…$/)
    expect(parse(root({ error: ' \u200b ' })).serverError).toBeNull()
  })

  it('skips what it does not pay, with the reason, and takes the rest', () => {
    const set = parse(
      root({
        accepts: [
          { ...EVM, network: 'eip155:137' },
          { ...EVM, network: 'base' },
          { ...EVM, network: 'eip155:*' },
          { ...EVM, network: 'EIP155:8453' },
          { ...SVM, network: 'solana:mainnet' },
          { ...EVM, scheme: 'upto' },
          { ...EVM, scheme: 'deferred' },
          { ...OPG, scheme: 'exact' },
          { ...EVM, asset: USDC.toLowerCase() },
          { ...EVM, asset: STRANGER },
          { ...SVM, asset: STRANGER },
          { ...EVM, extra: { ...EVM.extra, assetTransferMethod: 'permit2' } },
          { ...EVM, extra: { ...EVM.extra, paymentFlow: 'escrow' } },
          EVM,
        ],
      }),
    )
    expect(set.offers).toHaveLength(1)
    expect(set.skipped).toHaveLength(13)
    expect(set.skipped[0]).toEqual({ what: 'network', value: 'eip155:137' })
  })

  it.each([
    ['nothing to accept', root({ accepts: [] })],
    ['only other networks', root({ accepts: [{ ...EVM, network: 'eip155:1' }] })],
    ['an unknown asset', evm({ asset: STRANGER })],
    ['an asset in other letters', evm({ asset: USDC.toLowerCase() })],
    ['an asset of another network', evm({ network: BASE_SEPOLIA })],
    ['an unknown scheme', evm({ scheme: 'exact ' })],
  ])('says offer-unsupported for %s', (_, required) => {
    expect(refusal(header(required)).reason).toBe('offer-unsupported')
  })

  it.each([
    ['version 1 in the header', header(root({ x402Version: 1 })), null],
    ['version 3', header(root({ x402Version: 3 })), null],
    ['version 2.5', header(root({ x402Version: 2.5 })), null],
    ['version 1 in the body', null, JSON.stringify({ x402Version: 1, accepts: [], error: 'pay' })],
  ])('says offer-version for %s', (_, encoded, body) => {
    expect(refusal(encoded, body).reason).toBe('offer-version')
  })

  const malformed: readonly [string, unknown][] = [
    // the envelope
    ['no base64', '%%%'],
    ['base64 of nothing', ''],
    ['base64 without padding', header(ambient.required).replace(/=+$/, '')],
    ['base64 with a space', ` ${header(ambient.required)}`],
    ['base64url', Buffer.from('{"x402Version":2,"accepts":"???>>>"}').toString('base64url').concat('=')],
    ['base64 with stray bits', 'e31='],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]).toString('base64')],
    ['no JSON', header('not json')],
    ['JSON cut short', header(JSON.stringify(ambient.required).slice(0, -1))],
    ['two JSON texts', header(`${JSON.stringify(ambient.required)}{}`)],
    ['a comment', header('{"x402Version":2,/**/"accepts":[]}')],
    ['a trailing comma', header('{"x402Version":2,"accepts":[],}')],
    ['a byte order mark', header('\uFEFF{"x402Version":2,"accepts":[]}')],
    ['a list', header([ambient.required])],
    ['a text', header('"x"')],
    ['null', header('null')],
    ['a header above 32 KiB', header(root({ padding: Array.from({ length: 20 }, () => 'x'.repeat(2000)) }))],
    ['a string above 2 KiB', header(root({ padding: 'x'.repeat(2049) }))],
    ['a string above 2 KiB in UTF-8', header(root({ padding: 'é'.repeat(1025) }))],
    ['a key above 2 KiB', header({ ...ambient.required, ['k'.repeat(2049)]: 1 })],
    ['JSON nine levels deep', header(nested(9))],
    ['JSON ten thousand levels deep', header(nested(10_000))],
    ['a lone surrogate', header('{"x402Version":2,"accepts":[],"x":"\\ud800"}')],
    ['a number without end', header('{"x402Version":2,"accepts":[],"x":1e999}')],
    ['a number in hex', header('{"x402Version":0x2,"accepts":[]}')],
    ['a number with a leading zero', header('{"x402Version":02,"accepts":[]}')],
    ['a control character in a string', header('{"x402Version":2,"accepts":[],"x":"\n"}')],
    // duplicate keys
    ['accepts twice', header(`{"x402Version":2,"accepts":[],"accepts":[${JSON.stringify(EVM)}]}`)],
    ['the version twice', header('{"x402Version":1,"x402Version":2,"accepts":[]}')],
    [
      'the amount twice',
      header(entryText(JSON.stringify(EVM).replace('"amount":', '"amount":"1","amount":'))),
    ],
    [
      'the payee twice, once escaped',
      header(entryText(JSON.stringify(EVM).replace('"payTo":', '"pay\\u0054o":"x","payTo":'))),
    ],
    [
      'a key twice deep inside',
      header(entryText(JSON.stringify(EVM).replace('"name":', '"name":"x","name":'))),
    ],
    // the root
    ['no version', header({ accepts: [EVM] })],
    ['the version as text', header(root({ x402Version: '2' }))],
    ['the version as true', header(root({ x402Version: true }))],
    ['no accepts', header({ x402Version: 2 })],
    ['accepts as an object', header(root({ accepts: { 0: EVM } }))],
    [
      'seventeen entries',
      header(
        root({ accepts: Array.from({ length: 17 }, () => ({ network: 'x', scheme: 'y', asset: 'z' })) }),
      ),
    ],
    ['an error that is no text', header(root({ error: { message: 'x' } }))],
    ['a resource that is no object', header(root({ resource: 'https://jumpgate.ambient.xyz' }))],
    ['extensions that are a list', header(root({ extensions: [] }))],
    // the entry
    ['an entry that is null', header(root({ accepts: [null] }))],
    ['an entry that is a list', header(root({ accepts: [[EVM]] }))],
    ['an entry that is a text', header(root({ accepts: ['exact'] }))],
    ['a bad entry behind a good one', header(root({ accepts: [EVM, 7] }))],
    ['v1 and v2 amounts in one entry', header(evm({ maxAmountRequired: '900000' }))],
    ['a v1 amount in an entry of another network', header(evm({ network: 'base', maxAmountRequired: '1' }))],
    [
      'a v1 amount alone',
      header({ ...without('amount'), accepts: [{ ...EVM, amount: undefined, maxAmountRequired: '1' }] }),
    ],
    ['a scheme that is no text', header(evm({ scheme: ['exact'] }))],
    ['a network that is a number', header(evm({ network: 8453 }))],
    ['an asset that is null', header(evm({ asset: null }))],
    ['no amount', header(without('amount'))],
    ['an amount as a number', header(evm({ amount: 4424 }))],
    ['an amount of zero', header(evm({ amount: '0' }))],
    ['an empty amount', header(evm({ amount: '' }))],
    ['a negative amount', header(evm({ amount: '-1' }))],
    ['an amount with a plus', header(evm({ amount: '+1' }))],
    ['an amount with a leading zero', header(evm({ amount: '04424' }))],
    ['an amount with a point', header(evm({ amount: '4424.0' }))],
    ['an amount with an exponent', header(evm({ amount: '1e3' }))],
    ['an amount in hex', header(evm({ amount: '0x10' }))],
    ['an amount with a space', header(evm({ amount: ' 4424' }))],
    ['an amount with a newline', header(evm({ amount: '4424\n' }))],
    ['an amount in Arabic digits', header(evm({ amount: '٤٤٢٤' }))],
    ['an amount with a separator', header(evm({ amount: '4_424' }))],
    ['an amount above uint256', header(evm({ amount: (2n ** 256n).toString() }))],
    ['a Solana amount above u64', header(svm({ amount: (2n ** 64n).toString() }))],
    ['no window', header(without('maxTimeoutSeconds'))],
    ['a window as text', header(evm({ maxTimeoutSeconds: '60' }))],
    ['a window of zero', header(evm({ maxTimeoutSeconds: 0 }))],
    ['a negative window', header(evm({ maxTimeoutSeconds: -300 }))],
    ['a fractional window', header(evm({ maxTimeoutSeconds: 300.5 }))],
    ['a window beyond whole numbers', header(evm({ maxTimeoutSeconds: 2 ** 53 }))],
    ['a window that is null', header(evm({ maxTimeoutSeconds: null }))],
    ['no payee', header(without('payTo'))],
    ['a payee that is too short', header(evm({ payTo: '0x6992c688' }))],
    ['a payee with 0X', header(evm({ payTo: LOWER_PAYEE.replace('0x', '0X') }))],
    ['a payee with a wrong checksum', header(evm({ payTo: WRONG_CHECKSUM }))],
    ['a payee all in upper case', header(evm({ payTo: `0x${EVM.payTo.slice(2).toUpperCase()}` }))],
    ['a payee by name', header(evm({ payTo: 'vitalik.eth' }))],
    ['a payee of the other network', header(evm({ payTo: SVM.payTo }))],
    ['a Solana payee that is an EVM address', header(svm({ payTo: EVM.payTo }))],
    [
      'a Solana payee of 31 bytes',
      header(svm({ payTo: getBase58Decoder().decode(new Uint8Array(31).fill(255)) })),
    ],
    [
      'a Solana payee of 33 bytes',
      header(svm({ payTo: getBase58Decoder().decode(Uint8Array.of(0, ...new Array(32).fill(9))) })),
    ],
    ['a Solana payee with a letter outside base58', header(svm({ payTo: SVM.payTo.replace('A', '0') }))],
    ['extra that is a list', header(evm({ extra: [] }))],
    ['extra that is null', header(evm({ extra: null }))],
    ['Solana without a fee payer', header(svm({ extra: {} }))],
    ['a fee payer that is no address', header(svm({ extra: { feePayer: 'nobody' } }))],
    [
      'a facilitator that is no address',
      header(opg({ extra: { ...OPG.extra, facilitatorAddress: '0x11' } })),
    ],
    ['OPG on Base without a facilitator', header(opg({ extra: { name: 'OpenGradient', version: '1' } }))],
  ]

  it.each(malformed)('refuses %s', (_, encoded) => {
    const error = refusal(encoded === '' ? null : String(encoded))
    expect(error.reason).toBe('offer-malformed')
    expect(error.facts.problem).toBeTruthy()
  })

  it.each([
    ['ourselves as the payee', evm({ payTo: account.address })],
    ['ourselves as the payee in lower case', evm({ payTo: account.address.toLowerCase() })],
    ['ourselves as the payee on Solana', svm({ payTo: OUR_SOLANA })],
    ['nobody as the payee', evm({ payTo: '0x0000000000000000000000000000000000000000' })],
    ['nobody as the payee on Solana', svm({ payTo: '11111111111111111111111111111111' })],
    ['the token as the payee', evm({ payTo: USDC })],
    ['the token as the payee in lower case', evm({ payTo: USDC.toLowerCase() })],
    ['the mint as the payee', svm({ payTo: SVM.asset })],
    ['ourselves as the fee payer', svm({ extra: { feePayer: OUR_SOLANA } })],
    ['nobody as the fee payer', svm({ extra: { feePayer: '11111111111111111111111111111111' } })],
    [
      'nobody as the facilitator',
      opg({ extra: { ...OPG.extra, facilitatorAddress: '0x0000000000000000000000000000000000000000' } }),
    ],
    ['another EIP-712 name', evm({ extra: { ...EVM.extra, name: 'USDC' } })],
    ['another EIP-712 version', evm({ extra: { ...EVM.extra, version: '1' } })],
    ['a version that is a number', evm({ extra: { ...EVM.extra, version: 2 } })],
    ['no EIP-712 domain', evm({ extra: { assetTransferMethod: 'eip3009' } })],
    ['no extra at all', without('extra')],
    ['a name that only looks the same', evm({ extra: { ...EVM.extra, name: 'USD Cоin' } })],
  ])('calls %s unsafe', (_, required) => {
    expect(refusal(header(required)).reason).toBe('offer-unsafe')
  })

  it('tells a 402 without an offer from a broken one, with the server’s words', () => {
    for (const missing of [null, '']) {
      const error = refusal(missing, '{"error":"Session expired or exhausted"}')
      expect(error).toMatchObject({
        reason: 'offer-malformed',
        facts: { problem: 'no-header', serverError: 'Session expired or exhausted' },
      })
    }
    for (const body of [null, '', '<html>', '{}', 'x'.repeat(70_000), '{"error":"a","error":"b"}']) {
      expect(refusal(null, body).facts).toEqual({ problem: 'no-header' })
    }
  })

  it('looks at no body where there is a header', () => {
    const set = parsePaymentRequired(ambient.requiredHeader, '{"x402Version":1,"accepts":[]}', {
      ownAddresses: [],
    })
    expect(set.offers).toHaveLength(2)
  })

  it('takes depth 8, 16 entries and strings of 2 KiB', () => {
    expect(
      parse(text(nested(8).replace('"accepts":[]', `"accepts":[${JSON.stringify(EVM)}]`))).offers,
    ).toHaveLength(1)
    expect(parse(root({ accepts: Array.from({ length: 16 }, () => EVM) })).offers).toHaveLength(16)
    expect(parse(root({ padding: 'x'.repeat(2048) })).offers).toHaveLength(2)
  })

  it('keeps a key named __proto__ as data', () => {
    const set = parse(text(entryText(JSON.stringify(EVM).replace('{', '{"__proto__":{"amount":"1"},'))))
    expect(set.offers[0]?.amount).toBe(4424n)
    expect(Object.keys(set.offers[0]?.accepted ?? {})).toContain('__proto__')
  })

  it('never throws anything but a ChatError, whatever the header', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.json().map((json) => header(json)),
      fc
        .record({ key: fc.constantFrom(...Object.keys(EVM)), value: fc.jsonValue() })
        .map(({ key, value }) => header(evm({ [key]: value }))),
    )
    fc.assert(
      fc.property(anything, fc.option(fc.string()), (encoded, body) => {
        try {
          for (const offer of parsePaymentRequired(encoded, body, { ownAddresses: [account.address] })
            .offers) {
            expect(offer.amount > 0n).toBe(true)
          }
        } catch (error) {
          expect(error).toBeInstanceOf(ChatError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
