import { describe, expect, it } from 'vitest'
import { createAnswerDecoder } from '../../src/gateways/answer-decoder.ts'
import type { EventDecoder } from '../../src/gateways/gateway.ts'
import { createJumpgateReader } from '../../src/gateways/jumpgate/jumpgate-frames.ts'
import { decode, frames } from './decoding.ts'

const MIB = 1024 * 1024
const newDecoder = (type = 'text/event-stream') => createAnswerDecoder(type, createJumpgateReader())
const tooLarge = expect.objectContaining({ reason: 'stream-too-large' })

/** Bytes accepted until the decoder throws. */
function feedUntilRefused(decoder: EventDecoder, piece: Uint8Array, most: number): number {
  let fed = 0
  try {
    for (; fed < most; fed += piece.length) decoder.push(piece)
  } catch (error) {
    expect(error).toEqual(tooLarge)
    return fed
  }
  throw new Error(`Nothing was refused in ${fed} bytes`)
}

describe('bounds of an answer', () => {
  it.each([1000, 64 * 1024, 8 * MIB])(
    'cuts a line of 64 MB off after 1 MiB, read in pieces of %d bytes',
    (size) => {
      const decoder = newDecoder()
      decoder.push(new TextEncoder().encode('data: "'))
      const piece = new Uint8Array(size).fill(0x61)
      expect(feedUntilRefused(decoder, piece, 64 * MIB)).toBeLessThanOrEqual(MIB + size)
    },
  )

  it('cuts off an event of endless data lines', () => {
    const piece = new TextEncoder().encode(`data: ${'a'.repeat(1000)}\n`)
    expect(feedUntilRefused(newDecoder(), piece, 64 * MIB)).toBeLessThan(2 * MIB)
  })

  it('refuses one frame above 1 MiB that comes whole, and takes one just below', () => {
    const frame = (length: number) => frames({ choices: [{ delta: { content: 'a'.repeat(length) } }] })
    expect(decode(newDecoder(), frame(MIB - 100))[0]).toMatchObject({ type: 'text' })
    expect(() => decode(newDecoder(), frame(MIB + 1))).toThrow(tooLarge)
  })

  it('cuts an endless answer off after 64 MiB', () => {
    const piece = new TextEncoder().encode(frames({ choices: [{ delta: { content: 'a'.repeat(60_000) } }] }))
    const fed = feedUntilRefused(newDecoder(), piece, 80 * MIB)
    expect(fed).toBeGreaterThan(63 * MIB)
    expect(fed).toBeLessThanOrEqual(64 * MIB)
  })

  it('does not buffer an endless comment', () => {
    const decoder = newDecoder()
    decoder.push(new TextEncoder().encode(':'))
    const piece = new Uint8Array(64 * 1024).fill(0x61)
    for (let at = 0; at < 8 * MIB; at += piece.length) expect(decoder.push(piece)).toEqual([])
    expect(decode(decoder, `\n${frames({ choices: [{ delta: { content: 'b' } }] })}`)[0]).toEqual({
      type: 'text',
      text: 'b',
    })
  })

  it('reads an answer whose type says nothing by its first byte', () => {
    const whole = JSON.stringify({ choices: [{ message: { content: 'whole' }, finish_reason: 'stop' }] })
    expect(decode(newDecoder(''), whole, 1).map(({ type }) => type)).toEqual([
      'text',
      'finish',
      'proof',
      'end',
    ])
    expect(decode(newDecoder('text/plain'), `\n\n${frames('[DONE]')}`, 1).at(-1)).toEqual({ type: 'end' })
  })

  it('says truncated for an empty body, an HTML page and half an answer', () => {
    // Ours to say, in the words of the screen: the gateway said nothing.
    const truncated = { type: 'error', message: null, code: 'truncated' }
    expect(decode(newDecoder(), '').at(-1)).toMatchObject(truncated)
    expect(decode(newDecoder('text/html'), '<html><body>502</body></html>').at(-1)).toMatchObject(truncated)
    expect(decode(newDecoder('application/json'), '{"choices":[{"mess')).toMatchObject([truncated])
  })
})
