import { Lock, Send, Wallet } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { Address } from '../../../src/ui/components/address.tsx'
import { AmountField } from '../../../src/ui/components/amount-field.tsx'
import { Badge } from '../../../src/ui/components/badge.tsx'
import { Button } from '../../../src/ui/components/button.tsx'
import { Checkbox } from '../../../src/ui/components/checkbox.tsx'
import { ChoiceGroup } from '../../../src/ui/components/choice-group.tsx'
import { CoinAmount } from '../../../src/ui/components/coin-amount.tsx'
import { DateField } from '../../../src/ui/components/date-field.tsx'
import { Dialog } from '../../../src/ui/components/dialog.tsx'
import { Disclosure } from '../../../src/ui/components/disclosure.tsx'
import { EmptyState } from '../../../src/ui/components/empty-state.tsx'
import { FactList } from '../../../src/ui/components/fact-list.tsx'
import { IconButton } from '../../../src/ui/components/icon-button.tsx'
import { List, ListRow } from '../../../src/ui/components/list.tsx'
import { Meter } from '../../../src/ui/components/meter.tsx'
import { Money } from '../../../src/ui/components/money.tsx'
import { Nav } from '../../../src/ui/components/nav.tsx'
import { Notice } from '../../../src/ui/components/notice.tsx'
import { OriginName } from '../../../src/ui/components/origin-name.tsx'
import { PasswordField } from '../../../src/ui/components/password-field.tsx'
import { ProgressBar } from '../../../src/ui/components/progress-bar.tsx'
import { QrCode } from '../../../src/ui/components/qr-code.tsx'
import { SelectField } from '../../../src/ui/components/select-field.tsx'
import { Spinner } from '../../../src/ui/components/spinner.tsx'
import { Steps } from '../../../src/ui/components/steps.tsx'
import { StrengthMeter } from '../../../src/ui/components/strength-meter.tsx'
import { Switch } from '../../../src/ui/components/switch.tsx'
import { Tabs } from '../../../src/ui/components/tabs.tsx'
import { TextField } from '../../../src/ui/components/text-field.tsx'
import { Toasts } from '../../../src/ui/components/toasts.tsx'
import { EVM, LONG_ORIGIN, makeMeter, NOW } from '../../ui/samples.ts'
import type { Scene } from '../scene.ts'

const ignore = () => undefined

function part(id: string, children: ComponentChildren): Scene {
  return { id: `components/${id}`, on: ['part'], render: () => <main class="specimens">{children}</main> }
}

export const COMPONENT_SCENES: readonly Scene[] = [
  part(
    'buttons',
    <>
      <Button kind="primary">Primary</Button>
      <Button icon={Send}>Secondary</Button>
      <Button kind="quiet">Quiet</Button>
      <Button kind="danger">Danger</Button>
      <Button kind="primary" disabled>
        Disabled
      </Button>
      <Button busy>Busy</Button>
      <Button pressed>Pressed</Button>
      <Button size="s" icon={Lock}>
        Small
      </Button>
      <Button wide>{'A label that goes on and on '.repeat(4)}</Button>
      <IconButton icon={Lock} label="Lock" onClick={ignore} />
    </>,
  ),
  part(
    'fields',
    <>
      <TextField label="Text" value="reader.example.com" hint="A hint under it." onInput={ignore} />
      <TextField
        label="Wrong"
        value="1,2,3"
        error="Digits and one decimal point, like 0.50."
        onInput={ignore}
      />
      <TextField label="Several lines" rows={3} value={'one\ntwo'} onInput={ignore} />
      <PasswordField label="Password" value="correct horse" onInput={ignore} />
      <StrengthMeter score={1} />
      <StrengthMeter score={4} />
      <SelectField
        label="Choice"
        value="a"
        options={[
          { value: 'a', label: 'Each day, from midnight' },
          { value: 'b', label: 'In all' },
        ]}
        onChange={ignore}
      />
      <ChoiceGroup
        legend="Cards"
        layout="row"
        value="a"
        options={[
          { value: 'a', label: '$0.10 a day' },
          { value: 'b', label: '$0.50 a day' },
          { value: 'c', label: 'Custom' },
        ]}
        onChange={ignore}
      />
      <ChoiceGroup
        legend="A list"
        value="b"
        options={[
          { value: 'a', label: 'Recovery words', hint: '12 or 24 words' },
          { value: 'b', label: 'Private key', hint: '64 digits' },
        ]}
        onChange={ignore}
      />
      <Tabs
        label="Tabs"
        value="a"
        options={[
          { value: 'a', label: 'Base' },
          { value: 'b', label: 'Solana' },
        ]}
        onChange={ignore}
      />
      <Switch label="A switch that is on" hint="What it does." on onChange={ignore} />
      <Switch label="A switch that is off" on={false} onChange={ignore} />
    </>,
  ),
  part(
    'lists',
    <>
      <List label="A list">
        <ListRow main="A row" sub="about it" end="$1.00" endSub="confirmed" />
        <ListRow
          main="A row that leads on"
          sub="about it"
          href="#/"
          below={<Meter title="Today" meter={makeMeter()} hideTitle />}
        />
      </List>
      <FactList
        facts={[
          { name: 'Model', value: 'ambient/large' },
          { name: 'Price', value: '$0.0045', note: 'At most $0.0050' },
          null,
        ]}
      />
      <Disclosure summary="Closed">Nobody sees this.</Disclosure>
      <Disclosure summary="Open" open>
        What was asked for.
      </Disclosure>
      <Checkbox label="Chosen" checked onChange={ignore} />
      <Checkbox label={LONG_ORIGIN} checked={false} onChange={ignore} />
      <DateField label="From" valueMs={NOW} onChange={ignore} />
      <AmountField label="Budget" currency="USDC" value="0.50" onInput={ignore} />
      <AmountField
        label="Wrong"
        currency="OPG"
        value="1,2,3"
        error="Digits and one decimal point, like 0.50."
        onInput={ignore}
      />
      <CoinAmount amount="1234567890123456" symbol="ETH" decimals={18} />
      <Nav
        label="Places"
        items={[
          { href: '#/', label: 'Home', icon: Wallet, current: true },
          { href: '#/send', label: 'Send', icon: Send, current: false },
        ]}
      />
    </>,
  ),
  part(
    'meters',
    <>
      <Meter title="Today" meter={makeMeter()} />
      <Meter title="Nothing spent" meter={makeMeter({ settled: '0', live: '0', remaining: '5000000' })} />
      <Meter title="Used up" meter={makeMeter({ settled: '5000000', live: '0', remaining: '0' })} />
      <Meter title="Cap lowered below what is used" meter={makeMeter({ cap: '100000', remaining: '0' })} />
      <Meter title="Much on hold" meter={makeMeter({ live: '3000000', remaining: '1387600' })} />
      <Meter title="In all" meter={makeMeter({ period: 'total', renewsAtMs: null })} />
      <Meter
        title="OPG"
        meter={makeMeter({
          currency: 'tOPG',
          cap: '10000000000000000000',
          settled: '1234567890123456789',
          live: '1',
          remaining: '8765432109876543210',
        })}
      />
      <Meter
        title="Twenty digits"
        meter={makeMeter({
          cap: '99999999999999999999',
          settled: '12345678901234567890',
          live: '12345678901234567890',
          remaining: '75308642197530864219',
        })}
      />
    </>,
  ),
  part(
    'money',
    <>
      <Money amount="4474" currency="USDC" size="xl" />
      <Money amount="1" currency="USDC" size="l" />
      <Money amount="4474" currency="tUSDC" />
      <Money amount="12345678901234567890" currency="USDC" size="xl" />
      <Money amount="1234567890123456789" currency="OPG" />
      <Money amount="1" currency="tOPG" />
    </>,
  ),
  part(
    'words',
    <>
      <div class="row">
        <Badge>plain</Badge>
        <Badge tone="good">confirmed</Badge>
        <Badge tone="held">on hold</Badge>
        <Badge tone="danger">blocked</Badge>
      </div>
      <Notice title="Plain">Something to know.</Notice>
      <Notice tone="good" title="Good">
        It worked.
      </Notice>
      <Notice tone="held" title="Mind this" actions={<Button size="s">Do it</Button>}>
        Something waits.
      </Notice>
      <Notice tone="danger" title="Not good">
        Nothing was charged. Try again.
      </Notice>
      <EmptyState icon={Wallet} title="Nothing here yet" actions={<Button kind="primary">Begin</Button>}>
        Why, and what to do.
      </EmptyState>
      <Spinner label="Loading…" />
      <ProgressBar label="Writing" done={0.4} />
      <OriginName principal="https://app.shop.example.co.uk" />
      <OriginName principal="http://localhost:4020" />
      <OriginName principal={LONG_ORIGIN} />
      <Address name="Base address" address={EVM} />
      <QrCode label="QR code" text={`ethereum:${EVM}@8453`} />
      <Steps
        label="Steps"
        steps={[
          { label: 'Wallet', state: 'done' },
          { label: 'Words', state: 'current' },
          { label: 'Money', state: 'ahead' },
        ]}
      />
      <Toasts toasts={[{ id: 1, text: 'Saved', tone: 'plain' }]} />
    </>,
  ),
  {
    id: 'components/dialog',
    on: ['popup', 'page'],
    render: () => (
      <main>
        <Dialog
          title="Remove this gateway?"
          onClose={ignore}
          actions={
            <>
              <Button>Cancel</Button>
              <Button kind="danger">Remove</Button>
            </>
          }
        >
          <p>Its past payments stay in the history.</p>
        </Dialog>
      </main>
    ),
  },
]
