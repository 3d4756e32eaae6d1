import { Globe, Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { PANEL } from '../../domain/principal.ts'
import type { SiteView } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { Loaded } from '../app/loaded.tsx'
import { Screen } from '../app/screen.tsx'
import { useAct } from '../app/use-act.ts'
import { useNow } from '../app/use-now.ts'
import { useResource } from '../app/use-resource.ts'
import { routeTo } from '../app/use-route.ts'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { LinkButton } from '../components/link-button.tsx'
import { List } from '../components/list.tsx'
import { TextField } from '../components/text-field.tsx'
import { t, tCount } from '../words.ts'
import { BulkBar } from './bulk-bar.tsx'
import { SiteRow } from './site-row.tsx'

/** Everybody who may spend, the side panel first. */
export function SitesScreen() {
  const { client, say } = useApp()
  const nowMs = useNow()
  const [sites, reload] = useResource('sites.list', {}, { topics: ['ledger', 'guards'] })
  const [search, setSearch] = useState('')
  const [selected, setSelected] = useState<ReadonlySet<string> | null>(null)
  const { busy, act } = useAct()
  const toggle = (principal: string) => {
    setSelected((old) => {
      const next = new Set(old)
      if (!next.delete(principal)) next.add(principal)
      return next
    })
  }
  const bulk = async (work: (principals: string[]) => Promise<unknown>) => {
    if (await act(() => work([...(selected ?? [])]), t('common.saved'))) {
      setSelected(null)
      reload()
    }
  }
  /** Rejects where it fails: the dialog says it. */
  const revoke = async () => {
    await client.call('sites.revoke', { principals: [...(selected ?? [])], currency: null })
    say(t('common.saved'))
    setSelected(null)
    reload()
  }
  return (
    <Screen
      title={t('sites.title')}
      actions={
        <LinkButton size="s" icon={Plus} href={routeTo('sites', 'new')}>
          {t('common.add')}
        </LinkButton>
      }
    >
      <Loaded from={sites} onRetry={reload}>
        {(all) => {
          const shown = sortSites(all).filter(({ principal }) =>
            principal.includes(search.trim().toLowerCase()),
          )
          return (
            <>
              <TextField
                label={t('sites.search')}
                hideLabel
                placeholder={t('sites.search')}
                type="search"
                value={search}
                onInput={setSearch}
              />
              {all.length > 1 && (
                <div class="row-spread">
                  <span class="soft small">{tCount('sites.count', shown.length)}</span>
                  <Button size="s" kind="quiet" onClick={() => setSelected(selected ? null : new Set())}>
                    {selected ? t('common.cancel') : t('sites.select')}
                  </Button>
                </div>
              )}
              {selected && (
                <BulkBar
                  count={selected.size}
                  busy={busy}
                  onPause={() =>
                    void bulk((principals) => client.call('sites.setMode', { principals, mode: 'paused' }))
                  }
                  onBlock={() =>
                    void bulk((principals) => client.call('sites.setMode', { principals, mode: 'blocked' }))
                  }
                  onRevoke={revoke}
                />
              )}
              {shown.length === 0 ? (
                <EmptyState icon={Globe} title={search ? t('sites.noneFound') : t('sites.none')}>
                  {!search && t('sites.noneMeans')}
                </EmptyState>
              ) : (
                <div class="card">
                  <List label={t('sites.title')}>
                    {shown.map((site) => (
                      <SiteRow
                        key={site.principal}
                        site={site}
                        nowMs={nowMs}
                        selected={
                          selected === null || site.principal === PANEL ? null : selected.has(site.principal)
                        }
                        onToggle={() => toggle(site.principal)}
                      />
                    ))}
                  </List>
                </div>
              )}
            </>
          )
        }}
      </Loaded>
    </Screen>
  )
}

/** The panel first, then by last use. */
function sortSites(sites: readonly SiteView[]): readonly SiteView[] {
  const rank = ({ principal, lastUsedAtMs }: SiteView) =>
    principal === PANEL ? Number.POSITIVE_INFINITY : (lastUsedAtMs ?? 0)
  return [...sites].sort((a, b) => rank(b) - rank(a))
}
