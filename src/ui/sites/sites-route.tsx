import type { Route } from '../app/use-route.ts'
import { AddSiteScreen } from './add-site-screen.tsx'
import { SiteScreen } from './site-screen.tsx'
import { SitesScreen } from './sites-screen.tsx'

/** `#/sites`, `#/sites/new`, `#/sites/<origin>`. */
export function SitesRoute({ route }: { route: Route }) {
  const [which] = route
  if (which === undefined) return <SitesScreen />
  if (which === 'new') return <AddSiteScreen />
  return <SiteScreen key={which} principal={which} />
}
