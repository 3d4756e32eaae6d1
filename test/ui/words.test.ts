import './install-words.ts'
import { generateChromeMessages, parseMessagesObject } from '@wxt-dev/i18n/build'
import { describe, expect, it } from 'vitest'
import messages from '../../locales/en.json' with { type: 'json' }
import { CHARGED_TEXTS, ERROR_TEXTS } from '../../src/domain/error-texts.ts'
import { CAUSES, PUBLIC_ERRORS } from '../../src/domain/errors.ts'
import { causeWords, publicErrorWords } from '../../src/ui/format/error-words.ts'
import { flatMessages } from './flat-messages.ts'

describe('the messages file', () => {
  it('reads here as the build of the extension writes it', () => {
    const built = generateChromeMessages(parseMessagesObject(structuredClone(messages)))
    const texts = Object.entries(built).map(([key, entry]) => [key, entry.message])
    expect(Object.fromEntries(flatMessages(messages))).toEqual(Object.fromEntries(texts))
  })
  it('has no dollar sign but for numbered parts: the browser would take it for a placeholder', () => {
    for (const [key, message] of flatMessages(messages)) expect(message, key).not.toMatch(/\$(?![1-9])/)
  })
  it('has only names that the browser accepts', () => {
    for (const key of flatMessages(messages).keys()) expect(key).toMatch(/^[A-Za-z0-9_@]+$/)
  })
})

describe('words for errors', () => {
  it.each(Object.entries(ERROR_TEXTS))('%s says what happened and what to do', (cause, text) => {
    expect(causeWords(cause)).toEqual({ what: text.what, todo: text.todo })
  })
  it('covers every cause', () => {
    expect(Object.keys(ERROR_TEXTS).sort()).toEqual(Object.keys(CAUSES).sort())
  })
  it.each(Object.keys(PUBLIC_ERRORS))('%s has words of its own', (type) => {
    expect(publicErrorWords(type)).not.toContain(type)
  })
  it('says whether money moved as the domain does', () => {
    expect(messages.charged).toEqual(CHARGED_TEXTS)
  })
  it('names the code of a cause that it does not know', () => {
    expect(causeWords('no-such-cause').what).toContain('no-such-cause')
  })
})
