/** What a proof says, and what that means. */
import type { Proof } from '../../domain/payment.ts'
import { t } from '../words.ts'

export interface ProofWords {
  readonly tone: 'good' | 'plain' | 'held' | 'danger'
  readonly says: string
  readonly means: string
}

/** Plain words for every verdict; a gateway's own word is called its word. */
export function proofWords(proof: Proof, gateway: string): ProofWords {
  switch (proof.kind) {
    case 'none':
      return { tone: 'plain', says: t('proof.none'), means: t('proof.noneMeans') }
    case 'ambient':
      return ambientWords(proof.verdict, gateway)
    case 'tee':
      return teeWords(proof.verdict)
  }
}

/** The same in a word or two, for a list. */
export function proofShort(proof: Proof): string {
  if (proof.kind === 'none') return t('proof.short.none')
  switch (proof.verdict) {
    case 'verified':
      return t('proof.short.verified')
    case 'unconfirmed':
      return t('proof.short.unconfirmed')
    case 'reported':
      return t('proof.short.reported')
    case 'pending':
      return t('proof.short.pending')
    case 'failed':
      return t('proof.short.failed')
    case 'none':
      return t('proof.short.none')
  }
}

function ambientWords(verdict: 'reported' | 'failed' | 'pending' | 'none', gateway: string): ProofWords {
  switch (verdict) {
    case 'reported':
      return {
        tone: 'plain',
        says: t('proof.ambientReported', { gateway }),
        means: t('proof.ambientReportedMeans'),
      }
    case 'failed':
      return { tone: 'danger', says: t('proof.ambientFailed', { gateway }), means: t('proof.failedMeans') }
    case 'pending':
      return {
        tone: 'plain',
        says: t('proof.ambientPending', { gateway }),
        means: t('proof.ambientPendingMeans'),
      }
    case 'none':
      return { tone: 'plain', says: t('proof.ambientNone', { gateway }), means: t('proof.noneMeans') }
  }
}

function teeWords(verdict: 'verified' | 'unconfirmed' | 'failed'): ProofWords {
  switch (verdict) {
    case 'verified':
      return { tone: 'good', says: t('proof.teeVerified'), means: t('proof.teeVerifiedMeans') }
    case 'unconfirmed':
      return { tone: 'held', says: t('proof.teeUnconfirmed'), means: t('proof.teeUnconfirmedMeans') }
    case 'failed':
      return { tone: 'danger', says: t('proof.teeFailed'), means: t('proof.failedMeans') }
  }
}
