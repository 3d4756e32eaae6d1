import { formatAtomic } from '../../domain/amount.ts'
import type { DailyScope, Ledger } from '../../ledger/ledger.ts'
import type { UiHandler } from './handler.ts'

/** Spending per local day, in all or by name. */
export const insightsDaily: UiHandler<'insights.daily'> = async ({ ledger }, { days, by }) => {
  const seen = await ledger.seen()
  const views = scopesOf(by, seen).map(async ({ name, scope }) =>
    (await ledger.daily(scope, days)).map(({ dayStartMs, currency, settled, live, count }) => ({
      ...{ dayStartMs, currency, name, count },
      settled: formatAtomic(settled),
      live: formatAtomic(live),
    })),
  )
  return (await Promise.all(views)).flat()
}

type Seen = Awaited<ReturnType<Ledger['seen']>>

function scopesOf(
  by: 'all' | 'principal' | 'model' | 'gateway',
  seen: Seen,
): { name: string; scope: DailyScope }[] {
  switch (by) {
    case 'all':
      return [{ name: 'all', scope: { kind: 'all' } }]
    case 'principal':
      return seen.principals.map((principal) => ({
        name: principal,
        scope: { kind: 'principal', principal },
      }))
    case 'model':
      return seen.models.map((model) => ({ name: model, scope: { kind: 'model', model } }))
    case 'gateway':
      return seen.gateways.map((gatewayId) => ({ name: gatewayId, scope: { kind: 'gateway', gatewayId } }))
  }
}
