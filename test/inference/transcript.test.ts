import { describe, expect, it } from 'vitest'
import { createAnswerDecoder } from '../../src/gateways/answer-decoder.ts'
import { createOpengradientReader } from '../../src/gateways/opengradient/opengradient-frames.ts'
import { createTranscript } from '../../src/inference/transcript.ts'

const piece = 'a'.repeat(1_000)

function heard(provesText: boolean, pieces: number) {
  const transcript = createTranscript({ provesText })
  for (let i = 0; i < pieces; i++) transcript.add({ type: 'text', text: piece })
  return transcript
}

describe('the text so far', () => {
  it('is kept up to a million characters where no proof is taken over it', () => {
    expect(heard(false, 999).text()).toHaveLength(999_000)
    expect(heard(false, 3_000).text()).toHaveLength(1_000_000)
  })

  it('is kept whole where the proof is taken over all of it', () => {
    expect(heard(true, 3_000).forProof().text).toHaveLength(3_000_000)
  })

  it('goes on noting the usage after the last kept character', () => {
    const transcript = heard(false, 2_000)
    const usage = { promptTokens: 1, completionTokens: 2, totalTokens: 3 }
    transcript.add({ type: 'usage', usage })
    expect(transcript.usage()).toEqual(usage)
  })
})

describe('the tool calls that a proof is taken over', () => {
  // As the gateway's whole answer holds them, and not as a page gets them.
  const received = [
    { id: 'a', type: 'function', function: { name: 'f', arguments: '{}', strict: true }, more: 1 },
  ]

  function heardCalls(answer: object, contentType: string, body: string) {
    const transcript = createTranscript({ provesText: true })
    const decoder = createAnswerDecoder(contentType, createOpengradientReader())
    const bytes = new TextEncoder().encode(body.replace('…', JSON.stringify(answer)))
    for (const event of [...decoder.push(bytes), ...decoder.finish()]) transcript.add(event)
    return transcript.forProof()
  }

  it('are those of a whole answer as it came', () => {
    const answer = { choices: [{ message: { tool_calls: received }, finish_reason: 'tool_calls' }] }
    expect(heardCalls(answer, 'application/json', '…')).toMatchObject({
      toolCalls: received,
      finishReason: 'tool_calls',
    })
  })

  it('are put together from a stream, without their index', () => {
    const answer = { choices: [{ delta: { tool_calls: [{ ...received[0], index: 0 }] }, index: 0 }] }
    expect(heardCalls(answer, 'text/event-stream', 'data: …\n\ndata: [DONE]\n\n').toolCalls).toEqual([
      { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } },
    ])
  })
})
