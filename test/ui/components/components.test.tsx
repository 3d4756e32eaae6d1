// @vitest-environment happy-dom
import '../install-words.ts'
import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Button } from '../../../src/ui/components/button.tsx'
import { CopyButton } from '../../../src/ui/components/copy-button.tsx'
import { Meter } from '../../../src/ui/components/meter.tsx'
import { Money } from '../../../src/ui/components/money.tsx'
import { OriginName } from '../../../src/ui/components/origin-name.tsx'
import { QrCode } from '../../../src/ui/components/qr-code.tsx'
import { TextField } from '../../../src/ui/components/text-field.tsx'
import { Words } from '../../../src/ui/components/words.tsx'
import { makeMeter } from '../samples.ts'

afterEach(cleanup)

describe('Button', () => {
  it.each([
    ['disabled', { disabled: true }],
    ['busy', { busy: true }],
  ])('takes no press while %s, but can be found by the keyboard', (_, part) => {
    const pressed = vi.fn()
    render(
      <Button {...part} onClick={pressed}>
        Pay
      </Button>,
    )
    const button = screen.getByRole('button', { name: 'Pay' })
    button.focus()
    fireEvent.click(button)
    expect(pressed).not.toHaveBeenCalled()
    expect(document.activeElement).toBe(button)
    expect(button.getAttribute('aria-disabled')).toBe('true')
  })
  it('does not send a form while it is disabled', () => {
    const sent = vi.fn((event: Event) => event.preventDefault())
    render(
      <form onSubmit={sent}>
        <Button type="submit" disabled>
          Send
        </Button>
      </form>,
    )
    fireEvent.click(screen.getByRole('button', { name: 'Send' }))
    expect(sent).not.toHaveBeenCalled()
  })
})

describe('TextField', () => {
  it('ties its hint and its error to the control', () => {
    render(<TextField label="Cap" value="x" hint="A hint." error="An error." onInput={() => undefined} />)
    const field = screen.getByLabelText('Cap')
    const described = (field.getAttribute('aria-describedby') ?? '').split(' ')
    expect(described.map((id) => document.getElementById(id)?.textContent)).toEqual(['A hint.', 'An error.'])
    expect(field.getAttribute('aria-invalid')).toBe('true')
  })
})

describe('Meter', () => {
  it('says in words what the bar shows, to the last digit, on hover too', () => {
    const { container } = render(<Meter title="Today" meter={makeMeter()} />)
    const meter = screen.getByRole('meter', { name: 'Today' })
    expect(meter.getAttribute('aria-valuetext')).toBe(
      '$4.383126 left of $5.00; $0.6124 spent, $0.004474 on hold',
    )
    expect(container.querySelector('.meter-held-words')?.getAttribute('title')).toBe('$0.004474')
  })
  it.each([
    ['nothing spent', makeMeter({ settled: '0', live: '0' }), '0.00%', '0.00%'],
    ['half on hold', makeMeter({ settled: '0', live: '2500000' }), '0.00%', '50.00%'],
    ['a lowered cap', makeMeter({ cap: '100', settled: '200', live: '50' }), '100.00%', '0.00%'],
    ['no cap at all', makeMeter({ cap: '0', settled: '1', live: '0' }), '100.00%', '0.00%'],
  ])('never draws beyond its end: %s', (_, meter, settled, held) => {
    const { container } = render(<Meter title="Today" meter={meter} />)
    const widths = [...container.querySelectorAll<HTMLElement>('.meter-bar > span')].map(
      (part) => /inline-size:\s*([\d.]+%)/.exec(part.getAttribute('style') ?? '')?.[1],
    )
    expect(widths).toEqual([settled, held])
  })
})

describe('Money', () => {
  it('is short to read and exact on hover', () => {
    const { container } = render(<Money amount="4474" currency="USDC" />)
    expect(container.querySelector('bdi')?.textContent).toBe('$0.0045')
    expect(container.firstElementChild?.getAttribute('title')).toBe('$0.004474')
  })
  it('labels test money', () => {
    const { container } = render(<Money amount="500000" currency="tUSDC" />)
    expect(container.textContent).toBe('$0.50 test money')
  })
})

describe('OriginName', () => {
  it('makes the registrable domain stand out', () => {
    const { container } = render(<OriginName principal="https://paypal.com.evil.example" />)
    expect(container.querySelector('strong')?.textContent).toBe('evil.example')
    expect(container.textContent).toBe('paypal.com.evil.example')
  })
})

describe('QrCode', () => {
  it('is one picture with a name', () => {
    render(<QrCode text="ethereum:0x0@8453" label="QR code of your Base address" />)
    expect(screen.getByRole('img', { name: 'QR code of your Base address' })).toBeTruthy()
  })
})

describe('CopyButton', () => {
  it('copies on a click only, and says so', async () => {
    const written: string[] = []
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void written.push(text))
    render(<CopyButton text="0xabc" label="Copy Base address" />)
    expect(written).toEqual([])
    fireEvent.click(screen.getByRole('button', { name: 'Copy Base address' }))
    await screen.findByText('Copied')
    expect(written).toEqual(['0xabc'])
  })
})

describe('Words', () => {
  it('puts elements where a message has its parts', () => {
    const { container } = render(<Words of="approval.expected" parts={{ amount: <b>$1</b> }} />)
    expect(container.innerHTML).toBe('About <b>$1</b> expected')
  })
})
