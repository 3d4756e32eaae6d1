import type { TransferReviewView } from '../../protocol/ui-views.ts'
import { Notice } from '../components/notice.tsx'
import { t } from '../words.ts'

type Warning = TransferReviewView['warnings'][number]

/** What is unusual about the recipient, the gravest first. */
export function ReviewWarnings({ warnings }: { warnings: readonly Warning[] }) {
  return (
    <>
      {ORDER.filter((warning) => warnings.includes(warning)).map((warning) => (
        <Notice
          key={warning}
          tone={warning === 'token-address' ? 'danger' : warning === 'first-time' ? 'plain' : 'held'}
        >
          {warningWords(warning)}
        </Notice>
      ))}
    </>
  )
}

const ORDER: readonly Warning[] = ['token-address', 'own-address', 'contract-address', 'first-time']

function warningWords(warning: Warning): string {
  switch (warning) {
    case 'token-address':
      return t('send.warnings.token')
    case 'own-address':
      return t('send.warnings.own')
    case 'contract-address':
      return t('send.warnings.contract')
    case 'first-time':
      return t('send.warnings.first')
  }
}
