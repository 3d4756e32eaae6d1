import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { backupName } from '../../../src/ui/backup/backup-name.ts'
import { bytesToText, textToBytes } from '../../../src/ui/backup/file-text.ts'

describe('a file as text', () => {
  it.each([0, 1, 2, 3, 49_151, 49_152, 49_153, 300_001])(
    'of %i bytes is base64 as Node writes it',
    (length) => {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + 7) % 256)
      const text = bytesToText(bytes)
      expect(text === Buffer.from(bytes).toString('base64')).toBe(true)
      expect(Buffer.from(textToBytes(text)).equals(Buffer.from(bytes))).toBe(true)
    },
  )
  it('refuses what is no base64', () => {
    expect(() => textToBytes('%%%')).toThrow()
  })
})

describe('the name of a backup', () => {
  it('is its local day', () => {
    expect(backupName(new Date(2026, 0, 5, 23, 59).getTime())).toBe('x402-chat-2026-01-05.x402backup')
  })
})
