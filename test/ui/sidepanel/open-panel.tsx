/** The side panel as a person has it, over a background that answers what a test tells it to. A new one for every test. */
import '../install-words.ts'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { afterEach, beforeEach, vi } from 'vitest'
import type { ConversationView } from '../../../src/protocol/chat-views.ts'
import type { UiEvent, UiMethod } from '../../../src/protocol/ui-protocol.ts'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import type { PanelHost } from '../../../src/ui/sidepanel/panel-host.ts'
import { SidePanel } from '../../../src/ui/sidepanel/side-panel.tsx'
import { createFakeClient, type FakeAnswers, type FakeClient } from '../fake-client.ts'
import { NOW } from '../samples.ts'
import { makeConversation, makePanelHost, panelAnswers } from './chat-samples.ts'

let client: FakeClient

beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('matchMedia', () => new NarrowScreen())
  location.hash = ''
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** As wide as a side panel: the list is a place of its own. */
class NarrowScreen extends EventTarget {
  readonly matches = false
}

interface Opening {
  readonly conversation?: Partial<ConversationView>
  readonly answers?: FakeAnswers
  readonly host?: Partial<PanelHost>
}

export async function open({ conversation = {}, answers = {}, host = {} }: Opening = {}): Promise<void> {
  client = createFakeClient(panelAnswers(makeConversation(conversation), answers))
  render(
    <AppProvider client={client} shell={makePanelHost()} now={() => NOW}>
      <SidePanel host={makePanelHost(host)} />
    </AppProvider>,
  )
  await screen.findByRole('textbox', { name: 'Message' })
  await settle()
}

/** Does something and lets its effects run. */
export const does = (work: () => unknown) =>
  act(() => {
    work()
  })

/** Lets answers arrive and frames pass. */
export async function settle(): Promise<void> {
  await act(() => new Promise((resolve) => setTimeout(resolve, 40)))
}

export const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
export const type = (text: string) => does(() => fireEvent.input(field(), { target: { value: text } }))
export const press = (element: Element, key: string, more: object = {}) =>
  does(() => fireEvent.keyDown(element, { key, ...more }))
export const click = async (name: string | RegExp) => {
  await does(() => fireEvent.click(screen.getByRole('button', { name })))
  await settle()
}

/** What the background was asked by this method, in order. */
export const called = (method: UiMethod) =>
  client.calls.filter((call) => call.method === method).map(({ params }) => params)

/** Something that the background says by itself. */
export const emit = (event: UiEvent) => client.emit(event)
