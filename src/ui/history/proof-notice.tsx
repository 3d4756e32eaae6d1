import type { HistoryRowView } from '../../protocol/ui-views.ts'
import { Disclosure } from '../components/disclosure.tsx'
import { FactList } from '../components/fact-list.tsx'
import { Notice } from '../components/notice.tsx'
import { proofWords } from '../format/proof-words.ts'
import { formatDateTime } from '../format/time.ts'
import { t } from '../words.ts'

/** What the proof says, what it means, and its parts for those who check by themselves. */
export function ProofNotice({ row }: { row: HistoryRowView }) {
  const words = proofWords(row.proof, row.gatewayName)
  return (
    <>
      <Notice tone={words.tone} title={words.says}>
        {words.means}
      </Notice>
      <ProofParts row={row} />
    </>
  )
}

function ProofParts({ row: { proof } }: { row: HistoryRowView }) {
  if (proof.kind === 'none' || (proof.kind === 'ambient' && proof.merkleRoot === null)) return null
  const code = (text: string) => <code class="address-text">{text}</code>
  const facts =
    proof.kind === 'ambient'
      ? [{ name: t('proof.merkleRoot'), value: code(proof.merkleRoot ?? '') }]
      : [
          { name: t('proof.teeId'), value: code(proof.teeId) },
          { name: t('proof.requestHash'), value: code(proof.requestHash) },
          { name: t('proof.outputHash'), value: code(proof.outputHash) },
          { name: t('proof.signedAt'), value: formatDateTime(proof.timestamp * 1000) },
          { name: t('proof.signature'), value: code(proof.signature) },
        ]
  return (
    <Disclosure summary={t('proof.parts')}>
      <FactList facts={facts} />
    </Disclosure>
  )
}
