/** 402s that a client must refuse, by name: each is an honest offer with one thing wrong. */
import type { PaymentRequired, PaymentRequirements } from '@x402/core/types'
import type { Offer } from './pay.ts'

type Entry = Record<string, unknown>

/** The value of PAYMENT-REQUIRED for one kind of malformed offer. Throws for a kind that does not exist. */
export function malformedOffer(kind: string, offer: Offer): string {
  const make = kinds[kind]
  if (!make) throw new Error(`no malformed-402 of kind "${kind}"; there are: ${malformedKinds.join(', ')}`)
  return make({ x402Version: 2, error: 'Payment-Signature header is required', ...offer })
}

const kinds: Readonly<Record<string, (required: PaymentRequired) => string>> = {
  'not-base64': () => '%%% not base64 %%%',
  'not-json': () => Buffer.from('{"x402Version":2,').toString('base64'),
  'not-object': () => encode([1, 2, 3]),
  'no-accepts': ({ accepts: _, ...rest }) => encode(rest),
  'empty-accepts': (required) => encode({ ...required, accepts: [] }),
  'many-accepts': (required) => encode({ ...required, accepts: Array(40).fill(required.accepts[0]) }),
  'version-1': (required) => encode({ ...required, x402Version: 1 }),
  'version-3': (required) => encode({ ...required, x402Version: 3 }),
  'version-string': (required) => encode({ ...required, x402Version: '2' }),
  'both-versions': each((entry) => ({ ...entry, maxAmountRequired: '900000' })),
  'amount-number': each((entry) => ({ ...entry, amount: Number(entry.amount) })),
  'amount-zero': each((entry) => ({ ...entry, amount: '0' })),
  'amount-negative': each((entry) => ({ ...entry, amount: '-1' })),
  'amount-hex': each((entry) => ({ ...entry, amount: '0x10' })),
  'amount-exponent': each((entry) => ({ ...entry, amount: '1e3' })),
  'amount-blank': each((entry) => ({ ...entry, amount: ` ${String(entry.amount)}` })),
  'amount-huge': each((entry) => ({ ...entry, amount: '9'.repeat(80) })),
  'timeout-string': each((entry) => ({ ...entry, maxTimeoutSeconds: '60' })),
  'timeout-zero': each((entry) => ({ ...entry, maxTimeoutSeconds: 0 })),
  'timeout-fraction': each((entry) => ({ ...entry, maxTimeoutSeconds: 59.5 })),
  'network-wildcard': each((entry) => ({ ...entry, network: 'eip155:*' })),
  'network-name': each((entry) => ({ ...entry, network: 'base' })),
  'network-other': each((entry) => ({ ...entry, network: 'eip155:1' })),
  'asset-other': each((entry) => ({ ...entry, asset: '0xdAC17F958D2ee523a2206206994597C13D831ec7' })),
  'asset-case': each((entry) => ({ ...entry, asset: String(entry.asset).toUpperCase().replace('0X', '0x') })),
  'scheme-other': each((entry) => ({ ...entry, scheme: 'deferred' })),
  'domain-name': each((entry) => ({ ...entry, extra: { ...(entry.extra as Entry), name: 'USD C0in' } })),
  'domain-version': each((entry) => ({ ...entry, extra: { ...(entry.extra as Entry), version: '1' } })),
  'payee-zero': each((entry) => ({ ...entry, payTo: `0x${'0'.repeat(40)}` })),
  'payee-token': each((entry) => ({ ...entry, payTo: entry.asset })),
  'payee-checksum': each((entry) => ({ ...entry, payTo: flipCase(String(entry.payTo)) })),
  'payee-missing': each(({ payTo: _, ...entry }) => entry),
  'duplicate-keys': (required) =>
    Buffer.from(JSON.stringify(required).replaceAll('"amount":', '"amount":"1","amount":')).toString(
      'base64',
    ),
  deep: (required) => encode({ ...required, extensions: nest(40) }),
  large: (required) => encode({ ...required, error: 'x'.repeat(40 * 1024) }),
}

/** Every kind there is. */
export const malformedKinds: readonly string[] = Object.keys(kinds)

function each(change: (entry: Entry) => Entry): (required: PaymentRequired) => string {
  return (required) =>
    encode({
      ...required,
      accepts: required.accepts.map((entry: PaymentRequirements) => change({ ...entry })),
    })
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64')
}

/** Breaks the checksum of a mixed-case address by turning the case of its first letter. */
function flipCase(address: string): string {
  return address.replace(/[a-fA-F]/, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}

function nest(depth: number): unknown {
  return depth === 0 ? {} : { deeper: nest(depth - 1) }
}
