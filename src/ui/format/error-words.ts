/** Errors in words: what happened, whether money moved, what to do. */
import { CAUSES, type Charged } from '../../domain/errors.ts'
import { UiError } from '../../protocol/ui-client.ts'
import { t, tCode } from '../words.ts'

export interface ErrorWords {
  readonly what: string
  readonly todo: string
}

/** For a cause of domain/errors.ts; an unknown one is said plainly, with its code. */
export function causeWords(cause: string): ErrorWords {
  const what = isCause(cause) ? tCode('errors', cause, 'what') : ''
  if (what === '') return { what: t('errors.unknown.what', { code: cause }), todo: t('errors.unknown.todo') }
  return { what, todo: tCode('errors', cause, 'todo') }
}

/** For whatever a call of the background rejected with; a named problem of the input says more than its cause. */
export function thrownWords(error: unknown): ErrorWords {
  if (!(error instanceof UiError)) return causeWords('unexpected')
  const { problem } = error.facts
  const what = problem === undefined ? '' : tCode('problems', problem)
  return what === '' ? causeWords(error.reason) : { what: fillIn(what, error.facts), todo: '' }
}

/** The same in one line, for a short result on screen. */
export function failureText(error: unknown): string {
  const { what, todo } = thrownWords(error)
  return `${what} ${todo}`.trim()
}

function fillIn(text: string, facts: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole)
}

/** For the public error type that a history row keeps. */
export function publicErrorWords(type: string): string {
  return tCode('publicErrors', type.replaceAll('_', '-')) || t('errors.unknown.what', { code: type })
}

/** Whether money moved. */
export function chargedWords(charged: Charged): string {
  switch (charged) {
    case 'no':
      return t('charged.no')
    case 'maybe':
      return t('charged.maybe')
    case 'yes':
      return t('charged.yes')
  }
}

function isCause(text: string): boolean {
  return Object.hasOwn(CAUSES, text)
}
