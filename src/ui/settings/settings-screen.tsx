import type { ComponentType } from 'preact'
import { type Route, routeTo } from '../app/use-route.ts'
import { ExportScreen } from '../backup/export-screen.tsx'
import { RestoreScreen } from '../backup/restore-screen.tsx'
import { ChangePasswordScreen } from '../secrets/change-password-screen.tsx'
import { ResetScreen } from '../secrets/reset-screen.tsx'
import { RevealScreen } from '../secrets/reveal-screen.tsx'
import { AboutScreen } from './about-screen.tsx'
import { AnswersScreen } from './answers-screen.tsx'
import { GatewayEditScreen } from './gateway-edit-screen.tsx'
import { GatewayNewScreen } from './gateway-new-screen.tsx'
import { GatewaysScreen } from './gateways-screen.tsx'
import { LimitsScreen } from './limits-screen.tsx'
import { LockingScreen } from './locking-screen.tsx'
import { NewSitesScreen } from './new-sites-screen.tsx'
import { NoticesScreen } from './notices-screen.tsx'
import { PrivacyScreen } from './privacy-screen.tsx'
import { RpcScreen } from './rpc-screen.tsx'
import { SettingsMenu } from './settings-menu.tsx'

const PLACES: Readonly<Record<string, ComponentType<{ readonly back: string }>>> = {
  limits: LimitsScreen,
  sites: NewSitesScreen,
  answers: AnswersScreen,
  rpc: RpcScreen,
  locking: LockingScreen,
  notices: NoticesScreen,
  privacy: PrivacyScreen,
  password: ChangePasswordScreen,
  reveal: RevealScreen,
  backup: ExportScreen,
  restore: RestoreScreen,
  reset: ResetScreen,
  about: AboutScreen,
}

/** Places under `#/settings`. */
export function SettingsScreen({ route: [place = '', detail] }: { route: Route }) {
  const back = routeTo('settings')
  if (place === 'gateways') return <Gateways detail={detail} back={back} />
  const Place = PLACES[place]
  return Place ? <Place back={back} /> : <SettingsMenu />
}

function Gateways({ detail, back }: { detail: string | undefined; back: string }) {
  const list = routeTo('settings', 'gateways')
  if (detail === undefined) return <GatewaysScreen back={back} />
  return detail === 'new' ? <GatewayNewScreen back={list} /> : <GatewayEditScreen id={detail} back={list} />
}
