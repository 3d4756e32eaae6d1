import { RpcError } from './rpc-error.ts'

/** Reads a body as UTF-8, at most `maxBytes`; throws RpcError 'malformed' beyond. */
export async function readCappedText(response: Response, maxBytes: number): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > maxBytes) {
      await reader.cancel().catch(() => undefined)
      throw new RpcError('malformed', 0, 'answer too large')
    }
    text += decoder.decode(value, { stream: true })
  }
}
