import type { Route } from '../app/use-route.ts'
import { ResetScreen } from '../secrets/reset-screen.tsx'
import { ReceiveScreen } from './receive-screen.tsx'
import { SendScreen } from './send-screen.tsx'
import { TransferScreen } from './transfer-screen.tsx'
import { TransfersScreen } from './transfers-screen.tsx'

/** Places under `#/wallet`: receive, send, transfers and one of them, reset. */
export function WalletScreen({ route: [place, id] }: { route: Route }) {
  switch (place) {
    case 'receive':
      return <ReceiveScreen />
    case 'send':
      return <SendScreen />
    case 'reset':
      return <ResetScreen back="#/" />
    default:
      return id === undefined ? <TransfersScreen /> : <TransferScreen id={id} />
  }
}
