// @vitest-environment happy-dom
import '../install-words.ts'
import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { lazyScreen } from '../../../src/ui/app/lazy-screen.tsx'

afterEach(cleanup)

describe('a screen that is fetched when it is needed', () => {
  it('says that it could not be fetched, and fetches it again', async () => {
    let broken = true
    const Lazy = lazyScreen(async () => {
      if (broken) throw new TypeError('Failed to fetch dynamically imported module')
      return () => <p>Here it is</p>
    })
    render(<Lazy />)
    const again = await screen.findByRole('button', { name: 'Try again' })
    broken = false
    fireEvent.click(again)
    expect((await screen.findByText('Here it is')).textContent).toBe('Here it is')
  })
})
