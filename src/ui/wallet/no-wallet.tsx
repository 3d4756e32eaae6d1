import { Wallet } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { EmptyState } from '../components/empty-state.tsx'
import { LinkButton } from '../components/link-button.tsx'
import { t } from '../words.ts'

/** Nothing to be done here without a wallet; the children say why. */
export function NoWallet({ children }: { children: ComponentChildren }) {
  return (
    <EmptyState
      icon={Wallet}
      title={t('home.noWallet')}
      actions={
        <LinkButton kind="primary" href="onboarding.html" newTab>
          {t('home.setUp')}
        </LinkButton>
      }
    >
      {children}
    </EmptyState>
  )
}
