/** What a proof says, in a few words and in a sentence. The gateway's word is called that. */
import type { Proof } from '../../../domain/payment.ts'
import type { Tone } from '../../components/badge.tsx'
import { t } from '../../words.ts'

export interface ProofWords {
  readonly tone: Tone
  readonly short: string
  readonly means: string
}

export function proofWords(proof: Proof): ProofWords {
  switch (proof.kind) {
    case 'tee':
      return teeWords(proof.verdict)
    case 'ambient':
      return ambientWords(proof.verdict)
    case 'none':
      return { tone: 'plain', short: t('chat.proof.none'), means: t('chat.proof.noneMeans') }
  }
}

function teeWords(verdict: Extract<Proof, { kind: 'tee' }>['verdict']): ProofWords {
  switch (verdict) {
    case 'verified':
      return { tone: 'good', short: t('chat.proof.teeVerified'), means: t('chat.proof.teeVerifiedMeans') }
    case 'unconfirmed':
      return {
        tone: 'held',
        short: t('chat.proof.teeUnconfirmed'),
        means: t('chat.proof.teeUnconfirmedMeans'),
      }
    case 'failed':
      return { tone: 'danger', short: t('chat.proof.teeFailed'), means: t('chat.proof.teeFailedMeans') }
  }
}

function ambientWords(verdict: Extract<Proof, { kind: 'ambient' }>['verdict']): ProofWords {
  switch (verdict) {
    case 'reported':
      return {
        tone: 'plain',
        short: t('chat.proof.ambientReported'),
        means: t('chat.proof.ambientReportedMeans'),
      }
    case 'pending':
      return {
        tone: 'plain',
        short: t('chat.proof.ambientPending'),
        means: t('chat.proof.ambientPendingMeans'),
      }
    case 'failed':
      return {
        tone: 'danger',
        short: t('chat.proof.ambientFailed'),
        means: t('chat.proof.ambientFailedMeans'),
      }
    case 'none':
      return { tone: 'plain', short: t('chat.proof.ambientNone'), means: t('chat.proof.ambientNoneMeans') }
  }
}
