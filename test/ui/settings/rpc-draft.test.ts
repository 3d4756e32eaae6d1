import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import { DEFAULT_ENDPOINTS } from '../../../src/chains/default-endpoints.ts'
import { BASE, SOLANA } from '../../../src/domain/network.ts'
import { settingsSchema } from '../../../src/protocol/settings.ts'
import { parseRpcDraft, type RpcDraft, rpcDraftOf } from '../../../src/ui/settings/rpc-draft.ts'
import { makeSettings } from '../samples.ts'

const OWN = 'https://base.example.com/key'

function draft(part: Partial<RpcDraft> = {}): RpcDraft {
  return { ...rpcDraftOf(null, DEFAULT_ENDPOINTS), ...part }
}

describe('RPC endpoints', () => {
  it('start with what ships, or with one own', () => {
    expect(draft()[BASE]).toEqual(DEFAULT_ENDPOINTS[BASE])
    expect(rpcDraftOf({ [BASE]: [OWN] }, DEFAULT_ENDPOINTS)[BASE]).toEqual([OWN, ''])
    expect(rpcDraftOf({ [BASE]: [OWN] }, DEFAULT_ENDPOINTS)[SOLANA]).toEqual(DEFAULT_ENDPOINTS[SOLANA])
  })
  it('are not kept where they equal what ships', () => {
    expect(parseRpcDraft(draft(), DEFAULT_ENDPOINTS)).toMatchObject({ kind: 'ok', rpc: null })
  })
  it('are kept for the network that differs, and for no other', () => {
    const parsed = parseRpcDraft(draft({ [BASE]: ['', ` ${OWN}/ `] }), DEFAULT_ENDPOINTS)
    expect(parsed).toMatchObject({ kind: 'ok', rpc: { [BASE]: [OWN] } })
  })
  it('are kept in the order that was chosen', () => {
    const [first, second] = DEFAULT_ENDPOINTS[BASE]
    const parsed = parseRpcDraft(draft({ [BASE]: [second ?? '', first ?? ''] }), DEFAULT_ENDPOINTS)
    expect(parsed).toMatchObject({ rpc: { [BASE]: [second, first] } })
  })
  it('are what the settings take', () => {
    const parsed = parseRpcDraft(draft({ [BASE]: [OWN, ''] }), DEFAULT_ENDPOINTS)
    if (parsed.kind !== 'ok') throw new Error('It was refused')
    expect(settingsSchema.safeParse(makeSettings({ rpc: parsed.rpc })).success).toBe(true)
  })
  it.each([
    ['no endpoint', ['', ''] as const, [expect.any(String), undefined]],
    ['no https', ['http://base.example.com', ''] as const, [expect.any(String), undefined]],
    ['a bad second one', [OWN, 'nothing'] as const, [undefined, expect.any(String)]],
    ['the same twice', [OWN, `${OWN}/`] as const, [undefined, expect.any(String)]],
  ])('are refused with %s', (_, urls, errors) => {
    expect(parseRpcDraft(draft({ [BASE]: urls }), DEFAULT_ENDPOINTS)).toEqual({
      kind: 'wrong',
      errors: { [BASE]: errors },
    })
  })
})
